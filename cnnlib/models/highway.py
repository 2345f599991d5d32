"""Highway networks; see the chapter "Highway networks"."""

import keras
from keras import initializers, layers

from cnnlib.checks import check_integer
from cnnlib.layers import HighwayGate
from cnnlib.models._parts import head, image_input
from cnnlib.models._published import Published
from cnnlib.models._registry import family


@family(
    {"HighwayNet": {}},
    published={
        "HighwayNet": Published(
            "Highway, 10 layers", family="Highway", year=2015, source="Srivastava et al. 2015"
        )
    },
    stride=8,
)
def highway_net(
    depth=10,
    width=16,
    gates=True,
    transform_bias=-2.0,
    input_shape=(28, 28, 1),
    classes=10,
    name="highway_net",
):
    """Build a convolutional highway network, or the plain network of the same depth and width.

    A 3x3 convolution, then highway layers y = h(x) t(x) + x (1 - t(x)), whose transform h (with
    a rectifier) and gate t (with a sigmoid) are 3x3 convolutions; a dense layer. R. K.
    Srivastava, K. Greff & J. Schmidhuber, "Training Very Deep Networks", NIPS 2015, sections 2
    and 3. Depth 10 with width 16 and 32 are the networks of its table 1, with 39 K and 151 K
    parameters. It does not say where they pool: 2x2 max pooling after each third of the layers
    leaves the dense layer as many weights as these counts do. Its networks for CIFAR-10 (11, 19
    and 32 layers) come without widths and cannot be rebuilt. See the chapter "Highway networks".

    Args:
        depth: layers, from 4: the first convolution, the highway layers and the dense one.
        width: maps of every layer.
        gates: False builds y = h(x), the plain network.
        transform_bias: where the gates' biases start; while it is negative, a layer at first
            carries its input through.
    """
    depth = check_integer("depth", depth, least=4)
    width = check_integer("width", width, least=1)
    pools = [-(-part * (depth - 1) // 3) for part in (1, 2, 3)]
    inputs = image_input(input_shape, least=8)
    x = _conv(inputs, width, "relu", "conv1")
    for layer in range(1, depth):
        if layer > 1:
            x = _highway(x, f"highway{layer}", gates, transform_bias)
        if layer in pools:
            x = layers.MaxPooling2D(2, name=f"pool{pools.index(layer) + 1}")(x)
    if check_integer("classes", classes, least=0):
        x = head(layers.Flatten(name="flatten")(x), classes)
    return keras.Model(inputs, x, name=name)


def _highway(x, name, gates, transform_bias):
    h = _conv(x, x.shape[-1], "relu", f"{name}_transform")
    if not gates:
        return h
    t = _conv(x, x.shape[-1], "sigmoid", f"{name}_gate", transform_bias)
    return HighwayGate(name=name)([h, x, t])


def _conv(x, filters, activation, name, bias=0.0):
    return layers.Conv2D(
        filters,
        3,
        padding="same",
        activation=activation,
        kernel_initializer="he_uniform",
        bias_initializer=initializers.Constant(bias),
        name=name,
    )(x)
