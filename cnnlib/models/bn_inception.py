"""BN-Inception, on which SE-Inception stands; see the chapter "SENet"."""

from types import MappingProxyType
from typing import NamedTuple

from keras import layers

from cnnlib.models._parts import classifier, conv_norm_relu, image_input, imagenet_stem
from cnnlib.models._registry import family
from cnnlib.models.senet import squeeze_excite


class Module(NamedTuple):
    """The maps of one inception module; a module without 1x1 and projection has stride 2.

    Attributes:
        one: maps of the 1x1 convolution.
        three_reduce: maps of the 1x1 convolution before the 3x3.
        three: maps of the 3x3 convolution.
        double_reduce: maps of the 1x1 convolution before the two 3x3.
        double: maps of each of the two 3x3 convolutions.
        pool: "average" or "max".
        projection: maps of the 1x1 convolution after the pooling; 0 passes it through.
    """

    one: int
    three_reduce: int
    three: int
    double_reduce: int
    double: int
    pool: str
    projection: int


#: Ioffe & Szegedy 2015, figure 5, whose output column has 576 maps for 4c and 4d instead of 608.
MODULES = MappingProxyType(
    {
        "3a": Module(64, 64, 64, 64, 96, "average", 32),
        "3b": Module(64, 64, 96, 64, 96, "average", 64),
        "3c": Module(0, 128, 160, 64, 96, "max", 0),
        "4a": Module(224, 64, 96, 96, 128, "average", 128),
        "4b": Module(192, 96, 128, 96, 128, "average", 128),
        "4c": Module(160, 128, 160, 128, 160, "average", 128),
        "4d": Module(96, 128, 192, 160, 192, "average", 128),
        "4e": Module(0, 128, 192, 192, 256, "max", 0),
        "5a": Module(352, 192, 320, 160, 224, "average", 128),
        "5b": Module(352, 192, 320, 192, 224, "max", 128),
    }
)


@family({"BNInception": {}, "SEInception": {"reduction": 16}}, stride=32)
def bn_inception(
    reduction=None,
    input_shape=(224, 224, 3),
    classes=1000,
    name="bn_inception",
):
    """Build BN-Inception, with squeeze-and-excitation after every module if asked.

    S. Ioffe & C. Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing
    Internal Covariate Shift", ICML 2015, figure 5; J. Hu, L. Shen & G. Sun,
    "Squeeze-and-Excitation Networks", CVPR 2018, figure 2, for SE-Inception. See the chapters
    "GoogLeNet and Inception" and "SENet".

    Args:
        reduction: factor by which the gates' first dense layer narrows the channels; None: no
            gates.
    """
    inputs = image_input(input_shape, least=32)
    x = conv_norm_relu(imagenet_stem(inputs), 64, 1, name="conv2_reduce")
    x = conv_norm_relu(x, 192, 3, name="conv2")
    x = layers.MaxPooling2D(3, 2, "same", name="pool2")(x)
    for module, maps in MODULES.items():
        x = _module(x, maps, f"inception_{module}")
        if reduction is not None:
            x = squeeze_excite(x, f"inception_{module}_se", reduction)
    return classifier(inputs, x, classes, name)


def _module(x, maps, name):
    """Add an inception module: its branches side by side, their maps concatenated."""
    stride = 1 if maps.projection else 2
    three = conv_norm_relu(x, maps.three_reduce, 1, name=f"{name}_3x3_reduce")
    three = conv_norm_relu(three, maps.three, 3, stride, name=f"{name}_3x3")
    double = conv_norm_relu(x, maps.double_reduce, 1, name=f"{name}_double_reduce")
    double = conv_norm_relu(double, maps.double, 3, name=f"{name}_double_1")
    double = conv_norm_relu(double, maps.double, 3, stride, name=f"{name}_double_2")
    pooling = layers.AveragePooling2D if maps.pool == "average" else layers.MaxPooling2D
    pool = pooling(3, stride, "same", name=f"{name}_pool")(x)
    branches = [three, double, pool]
    if maps.projection:
        one = conv_norm_relu(x, maps.one, 1, name=f"{name}_1x1")
        pool = conv_norm_relu(pool, maps.projection, 1, name=f"{name}_pool_proj")
        branches = [one, three, double, pool]
    return layers.Concatenate(name=f"{name}_concat")(branches)
