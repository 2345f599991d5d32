"""AlexNet; see the chapter "AlexNet"."""

import keras
from keras import layers

from cnnlib.checks import check_choice, check_integer, check_number
from cnnlib.layers import LocalResponseNormalization
from cnnlib.models._parts import drop, flat, head, image_input
from cnnlib.models._published import ONE_CROP, TEN_CROPS, Published
from cnnlib.models._registry import family

#: Maps of the five convolutions and units of the two dense layers before the last.
MAPS = (96, 256, 384, 384, 256)
DENSE = (4096, 4096)


@family(
    {"AlexNet": {"towers": 2}, "AlexNetSingle": {"towers": 1}},
    published={
        "AlexNet": Published(
            "AlexNet",
            {TEN_CROPS: 18.2, ONE_CROP: 19.7},
            family="AlexNet",
            year=2012,
            source="Krizhevsky et al. 2012; one crop: Iandola et al. 2016",
        )
    },
)
def alexnet(
    towers,
    width=1.0,
    activation="relu",
    dropout=0.5,
    input_shape=(227, 227, 3),
    classes=1000,
    name="alexnet",
):
    """Build AlexNet: five convolutions, three of them with overlapping pooling, three dense layers.

    The paper's two GPUs hold a tower each, which sees the other's maps in conv3 and the dense
    layers only; here a tower is a group of channels in conv2, conv4 and conv5. One exception:
    the normalization sums across the border between the towers, as in Caffe's version. A.
    Krizhevsky, I. Sutskever & G. E. Hinton, "ImageNet Classification with Deep Convolutional
    Neural Networks", NIPS 2012, section 3. See the chapter "AlexNet". Deviations: the paper's
    input of 224 pixels does not give its maps of 55x55 without padding, 227 does; weights start
    with the variance of He, Zhang, Ren & Sun, "Delving Deep into Rectifiers", ICCV 2015, so that
    narrow networks train as well, and biases at 0, where the paper has a standard deviation of
    0.01 throughout and some biases of 1.

    Args:
        towers: groups of channels, 1 or 2.
        width: factor on all maps and dense layers but the last, 1 in the paper; less makes a
            network for small experiments.
        activation: "relu", or "tanh", to which the paper compares it.
        dropout: share of the outputs of fc6 and fc7 that training drops.
        input_shape: (height, width, channels), from 67x67; an open height or width, None, for
            the body only.
        classes: outputs; 0 leaves the body, which ends with the last pooling.
    """
    towers = check_integer("towers", towers, least=1, most=2)
    maps = scaled(MAPS, width, towers)
    check_choice("activation", activation, ("relu", "tanh"))
    inputs = image_input(input_shape, least=67)
    x = conv(inputs, maps[0], 11, 4, padding="valid", activation=activation, name="conv1")
    x = _normalized_pool(x, "1")
    x = conv(x, maps[1], 5, groups=towers, activation=activation, name="conv2")
    x = _normalized_pool(x, "2")
    x = conv(x, maps[2], 3, activation=activation, name="conv3")
    x = conv(x, maps[3], 3, groups=towers, activation=activation, name="conv4")
    x = conv(x, maps[4], 3, groups=towers, activation=activation, name="conv5")
    x = layers.MaxPooling2D(3, 2, name="pool5")(x)
    if check_integer("classes", classes, least=0):
        units = scaled(DENSE, width)
        x = dense_layers(flat(x, input_shape), units, dropout, activation)
        x = head(x, classes)
    return keras.Model(inputs, x, name=name)


def scaled(maps, width, towers=1):
    """Return numbers of maps times `width`, rounded to what towers can share.

    Args:
        maps: whole numbers.
        width: factor, above 0 and at most 4.
        towers: what each result is a multiple of.

    Raises:
        ValueError: `width` is out of range.
    """
    width = check_number("width", width, above=0, high=4)
    return [towers * max(1, round(width * each / towers)) for each in maps]


def conv(x, filters, kernel, stride=1, padding="same", groups=1, activation="relu", *, name):
    """Apply a convolution with bias and an activation.

    Args:
        x: Keras tensor [batch, height, width, channels].
        filters: output channels.
        kernel: side of the kernel.
        stride: pixels from one output to the next.
        padding: "valid" or "same".
        groups: parts into which the channels are split.
        activation: what follows.
        name: the layer's name.

    Returns:
        A Keras tensor.
    """
    return layers.Conv2D(
        filters,
        kernel,
        stride,
        padding,
        groups=groups,
        activation=activation,
        kernel_initializer="he_uniform",
        name=name,
    )(x)


def dense_layers(x, units, dropout, activation="relu"):
    """Apply the dense layers fc6 and fc7, with dropout on the outputs of each."""
    for index, number in enumerate(units, start=6):
        x = layers.Dense(number, activation, kernel_initializer="he_uniform", name=f"fc{index}")(x)
        x = drop(x, dropout, f"drop{index}")
    return x


def _normalized_pool(x, index):
    """Apply local response normalization and 3x3 max pooling of stride 2, which overlaps."""
    x = LocalResponseNormalization(name=f"norm{index}")(x)
    return layers.MaxPooling2D(3, 2, name=f"pool{index}")(x)
