"""Squeeze-and-excitation networks; see the chapter "SENet"."""

from functools import partial

from keras import layers

from cnnlib.checks import check_integer
from cnnlib.models._parts import (
    classifier,
    conv_norm_relu,
    image_input,
    imagenet_stem,
    repeats,
    stem_pool,
)
from cnnlib.models._published import ONE_CROP, Published
from cnnlib.models._registry import family
from cnnlib.models._residual import (
    Conv,
    basic,
    bottleneck,
    padding,
    post_activation,
    projection,
    stage_units,
    units,
)
from cnnlib.models.resnext import aggregated

_HU = {"family": "SENet", "year": 2017, "source": "Hu et al. 2018"}


def squeeze_excite(x, name, reduction):
    """Rescale each map by a gate between 0 and 1, computed from the means of all maps.

    J. Hu, L. Shen & G. Sun, "Squeeze-and-Excitation Networks", CVPR 2018, section 3.

    Args:
        x: Keras tensor [batch, height, width, channels].
        name: start of the layers' names.
        reduction: factor by which the first dense layer narrows the channels; divides them.

    Returns:
        A Keras tensor of the same shape.

    Raises:
        TypeError: `reduction` is not an integer.
        ValueError: `reduction` does not divide the channels.
    """
    channels = x.shape[-1]
    if channels % check_integer("reduction", reduction, least=1):
        raise ValueError(f"`reduction` must divide {channels} channels. Received: {reduction!r}")
    gate = layers.GlobalAveragePooling2D(keepdims=True, name=f"{name}_squeeze")(x)
    gate = layers.Dense(channels // reduction, "relu", name=f"{name}_reduce")(gate)
    gate = layers.Dense(channels, "sigmoid", name=f"{name}_excite")(gate)
    return layers.Multiply(name=f"{name}_scale")([x, gate])


@family(
    {
        "SEResNet50": {"depth": 50},
        "SEResNet101": {"depth": 101},
        "SEResNet152": {"depth": 152},
    },
    published={"SEResNet50": Published("SE-ResNet-50", {ONE_CROP: 6.62}, **_HU)},
    stride=32,
)
def se_resnet(
    depth,
    reduction=16,
    input_shape=(224, 224, 3),
    classes=1000,
    name="se_resnet",
):
    """Build a ResNet "v1" for ImageNet with squeeze-and-excitation in every unit.

    J. Hu, L. Shen & G. Sun, "Squeeze-and-Excitation Networks", CVPR 2018, table 1. See the
    chapter "SENet".

    Args:
        depth: 50, 101, 152 or 200: ResNet's.
    """
    counts = stage_units(depth, least=50)
    recalibrate = partial(squeeze_excite, reduction=reduction)
    inputs = image_input(input_shape, least=32)
    x = imagenet_stem(inputs)
    for unit, filters, stride in units(counts, 64):
        branch = bottleneck(filters, stride, stride_first=True)
        x = post_activation(x, branch, unit, recalibrate=recalibrate)
    return classifier(inputs, x, classes, name)


@family({"SEResNeXt50": {"depth": 50}, "SEResNeXt101": {"depth": 101}}, stride=32)
def se_resnext(
    depth,
    cardinality=32,
    width=4,
    reduction=16,
    input_shape=(224, 224, 3),
    classes=1000,
    name="se_resnext",
):
    """Build a ResNeXt for ImageNet with squeeze-and-excitation in every unit.

    J. Hu, L. Shen & G. Sun, "Squeeze-and-Excitation Networks", CVPR 2018, table 1. See the
    chapter "SENet".

    Args:
        depth: 50, 101, 152 or 200: ResNeXt's.
        width: channels of each group in stage conv2; each further stage doubles them.
    """
    counts = stage_units(depth, least=50)
    recalibrate = partial(squeeze_excite, reduction=reduction)
    inputs = image_input(input_shape, least=32)
    x = imagenet_stem(inputs)
    for unit, filters, stride in units(counts, 64):
        branch = aggregated(filters, stride, cardinality, width)
        x = post_activation(x, branch, unit, recalibrate=recalibrate)
    return classifier(inputs, x, classes, name)


@family(
    {"SENet154": {"depth": 152}},
    published={"SENet154": Published("SENet-154", {ONE_CROP: 4.47}, **_HU)},
    stride=32,
)
def senet(
    depth,
    cardinality=64,
    reduction=16,
    dropout=0.2,
    input_shape=(224, 224, 3),
    classes=1000,
    name="senet",
):
    """Build SENet-154, the winner of ILSVRC 2017, or its like at another depth.

    A 64x4d ResNeXt-152 with squeeze-and-excitation and four changes: three 3x3 convolutions for
    the 7x7 (hence 154), first 1x1 convolutions of half the width, 3x3 convolutions on the
    shortcuts of stride 2, dropout before the dense layer. J. Hu, L. Shen, S. Albanie, G. Sun &
    E. Wu, "Squeeze-and-Excitation Networks", IEEE TPAMI 42 (2020), appendix. See the chapter
    "SENet".

    Args:
        depth: 50, 101, 152 or 200: that of the ResNeXt underneath.
        cardinality: groups of the 3x3 convolutions; divides 128.
        dropout: share of the pooled features that training drops.
    """
    counts = stage_units(depth, least=50)
    if 128 % check_integer("cardinality", cardinality, least=1):
        raise ValueError(f"`cardinality` must divide 128. Received: {cardinality!r}")
    recalibrate = partial(squeeze_excite, reduction=reduction)
    inputs = image_input(input_shape, least=32)
    x = conv_norm_relu(inputs, 64, 3, 2, name="conv1_1")
    x = conv_norm_relu(x, 64, 3, name="conv1_2")
    x = stem_pool(conv_norm_relu(x, 128, 3, name="conv1_3"))
    for unit, filters, stride in units(counts, 64):
        branch = (
            Conv(2 * filters, 1),
            Conv(4 * filters, 3, stride, cardinality),
            Conv(4 * filters, 1),
        )
        shortcut = partial(projection, kernel=3 if stride > 1 else 1)
        x = post_activation(x, branch, unit, shortcut, recalibrate)
    return classifier(inputs, x, classes, name, dropout)


@family({"SEResNetCIFAR": {}}, stride=4)
def se_resnet_cifar(
    depth=20,
    reduction=16,
    input_shape=(32, 32, 3),
    classes=10,
    name="se_resnet_cifar",
):
    """Build a ResNet for small images with squeeze-and-excitation in every unit.

    J. Hu, L. Shen, S. Albanie, G. Sun & E. Wu, "Squeeze-and-Excitation Networks", IEEE TPAMI 42
    (2020), section 5.1 (depth 110). See the chapter "SENet".

    Args:
        depth: layers with weights, 6n+2, as in `ResNetCIFAR`.
        reduction: factor by which the gates' first dense layer narrows the channels; divides 16.
    """
    counts = (repeats(depth, 6, 2),) * 3
    recalibrate = partial(squeeze_excite, reduction=reduction)
    inputs = image_input(input_shape, least=4)
    x = conv_norm_relu(inputs, 16, 3, name="conv1")
    for unit, filters, stride in units(counts, 16):
        x = post_activation(x, basic(filters, stride), unit, padding, recalibrate)
    return classifier(inputs, x, classes, name)
