"""Xception; see the chapter "Xception"."""

from keras import layers

from cnnlib.checks import check_integer, check_number
from cnnlib.models._parts import classifier, conv, image_input, norm, norm_relu, relu
from cnnlib.models._published import ONE_CROP, Published
from cnnlib.models._registry import family


@family(
    {"Xception": {}},
    published={
        "Xception": Published(
            "Xception", {ONE_CROP: 5.5}, family="Xception", year=2016, source="Chollet 2017"
        )
    },
    stride=32,
)
def xception(
    middle=8,
    width=1.0,
    input_shape=(299, 299, 3),
    classes=1000,
    name="xception",
):
    """Build Xception: separable convolutions in residual modules.

    36 convolutions in 14 modules: the entry flow (modules 1 to 4), the middle flow (5 to 12) and
    the exit flow (13 and 14). F. Chollet, "Xception: Deep Learning with Depthwise Separable
    Convolutions", CVPR 2017, figure 5. The dropout of 0.5 before the dense layer, with which the
    paper trained on ImageNet, is left out. See the chapter "Xception".

    Args:
        middle: modules of the middle flow.
        width: factor on every layer's maps, 1 in the paper; less makes a network for small
            experiments.
    """
    middle = check_integer("middle", middle, least=0)
    width = check_number("width", width, above=0, high=4)
    stem, entry, last = [
        [max(1, round(width * maps)) for maps in flow]
        for flow in ((32, 64), (128, 256, 728), (1024, 1536, 2048))
    ]
    inputs = image_input(input_shape, least=32)
    x = inputs
    for index, (maps, stride) in enumerate(zip(stem, (2, 1), strict=True), 1):
        x = layers.Conv2D(maps, 3, stride, use_bias=False, name=f"module1_conv{index}")(x)
        x = norm_relu(x, f"module1_conv{index}")
    for module, maps in enumerate(entry, 2):
        x = _down(x, (maps, maps), f"module{module}", activated=module == 2)
    for module in range(5, 5 + middle):
        x = _middle(x, f"module{module}")
    x = _down(x, (entry[-1], last[0]), f"module{5 + middle}")
    for index, maps in enumerate(last[1:], 1):
        sep = f"module{6 + middle}_sep{index}"
        x = relu(_separable(x, maps, sep), sep)
    return classifier(inputs, x, classes, name)


def _down(x, filters, name, activated=False):
    """Add a module that halves the maps' sides: two separable convolutions, max pooling."""
    shortcut = norm(conv(x, filters[1], 1, 2, name=f"{name}_shortcut"), f"{name}_shortcut")
    for index, maps in enumerate(filters, 1):
        if index > 1 or not activated:
            x = relu(x, f"{name}_sep{index}")
        x = _separable(x, maps, f"{name}_sep{index}")
    x = layers.MaxPooling2D(3, 2, "same", name=f"{name}_pool")(x)
    return layers.Add(name=f"{name}_add")([shortcut, x])


def _middle(x, name):
    """Add a module of three separable convolutions that keeps its input's shape."""
    y = x
    for index in range(1, 4):
        y = relu(y, f"{name}_sep{index}")
        y = _separable(y, x.shape[-1], f"{name}_sep{index}")
    return layers.Add(name=f"{name}_add")([x, y])


def _separable(x, filters, name):
    """Apply a 3x3 separable convolution, nothing between its halves, and normalization."""
    x = layers.SeparableConv2D(filters, 3, padding="same", use_bias=False, name=name)(x)
    return norm(x, name)
