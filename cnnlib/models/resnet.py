"""Residual networks; see the chapter "ResNet"."""

from functools import partial

from cnnlib.checks import check_choice
from cnnlib.models._parts import (
    classifier,
    conv_norm_relu,
    image_input,
    imagenet_stem,
    norm_relu,
    repeats,
)
from cnnlib.models._published import ONE_CROP, TEN_CROPS, Published
from cnnlib.models._registry import family
from cnnlib.models._residual import (
    basic,
    bottleneck,
    padding,
    plain_projection,
    post_activation,
    pre_activation,
    projection,
    stage_units,
    units,
)

_HE = {"family": "ResNet", "year": 2015, "source": "He et al. 2016; one crop: their models"}
_VERSIONS = ("v1", "v1.5", "v2")


@family(
    {
        "ResNet18": {"depth": 18},
        "ResNet34": {"depth": 34},
        "ResNet50": {"depth": 50},
        "ResNet101": {"depth": 101},
        "ResNet152": {"depth": 152},
        "ResNet200": {"depth": 200},
    },
    published={
        "ResNet18": Published("ResNet-18", **_HE),
        "ResNet34": Published("ResNet-34", {TEN_CROPS: 7.46}, **_HE),
        "ResNet50": Published("ResNet-50", {TEN_CROPS: 6.71, ONE_CROP: 7.8}, **_HE),
        "ResNet101": Published("ResNet-101", {TEN_CROPS: 6.05, ONE_CROP: 7.1}, **_HE),
        "ResNet152": Published("ResNet-152", {TEN_CROPS: 5.71, ONE_CROP: 6.7}, **_HE),
    },
    stride=32,
)
def resnet(
    depth,
    version="v1",
    shortcuts=True,
    input_shape=(224, 224, 3),
    classes=1000,
    name="resnet",
):
    """Build a residual network for ImageNet.

    Stages conv2 to conv5 hold basic units (depth 18 and 34) or bottlenecks (from 50). Where a
    stage begins, a 1x1 convolution fits the shortcut to the new shape; elsewhere it is the
    identity. K. He, X. Zhang, S. Ren & J. Sun, "Deep Residual Learning for Image Recognition",
    CVPR 2016, table 1; "Identity Mappings in Deep Residual Networks", ECCV 2016, for "v2". See
    the chapter "ResNet".

    Args:
        depth: 18, 34, 50, 101, 152 or 200: layers with weights, those of shortcuts not counted.
        version: "v1", the paper's, with the stride on a bottleneck's first 1x1 convolution;
            "v1.5", as in Torch's, with the stride on the 3x3; "v2", units with pre-activation,
            stride as in "v1.5".
    """
    counts = stage_units(depth)
    check_choice("version", version, _VERSIONS)
    branch = basic if depth < 50 else partial(bottleneck, stride_first=version == "v1")
    shortcut = plain_projection if version == "v2" else projection
    inputs = image_input(input_shape, least=32)
    x = _stack(imagenet_stem(inputs), units(counts, 64), branch, version, shortcuts and shortcut)
    return classifier(inputs, x, classes, name)


@family({"ResNetCIFAR": {}}, stride=4)
def resnet_cifar(
    depth=20,
    version="v1",
    shortcuts=True,
    input_shape=(32, 32, 3),
    classes=10,
    name="resnet_cifar",
):
    """Build a residual network for small images: three stages of basic units.

    Shortcuts have no weights: where a stage begins they take every second pixel and pad the new
    channels with zeros. K. He, X. Zhang, S. Ren & J. Sun, "Deep Residual Learning for Image
    Recognition", CVPR 2016, section 4.2; "Identity Mappings in Deep Residual Networks", ECCV
    2016, for "v2". See the chapter "ResNet".

    Args:
        depth: layers with weights, 6n+2; the paper's are 20, 32, 44, 56, 110 and 1202.
        version: "v1" or "v1.5", which are the same for basic units, or "v2", units with
            pre-activation.
    """
    counts = (repeats(depth, 6, 2),) * 3
    check_choice("version", version, _VERSIONS)
    inputs = image_input(input_shape, least=4)
    x = conv_norm_relu(inputs, 16, 3, name="conv1")
    x = _stack(x, units(counts, 16), basic, version, shortcuts and padding)
    return classifier(inputs, x, classes, name)


def _stack(x, plan, branch, version, shortcut):
    """Add the residual units; of "v2", the first takes the stem's activation as its own."""
    if version != "v2":
        for unit, filters, stride in plan:
            x = post_activation(x, branch(filters, stride), unit, shortcut)
        return x
    for index, (unit, filters, stride) in enumerate(plan):
        x = pre_activation(x, branch(filters, stride), unit, shortcut, activated=index == 0)
    return norm_relu(x, "last")
