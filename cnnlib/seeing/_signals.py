"""What the layers make of a picture, and what in the picture a score depends on."""

from functools import cache

import numpy as np

from cnnlib import progress
from cnnlib.checks import check_boolean, check_choice, check_integer
from cnnlib.geometry import output_size
from cnnlib.seeing._opening import opened

_NUMBERS = 2**20  # in the pictures that are run at once, roughly


def feature_maps(model, picture, layers=None):
    """Return what the layers make of a picture.

    Args:
        model: a built `keras.Model` with one input and one output.
        picture: real numbers [height, width, channels], in the values that the model takes.
        layers: a list of names; None for all layers.

    Returns:
        A dict of float32 arrays, [height, width, maps] or [units], after the activation function,
        by the layers' names, in the order in which the layers run.

    Raises:
        TypeError: `model` is not a Keras model, or `picture` does not hold real numbers.
        ValueError: the model is not built, has several inputs or outputs, or its channels first;
            `picture` does not suit it; or a layer is unknown.
    """
    network, picture = opened(model, picture)
    values = network.all_values(picture)
    chosen = values if layers is None else layers
    return {check_choice("layers", name, values): values[name] for name in chosen}


def saliency(model, picture, target):
    """Return the gradient of a score with respect to the picture.

    Of a linear network it is the weights. The saliency map of K. Simonyan, A. Vedaldi and
    A. Zisserman, "Deep Inside Convolutional Networks" (2014), is its absolute value, the largest
    over the channels.

    Args:
        model: as in `feature_maps`.
        picture: as in `feature_maps`.
        target: a class number, or (layer, channel) for the strongest cell of a map.

    Returns:
        float32 array like `picture`: by how much the score, which is taken before the activation
        function, grows when a value of the picture grows by 1.

    Raises:
        TypeError: as in `feature_maps`, or the number in `target` is not an integer.
        ValueError: as in `feature_maps`, or `target` is no class or layer and channel of the model.
    """
    return _gradient(model, picture, target, None)


def guided_gradients(model, picture, target):
    """Return the guided gradient of a score with respect to the picture.

    On the way back, a ReLU lets pass what is positive where it was active: the rule of
    J. T. Springenberg et al., "Striving for Simplicity: The All Convolutional Net" (2015). Other
    layers, other activation functions too, pass gradients as they are.

    Args:
        model: as in `feature_maps`; ReLU and ReLU6 count as rectifiers.
        picture: as in `feature_maps`.
        target: as in `saliency`.

    Returns:
        float32 array like `picture`.

    Raises:
        TypeError: as in `saliency`.
        ValueError: as in `saliency`.
    """
    return _gradient(model, picture, target, "guided")


def deconvnet(model, picture, target):
    """Return what a deconvolutional network projects from a score down to the picture.

    On the way back, a ReLU lets pass what is positive, whether it was active or not; max pooling
    goes back to the largest value, and a convolution is transposed, as for gradients: the rule of
    M. D. Zeiler and R. Fergus, "Visualizing and Understanding Convolutional Networks" (2014). They
    start from the unit's value, which gives that many times what starts from 1 as here.

    Args:
        model, picture, target: as in `guided_gradients`.

    Returns:
        float32 array like `picture`.

    Raises:
        TypeError, ValueError: as in `guided_gradients`.
    """
    return _gradient(model, picture, target, "deconvnet")


def _gradient(model, picture, target, rule):
    network, picture = opened(model, picture)
    return network.score_gradient(picture, target, rule)[1]


def occlusion(model, picture, target, size, stride=1, value=None, probability=False):
    """Cover the picture with a square, place by place, and return what the score loses.

    Of a linear network it is, with a `value` of 0, the sum of weight times what was covered. After
    M. D. Zeiler and R. Fergus, "Visualizing and Understanding Convolutional Networks" (2014), who
    show the probability that is left.

    Args:
        model: as in `feature_maps`.
        picture: as in `feature_maps`.
        target: a class number, or (layer, channel) for a map's strongest cell, wherever it is.
        size: side of the square in pixels.
        stride: pixels from one place to the next.
        value: what the square is filled with: a number, or one for each channel; None for the
            picture's mean colour.
        probability: True for what the layer gives after its activation function, such as the
            probability of a class, instead of the score before it.

    Returns:
        float32 array [rows, columns], one number for each place where the square lies inside the
        picture, from the top left corner: positive where what is covered speaks for the target.

    Raises:
        TypeError: as in `saliency`, or another argument has the wrong type.
        ValueError: as in `saliency`, the square is larger than the picture, or `value` does not
            suit its channels.
    """
    network, picture = opened(model, picture)
    layer, channel = network.at(target)
    size = check_integer("size", size, 1, min(picture.shape[:2]))
    stride = check_integer("stride", stride, 1)
    check_boolean("probability", probability)
    colour = picture.mean(axis=(0, 1)) if value is None else _colour(value, picture.shape[2])
    shape = [output_size(side, size, stride) for side in picture.shape[:2]]
    count = max(1, _NUMBERS // picture.size)
    run_for = cache(lambda pictures: opened(model, picture, count=pictures)[0])

    def strength(pictures):
        values = run_for(len(pictures)).values(pictures, layer, activated=probability)
        return values[..., channel].reshape(len(pictures), -1).max(axis=1)

    def covered(places):
        pictures = np.repeat(picture[np.newaxis], len(places), axis=0)
        for one, (row, column) in zip(pictures, stride * places, strict=True):
            one[row : row + size, column : column + size] = colour
        return pictures

    places = np.argwhere(np.ones(shape, bool))
    parts = np.split(places, range(count, len(places), count))
    left = [strength(covered(part)) for part in progress.counted(parts, "Part")]
    return strength(picture[np.newaxis]) - np.concatenate(left).reshape(shape)


def _colour(value, channels):
    colour = np.asarray(value)
    if colour.dtype.kind not in "iuf":
        raise TypeError(f"`value` must hold real numbers. Received: {value!r}")
    if colour.shape not in ((), (channels,)):
        raise ValueError(f"`value` must be a number, or {channels} numbers. Received: {value!r}")
    return colour
