"""What a trained network sees: functions on any Keras model, which they leave as it is.

A `picture` is [height, width, channels] in the values that the model takes; uint8 is converted to
float32, and nothing is scaled. A `target` is what is asked about: a class, by its number, or a map
or unit of a layer, as (layer, channel). A target's **score** is what its layer computes before its
activation function: the sum that a softmax would turn into a probability, where the softmax belongs
to the last layer or is the last layer itself. Layers go by their names, those of nested models
after the model's ("encoder/conv1"). See the chapter "Watching a network see".
"""

from cnnlib.seeing._ascent import deep_dream, feature_visualization
from cnnlib.seeing._class_maps import class_activation_map, grad_cam
from cnnlib.seeing._signals import deconvnet, feature_maps, guided_gradients, occlusion, saliency

__all__ = [
    "class_activation_map",
    "deconvnet",
    "deep_dream",
    "feature_maps",
    "feature_visualization",
    "grad_cam",
    "guided_gradients",
    "occlusion",
    "saliency",
]
