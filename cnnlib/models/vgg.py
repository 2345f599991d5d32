"""VGG networks; see the chapter "VGG"."""

import keras
from keras import layers

from cnnlib.checks import check_integer
from cnnlib.models._parts import drop, flat, head, image_input
from cnnlib.models._published import ONE_CROP, WHOLE_PICTURE, Published
from cnnlib.models._registry import family

_SIMONYAN = {"family": "VGG", "year": 2014, "source": "Simonyan & Zisserman 2015"}

ERRORS_AT_256 = {
    "A": (29.6, 10.4),
    "A-LRN": (29.7, 10.5),
    "B": (28.7, 9.9),
    "C": (28.1, 9.4),
    "D": (27.0, 8.8),
    "E": (27.3, 9.0),
}
"""Column of table 1 -> top-1 and top-5 error in per cent on ImageNet's validation pictures, learned
and judged with a smallest side of 256 pixels: Simonyan & Zisserman 2015, table 3."""


# Simonyan & Zisserman 2015, table 1: columns A, B, C, D and E, pooling between the blocks.
@family(
    {
        "VGG11": {"blocks": ((64,), (128,), (256,) * 2, (512,) * 2, (512,) * 2)},
        "VGG13": {"blocks": ((64,) * 2, (128,) * 2, (256,) * 2, (512,) * 2, (512,) * 2)},
        "VGG16C": {
            "blocks": (
                (64, 64),
                (128, 128),
                (256, 256, (256, 1)),
                (512, 512, (512, 1)),
                (512, 512, (512, 1)),
            )
        },
        "VGG16": {"blocks": ((64,) * 2, (128,) * 2, (256,) * 3, (512,) * 3, (512,) * 3)},
        "VGG19": {"blocks": ((64,) * 2, (128,) * 2, (256,) * 4, (512,) * 4, (512,) * 4)},
    },
    published={
        "VGG11": Published("VGG-11 (A)", {WHOLE_PICTURE: 10.4}, **_SIMONYAN),
        "VGG16": Published(
            "VGG-16 (D)",
            {WHOLE_PICTURE: 8.1, ONE_CROP: 9.9},
            **_SIMONYAN | {"source": "Simonyan & Zisserman 2015; one crop: He et al. 2016, models"},
        ),
        "VGG19": Published("VGG-19 (E)", {WHOLE_PICTURE: 8.0}, **_SIMONYAN),
    },
)
def vgg(
    blocks,
    dense=(4096, 4096),
    dropout=0.5,
    input_shape=(224, 224, 3),
    classes=1000,
    name="vgg",
):
    """Build a VGG network: blocks of 3x3 convolutions, 2x2 max pooling after each block.

    The number in a variant's name counts the layers with weights. K. Simonyan & A. Zisserman,
    "Very Deep Convolutional Networks for Large-Scale Image Recognition", ICLR 2015, table 1. See
    the chapter "VGG". Deviation: the paper starts its deeper networks from the trained weights
    of A; here weights start with the variance of He, Zhang, Ren & Sun, "Delving Deep into
    Rectifiers", ICCV 2015, with which these depths train from scratch.

    Args:
        blocks: one tuple per block, with its convolutions: each the number of its maps, or a pair
            (maps, kernel) where the kernel is not 3x3.
        dense: units of the dense layers before the last one.
        dropout: share of these layers' outputs that training drops, at least 0 and below 1.
        input_shape: (height, width, channels), from 2 ** (number of blocks) a side; an open
            height or width, None, for the body only.
        classes: outputs; 0 leaves the body, which ends with the last pooling.
    """
    if not isinstance(blocks, (tuple, list)) or not blocks:
        raise ValueError(f"`blocks` must be a tuple of blocks. Received: {blocks!r}")
    inputs = x = image_input(input_shape, least=2 ** len(blocks))
    for index, convolutions in enumerate(blocks):
        x = _block(x, _specs(convolutions, f"blocks[{index}]"), f"block{index + 1}")
    if check_integer("classes", classes, least=0):
        x = head(_dense_layers(x, dense, dropout, input_shape), classes)
    return keras.Model(inputs, x, name=name)


def _specs(convolutions, argument):
    """Return a block's convolutions as pairs (maps, kernel)."""
    if not isinstance(convolutions, (tuple, list)) or not convolutions:
        raise ValueError(
            f"`{argument}` must be a tuple of convolutions. Received: {convolutions!r}"
        )
    specs = []
    for conv in convolutions:
        pair = conv if isinstance(conv, (tuple, list)) else (conv, 3)
        if len(pair) != 2:
            raise ValueError(
                f"`{argument}` must hold numbers of maps or pairs (maps, kernel). "
                f"Received: {convolutions!r}"
            )
        specs.append([check_integer(argument, value, least=1) for value in pair])
    return specs


def _block(x, specs, name):
    """Add convolutions that keep the maps' sides, and a pooling that halves them."""
    for index, (maps, kernel) in enumerate(specs, 1):
        x = layers.Conv2D(
            maps,
            kernel,
            padding="same",
            activation="relu",
            kernel_initializer="he_uniform",
            name=f"{name}_conv{index}",
        )(x)
    return layers.MaxPooling2D(2, name=f"{name}_pool")(x)


def _dense_layers(x, dense, dropout, input_shape):
    """Add the dense layers before the last one, with their dropout."""
    if not isinstance(dense, (tuple, list)):
        raise ValueError(f"`dense` must be a tuple of units. Received: {dense!r}")
    x = flat(x, input_shape)
    for index, units in enumerate(dense):
        units = check_integer(f"dense[{index}]", units, least=1)
        x = layers.Dense(units, "relu", kernel_initializer="he_uniform", name=f"fc{index + 1}")(x)
        x = drop(x, dropout, f"fc{index + 1}_dropout")
    return x
