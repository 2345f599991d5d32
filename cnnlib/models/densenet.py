"""Densely connected networks; see the chapter "DenseNet"."""

from keras import layers

from cnnlib.checks import check_integer, check_number
from cnnlib.models._parts import (
    classifier,
    conv,
    image_input,
    imagenet_stem,
    norm_relu,
    repeats,
)
from cnnlib.models._published import ONE_CROP, TEN_CROPS, Published
from cnnlib.models._registry import family

_HUANG = {"family": "DenseNet", "year": 2016, "source": "Huang et al. 2017"}


@family(
    {
        "DenseNet121": {"blocks": (6, 12, 24, 16)},
        "DenseNet169": {"blocks": (6, 12, 32, 32)},
        "DenseNet201": {"blocks": (6, 12, 48, 32)},
        "DenseNet264": {"blocks": (6, 12, 64, 48)},
    },
    published={
        "DenseNet121": Published("DenseNet-121", {ONE_CROP: 7.71, TEN_CROPS: 6.66}, **_HUANG),
        "DenseNet169": Published("DenseNet-169", {ONE_CROP: 6.85, TEN_CROPS: 5.92}, **_HUANG),
        "DenseNet201": Published("DenseNet-201", {ONE_CROP: 6.34, TEN_CROPS: 5.54}, **_HUANG),
    },
)
def densenet(
    blocks,
    growth_rate=32,
    compression=0.5,
    input_shape=(224, 224, 3),
    classes=1000,
    name="densenet",
):
    """Build a DenseNet-BC for ImageNet.

    Within a block every layer sees the maps of all layers before it and adds `growth_rate` maps;
    transitions between blocks compress the maps and halve their sides. G. Huang, Z. Liu, L. van
    der Maaten & K. Q. Weinberger, "Densely Connected Convolutional Networks", CVPR 2017, table
    1. See the chapter "DenseNet".

    Args:
        blocks: layers in each dense block, four in the paper; each is a 1x1 and a 3x3
            convolution.
        growth_rate: maps that each layer adds, k; the stem has 2k.
        input_shape: (height, width, channels), from 2 ** (number of blocks + 1) a side.
        classes: outputs; 0 leaves the body.
    """
    if not isinstance(blocks, (tuple, list)) or not blocks:
        raise ValueError(f"`blocks` must be a tuple of layers per block. Received: {blocks!r}")
    growth_rate = check_integer("growth_rate", growth_rate, least=1)
    inputs = image_input(input_shape, least=2 ** (len(blocks) + 1))
    x = imagenet_stem(inputs, 2 * growth_rate)
    x = _body(x, blocks, growth_rate, compression, bottleneck=True)
    return classifier(inputs, x, classes, name)


@family({"DenseNetCIFAR": {}}, stride=4)
def densenet_cifar(
    depth=40,
    growth_rate=12,
    bottleneck=False,
    compression=1.0,
    input_shape=(32, 32, 3),
    classes=10,
    name="densenet_cifar",
):
    """Build a DenseNet for small images: three dense blocks of equal depth.

    `bottleneck=True, compression=0.5` is DenseNet-BC, whose first convolution has 2k maps
    instead of 16. G. Huang, Z. Liu, L. van der Maaten & K. Q. Weinberger, "Densely Connected
    Convolutional Networks", CVPR 2017, section 3 and table 2. See the chapter "DenseNet".

    Args:
        depth: layers with weights: 3n+4, or 6n+4 with bottlenecks.
        bottleneck: whether a 1x1 convolution to 4k maps precedes each 3x3 convolution.
    """
    blocks = (repeats(depth, 6 if bottleneck else 3, 4),) * 3
    growth_rate = check_integer("growth_rate", growth_rate, least=1)
    inputs = image_input(input_shape, least=4)
    x = conv(inputs, 2 * growth_rate if bottleneck and compression < 1 else 16, 3, name="conv1")
    x = _body(x, blocks, growth_rate, compression, bottleneck)
    return classifier(inputs, x, classes, name)


def _body(x, blocks, growth_rate, compression, bottleneck):
    """Add dense blocks with transitions between them, and the last activation."""
    compression = check_number("compression", compression, above=0, high=1)
    for block, count in enumerate(blocks, 1):
        if block > 1:
            x = _transition(x, int(compression * x.shape[-1]), f"transition{block - 1}")
        for index in range(1, check_integer(f"blocks[{block - 1}]", count, least=1) + 1):
            x = _dense_layer(x, growth_rate, bottleneck, f"dense{block}_{index}")
    return norm_relu(x, "last")


def _dense_layer(x, growth_rate, bottleneck, name):
    """Add `growth_rate` maps, computed from all maps so far."""
    y = x
    if bottleneck:
        y = conv(norm_relu(y, f"{name}_conv1"), 4 * growth_rate, 1, name=f"{name}_conv1")
    last = f"{name}_conv2" if bottleneck else f"{name}_conv1"
    y = conv(norm_relu(y, last), growth_rate, 3, name=last)
    return layers.Concatenate(name=f"{name}_concat")([x, y])


def _transition(x, filters, name):
    """Keep `filters` maps and halve their sides."""
    x = conv(norm_relu(x, f"{name}_conv"), filters, 1, name=f"{name}_conv")
    return layers.AveragePooling2D(2, padding="same", name=f"{name}_pool")(x)
