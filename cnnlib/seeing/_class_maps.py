"""Class activation maps: where in the picture a network sees a class."""

import numpy as np

from cnnlib.checks import check_choice
from cnnlib.seeing._opening import opened


def class_activation_map(model, picture, target):
    """Return the maps before global average pooling, summed with a class's weights.

    B. Zhou et al., "Learning Deep Features for Discriminative Localization" (2016). The mean of
    the map, and the bias of the class, are together its score.

    Args:
        model: a built `keras.Model` with one input, which ends in `GlobalAveragePooling2D` and one
            `Dense` layer; dropout, and a softmax of its own, may stand there too.
        picture: real numbers [height, width, channels], in the values that the model takes.
        target: a class number.

    Returns:
        float32 array [rows, columns] of the last maps' size, in units of the score. With
        `keras.ops.image.resize` it comes to the picture's size.

    Raises:
        TypeError: `model` is not a Keras model, `picture` does not hold real numbers, or `target`
            is not an integer.
        ValueError: the model is not built, has several inputs or outputs, its channels first, or
            another end; `picture` does not suit it; or `target` is no class.
    """
    network, picture = opened(model, picture)
    found = network.pooled()
    if found is None:
        raise ValueError(
            "`model` must end in GlobalAveragePooling2D and one Dense layer; `grad_cam` takes "
            f"others. Received: {model.name!r}"
        )
    layer, weights = found
    channel = network.at((network.output, target))[1]
    return network.values(picture[np.newaxis], layer)[0] @ weights[:, channel]


def grad_cam(model, picture, target, layer=None):
    """Return the positive part of a layer's maps, summed with the mean gradients of a score.

    R. R. Selvaraju et al., "Grad-CAM" (2017). Where the network ends in global average pooling of
    n cells and one dense layer, this is the positive part of `class_activation_map`, divided by n.

    Args:
        model: a built `keras.Model` with one input and one output.
        picture: as in `class_activation_map`.
        target: a class number, or (layer, channel) for the strongest cell of a map.
        layer: name of the layer whose maps are summed; None for the last that has maps of more
            than one cell.

    Returns:
        float32 array [rows, columns] of the layer's size.

    Raises:
        TypeError: as in `class_activation_map`.
        ValueError: as in `class_activation_map`, whatever the model's end; or `layer` is unknown
            or has no maps.
    """
    network, picture = opened(model, picture)
    names = list(network.steps)
    below = names[: names.index(network.at(target)[0])]
    shapes = {name: network.steps[name].outputs[0].shape for name in below}
    with_maps = [name for name in below if len(shapes[name]) == 4]
    if layer is None:
        larger = [name for name in with_maps if shapes[name][1] * shapes[name][2] > 1]
        if not larger:
            raise ValueError(
                f"`target` must have maps of more than one cell below it. Received: {target!r}"
            )
        layer = larger[-1]
    check_choice("layer", layer, with_maps)
    maps, slopes = network.score_gradient(picture, target, of=layer)
    return np.maximum(maps @ slopes.mean(axis=(0, 1)), 0)
