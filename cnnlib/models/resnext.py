"""Residual networks with grouped convolutions; see the chapter "ResNeXt"."""

from cnnlib.checks import check_integer
from cnnlib.models._parts import (
    classifier,
    conv_norm_relu,
    image_input,
    imagenet_stem,
    repeats,
)
from cnnlib.models._published import ONE_CROP, Published
from cnnlib.models._registry import family
from cnnlib.models._residual import bottleneck, post_activation, stage_units, units


@family(
    {"ResNeXt50": {"depth": 50}, "ResNeXt101": {"depth": 101}},
    published={
        "ResNeXt50": Published(
            "ResNeXt-50 32x4d",
            {ONE_CROP: 5.9},
            family="ResNeXt",
            year=2016,
            source="Hu et al. 2018, who trained it anew",
        )
    },
    stride=32,
)
def resnext(
    depth,
    cardinality=32,
    width=4,
    input_shape=(224, 224, 3),
    classes=1000,
    name="resnext",
):
    """Build a ResNeXt for ImageNet: ResNet's bottlenecks with a grouped 3x3 convolution.

    "32x4d" means `cardinality` 32 and `width` 4. S. Xie, R. Girshick, P. Dollar, Z. Tu & K. He,
    "Aggregated Residual Transformations for Deep Neural Networks", CVPR 2017, table 1 and
    figure 3c. See the chapter "ResNeXt".

    Args:
        depth: 50, 101, 152 or 200: layers with weights, those of shortcuts not counted.
        width: channels of each group in stage conv2; each further stage doubles them.
    """
    counts = stage_units(depth, least=50)
    inputs = image_input(input_shape, least=32)
    x = imagenet_stem(inputs)
    for unit, filters, stride in units(counts, 64):
        x = post_activation(x, aggregated(filters, stride, cardinality, width), unit)
    return classifier(inputs, x, classes, name)


@family({"ResNeXtCIFAR": {}}, stride=4)
def resnext_cifar(
    depth=29,
    cardinality=8,
    width=64,
    input_shape=(32, 32, 3),
    classes=10,
    name="resnext_cifar",
):
    """Build a ResNeXt for small images: three stages of grouped bottlenecks.

    S. Xie, R. Girshick, P. Dollar, Z. Tu & K. He, "Aggregated Residual Transformations for Deep
    Neural Networks", CVPR 2017, section 5.3 (8x64d and 16x64d, depth 29). See the chapter
    "ResNeXt".

    Args:
        depth: layers with weights, 9n+2.
        width: channels of each group in stage conv2; each further stage doubles them.
    """
    counts = (repeats(depth, 9, 2),) * 3
    inputs = image_input(input_shape, least=4)
    x = conv_norm_relu(inputs, 64, 3, name="conv1")
    for unit, filters, stride in units(counts, 64):
        x = post_activation(x, aggregated(filters, stride, cardinality, width), unit)
    return classifier(inputs, x, classes, name)


def aggregated(filters, stride, cardinality, width):
    """Return the branch of a unit with `cardinality` groups of `width` channels at 64 filters."""
    cardinality = check_integer("cardinality", cardinality, least=1)
    inner = cardinality * check_integer("width", width, least=1) * filters // 64
    return bottleneck(filters, stride, inner=inner, groups=cardinality)
