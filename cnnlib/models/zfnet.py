"""ZF Net; see the chapter "ZF Net"."""

import keras
from keras import layers

from cnnlib.checks import check_integer
from cnnlib.layers import LocalResponseNormalization
from cnnlib.models._parts import flat, head, image_input
from cnnlib.models._published import TEN_CROPS, Published
from cnnlib.models._registry import family
from cnnlib.models.alexnet import DENSE, MAPS, conv, dense_layers, scaled


@family(
    {"ZFNet": {}},
    published={
        "ZFNet": Published(
            "ZF Net",
            {TEN_CROPS: 16.5},
            family="AlexNet",
            year=2013,
            source="Zeiler & Fergus 2014",
        )
    },
)
def zfnet(
    width=1.0,
    dropout=0.5,
    input_shape=(224, 224, 3),
    classes=1000,
    name="zfnet",
):
    """Build ZF Net: AlexNet in one tower, with finer first layers.

    7x7 kernels of stride 2 instead of 11x11 of stride 4 in conv1, and stride 2 in conv2: smaller
    steps first keep what AlexNet's first layer blurs. M. D. Zeiler & R. Fergus, "Visualizing and
    Understanding Convolutional Networks", ECCV 2014, figure 3. See the chapter "ZF Net".
    Deviations: the figure does not show padding, and its sizes need a zero around the input,
    pool1 and pool2; nor does it give the constants of the normalization, which are AlexNet's;
    weights start as in `AlexNet`.

    Args:
        width: factor on all maps and dense layers but the last, 1 in the paper; less makes a
            network for small experiments.
        dropout: share of the outputs of fc6 and fc7 that training drops.
        input_shape: (height, width, channels), from 53x53; an open height or width, None, for
            the body only.
        classes: outputs; 0 leaves the body, which ends with the last pooling.
    """
    maps = scaled(MAPS, width)
    inputs = image_input(input_shape, least=53)
    x = layers.ZeroPadding2D(1, name="conv1_pad")(inputs)
    x = conv(x, maps[0], 7, 2, padding="valid", name="conv1")
    x = _pool_normalized(x, "1")
    x = conv(x, maps[1], 5, 2, padding="valid", name="conv2")
    x = _pool_normalized(x, "2")
    for index, filters in enumerate(maps[2:], start=3):
        x = conv(x, filters, 3, name=f"conv{index}")
    x = layers.MaxPooling2D(3, 2, name="pool5")(x)
    if check_integer("classes", classes, least=0):
        x = dense_layers(flat(x, input_shape), scaled(DENSE, width), dropout)
        x = head(x, classes)
    return keras.Model(inputs, x, name=name)


def _pool_normalized(x, index):
    """Apply 3x3 max pooling of stride 2 with a zero around, and normalization across maps.

    A zero never beats the output of a rectifier.
    """
    x = layers.ZeroPadding2D(1, name=f"pool{index}_pad")(x)
    x = layers.MaxPooling2D(3, 2, name=f"pool{index}")(x)
    return LocalResponseNormalization(name=f"norm{index}")(x)
