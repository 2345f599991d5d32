"""GoogLeNet, the first Inception; see the chapter "GoogLeNet and Inception"."""

from functools import partial
from types import MappingProxyType
from typing import NamedTuple

import keras
from keras import layers

from cnnlib.checks import check_boolean, check_integer, check_number
from cnnlib.layers import LocalResponseNormalization
from cnnlib.models._parts import drop, head, image_input
from cnnlib.models._published import ONE_CROP, TEN_CROPS, Published
from cnnlib.models._registry import family


class Module(NamedTuple):
    """The maps of one inception module, in the order of table 1's columns.

    Attributes:
        one: maps of the 1x1 convolution, "#1x1".
        three_reduce: maps of the 1x1 convolution before the 3x3, "#3x3 reduce".
        three: maps of the 3x3 convolution, "#3x3".
        five_reduce: maps of the 1x1 convolution before the 5x5, "#5x5 reduce".
        five: maps of the 5x5 convolution, "#5x5".
        projection: maps of the 1x1 convolution after the pooling, "pool proj".
    """

    one: int
    three_reduce: int
    three: int
    five_reduce: int
    five: int
    projection: int


#: Szegedy et al. 2015, table 1.
MODULES = MappingProxyType(
    {
        "3a": Module(64, 96, 128, 16, 32, 32),
        "3b": Module(128, 128, 192, 32, 96, 64),
        "4a": Module(192, 96, 208, 16, 48, 64),
        "4b": Module(160, 112, 224, 24, 64, 64),
        "4c": Module(128, 128, 256, 24, 64, 64),
        "4d": Module(112, 144, 288, 32, 64, 64),
        "4e": Module(256, 160, 320, 32, 128, 128),
        "5a": Module(256, 160, 320, 32, 128, 128),
        "5b": Module(384, 192, 384, 48, 128, 128),
    }
)
_POOLED = ("3b", "4e")
_AUXILIARY = ("4a", "4d")


@family(
    {"GoogLeNet": {}},
    published={
        "GoogLeNet": Published(
            "GoogLeNet",
            {ONE_CROP: 10.07, TEN_CROPS: 9.15},
            family="Inception",
            year=2014,
            source="Szegedy et al. 2015",
        )
    },
)
def googlenet(
    auxiliary=False,
    width=1.0,
    input_shape=(224, 224, 3),
    classes=1000,
    name="googlenet",
):
    """Build GoogLeNet: nine inception modules, 22 layers with weights.

    C. Szegedy, W. Liu, Y. Jia, P. Sermanet, S. Reed, D. Anguelov, D. Erhan, V. Vanhoucke & A.
    Rabinovich, "Going Deeper with Convolutions", CVPR 2015, table 1 and figure 3. See the
    chapter "GoogLeNet and Inception". Local response normalization has the constants of the
    Caffe version, because the paper gives none.

    Table 1's parameters cannot all be reproduced from its own widths. Its K is 1,024 and its
    rows count weights only: then conv 2, 3a and the dense layer agree, and 3b (379 K against
    380 K), 4a to 4e (367, 438, 498, 591 and 847 K against 364, 437, 463, 580 and 840 K), 5a
    (1,018 K against 1,072 K) and 5b (1,409 K against 1,388 K) do not. Its multiply-adds agree
    within 1 M but for 5a (51 M against 54 M). The first row, 2.7 K and 34 M, fits no layer as
    drawn: 64 filters of 7x7x3 have 9,408 weights and 118 M multiply-adds. A 7x7 depthwise
    convolution to 24 maps and a 1x1 convolution to 64 cost exactly that.

    Args:
        auxiliary: whether to add the two auxiliary classifiers, after 4a and 4d, as further
            outputs; in training, the paper adds their losses with a weight of 0.3.
        width: factor on every convolution's maps, 1 in the paper; less makes a network for small
            experiments.
        input_shape: (height, width, channels), from 32x32; from 65x65, and known, with
            auxiliary classifiers.
        classes: outputs; 0 leaves the body, whose maps have a stride of 32.

    Returns:
        An untrained `keras.Model`; its outputs are a list of three with auxiliary classifiers,
        the main one first.
    """
    auxiliary = check_boolean("auxiliary", auxiliary)
    conv = _convolution(width)
    classes = check_integer("classes", classes, least=1 if auxiliary else 0)
    inputs = image_input(input_shape, least=65 if auxiliary else 32)
    if auxiliary and None in inputs.shape[1:]:
        raise ValueError(
            "`input_shape` must have a known height and width, because auxiliary classifiers "
            f"have dense layers. Received: {input_shape!r}"
        )
    x = _stem(conv, inputs)
    outputs = []
    for module, maps in MODULES.items():
        x = inception(conv, x, maps, f"inception_{module}")
        if auxiliary and module in _AUXILIARY:
            outputs.append(_auxiliary(conv, x, classes, f"auxiliary_{module}"))
        if module in _POOLED:
            x = layers.MaxPooling2D(3, 2, "same", name=f"pool{module[0]}")(x)
    if classes:
        x = layers.GlobalAveragePooling2D(name="avg_pool")(x)
        x = head(drop(x, 0.4, "dropout"), classes)
    return keras.Model(inputs, [x, *outputs] if auxiliary else x, name=name)


def inception(conv, x, maps, name):
    """Add an inception module: its branches side by side, their maps concatenated.

    Args:
        conv: a function of (x, maps, kernel, name=) that applies a convolution and its activation.
        x: Keras tensor [batch, height, width, channels].
        maps: a `Module`.
        name: of the concatenation, and what the names of its layers begin with.

    Returns:
        A Keras tensor [batch, height, width, all branches' maps].
    """
    one = conv(x, maps.one, 1, name=f"{name}_1x1")
    three = conv(x, maps.three_reduce, 1, name=f"{name}_3x3_reduce")
    three = conv(three, maps.three, 3, name=f"{name}_3x3")
    five = conv(x, maps.five_reduce, 1, name=f"{name}_5x5_reduce")
    five = conv(five, maps.five, 5, name=f"{name}_5x5")
    pool = layers.MaxPooling2D(3, 1, "same", name=f"{name}_pool")(x)
    pool = conv(pool, maps.projection, 1, name=f"{name}_pool_proj")
    return layers.Concatenate(name=name)([one, three, five, pool])


def _stem(conv, x):
    """Add the layers below the modules: 224 pixels to 28."""
    x = layers.ZeroPadding2D(3, name="conv1_pad")(x)
    x = conv(x, 64, 7, strides=2, padding="valid", name="conv1")
    x = layers.MaxPooling2D(3, 2, "same", name="pool1")(x)
    x = _normalize(x, "norm1")
    x = conv(x, 64, 1, name="conv2_reduce")
    x = conv(x, 192, 3, name="conv2")
    x = _normalize(x, "norm2")
    return layers.MaxPooling2D(3, 2, "same", name="pool2")(x)


def _auxiliary(conv, x, classes, name):
    """Add a classifier on maps half way up the network."""
    x = layers.AveragePooling2D(5, 3, name=f"{name}_pool")(x)
    x = conv(x, 128, 1, name=f"{name}_conv")
    x = layers.Flatten(name=f"{name}_flatten")(x)
    x = layers.Dense(1024, "relu", kernel_initializer="he_uniform", name=f"{name}_fc1")(x)
    x = layers.Dropout(0.7, name=f"{name}_dropout")(x)
    x = layers.Dense(classes, name=f"{name}_fc2")(x)
    return layers.Softmax(dtype="float32", name=f"{name}_softmax")(x)


def _normalize(x, name):
    """Apply local response normalization over five maps, with Caffe's constants."""
    return LocalResponseNormalization.caffe(name=name)(x)


def _convolution(width):
    """Return `_conv` with the width of a whole network."""
    return partial(_conv, width=check_number("width", width, above=0, high=4))


def _conv(x, filters, kernel, *, width, strides=1, padding="same", name):
    """Apply a convolution and a rectifier."""
    return layers.Conv2D(
        max(1, round(width * filters)),
        kernel,
        strides,
        padding,
        activation="relu",
        kernel_initializer="he_uniform",
        name=name,
    )(x)
