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
from cnnlib.models._registry import family
from cnnlib.models._residual import (
    STAGES,
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

_VERSIONS = ("v1", "v1.5", "v2")


@family({f"ResNet{depth}": {"depth": depth} for depth in STAGES})
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
        shortcuts: False builds the plain network of the same layers.
        input_shape: (height, width, channels), from 32x32.
        classes: outputs; 0 leaves the body, whose maps have a stride of 32.
        name: the model's name.

    Returns:
        An untrained `keras.Model`.

    Raises:
        TypeError: an argument has the wrong type.
        ValueError: an argument's value is not allowed.
    """
    counts = stage_units(depth)
    check_choice("version", version, _VERSIONS)
    branch = basic if depth < 50 else partial(bottleneck, stride_first=version == "v1")
    shortcut = plain_projection if version == "v2" else projection
    inputs = image_input(input_shape, least=32)
    x = _stack(imagenet_stem(inputs), units(counts, 64), branch, version, shortcuts and shortcut)
    return classifier(inputs, x, classes, name)


@family({"ResNetCIFAR": {}})
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
        shortcuts: False builds the plain network of the same layers.
        input_shape: (height, width, channels), from 4x4.
        classes: outputs; 0 leaves the body, whose maps have a stride of 4.
        name: the model's name.

    Returns:
        An untrained `keras.Model`.

    Raises:
        TypeError: an argument has the wrong type.
        ValueError: an argument's value is not allowed.
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
