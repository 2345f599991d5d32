"""Residual networks that are wide instead of deep; see the chapter "Wide ResNet"."""

from cnnlib.checks import check_integer
from cnnlib.models._parts import classifier, conv, image_input, imagenet_stem, norm_relu, repeats
from cnnlib.models._published import ONE_CROP, Published
from cnnlib.models._registry import family
from cnnlib.models._residual import (
    basic,
    bottleneck,
    post_activation,
    pre_activation,
    stage_units,
    units,
)

_ZAGORUYKO = {
    "family": "Wide ResNet",
    "year": 2016,
    "source": "Zagoruyko & Komodakis 2016",
}


@family(
    {"WideResNet": {}},
    published={"WideResNet": Published("WRN-28-10", **_ZAGORUYKO)},
    stride=4,
)
def wide_resnet(
    depth=28,
    width=10,
    dropout=0.0,
    input_shape=(32, 32, 3),
    classes=10,
    name="wide_resnet",
):
    """Build a Wide ResNet for small images: WRN-`depth`-`width`.

    Three stages of basic units with pre-activation, `width` times as wide as ResNet's. S.
    Zagoruyko & N. Komodakis, "Wide Residual Networks", BMVC 2016, table 1. See the chapter
    "Wide ResNet".

    Args:
        depth: convolutions, 6n+4: those of the three stages' shortcuts count, the dense layer
            does not.
        width: factor k on the stages' 16, 32 and 64 maps.
        dropout: share of the activations that training drops between a unit's convolutions.
    """
    counts = (repeats(depth, 6, 4),) * 3
    width = check_integer("width", width, least=1)
    inputs = image_input(input_shape, least=4)
    x = conv(inputs, 16, 3, name="conv1")
    for unit, filters, stride in units(counts, 16 * width):
        x = pre_activation(x, basic(filters, stride), unit, dropout=dropout)
    return classifier(inputs, norm_relu(x, "last"), classes, name)


@family(
    {"WideResNet50": {"depth": 50}},
    published={"WideResNet50": Published("WRN-50-2", {ONE_CROP: 6.03}, **_ZAGORUYKO)},
    stride=32,
)
def wide_resnet_imagenet(
    depth,
    width=2,
    input_shape=(224, 224, 3),
    classes=1000,
    name="wide_resnet_imagenet",
):
    """Build a Wide ResNet for ImageNet: ResNet "v1.5" with wider 3x3 convolutions.

    S. Zagoruyko & N. Komodakis, "Wide Residual Networks", BMVC 2016, section 3.4
    (WRN-50-2-bottleneck). See the chapter "Wide ResNet".

    Args:
        depth: 50, 101, 152 or 200: layers with weights, those of shortcuts not counted.
        width: factor on the inner channels of the bottlenecks.
    """
    counts = stage_units(depth, least=50)
    width = check_integer("width", width, least=1)
    inputs = image_input(input_shape, least=32)
    x = imagenet_stem(inputs)
    for unit, filters, stride in units(counts, 64):
        x = post_activation(x, bottleneck(filters, stride, inner=width * filters), unit)
    return classifier(inputs, x, classes, name)
