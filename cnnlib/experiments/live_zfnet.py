"""The small ZF Net of the pages, on 40x40 symbols.

It has the large one's kernels and strides up to the fifth convolution: 7x7 with a stride of 2, 5x5
with a stride of 2, then 3x3. There is no normalization across maps, which the way back of the paper
leaves out as well, no last pooling, and one dense layer. Ink is 1 and paper is 0, so that the
border of a picture is no edge; the first weights of the 7x7 kernels have a standard deviation of
0.01, as in the paper.
"""

from cnnlib.data.symbols import symbols
from cnnlib.experiments import _live

EXPERIMENT = _live.declared("zfnet", 90, sizes=[0.7, 1.4], rate=0.003, epochs=6)


def measure(seed, **settings):
    """Train the network; see `_live.measure`."""
    return _live.measure(seed, build, pictures(), **settings)


def pictures():
    """Return the `Dataset` that the network learns from and is judged by."""
    return symbols(size=40)


def build():
    """Build the network, not trained.

    Returns:
        A `keras.Model` from pictures [batch, 40, 40, 1] of 0 to 255, uint8 or float, to the ten
        classes' probabilities.
    """
    from keras import Input, Model, initializers, layers

    def conv(x, maps, kernel, stride, name, first="he_uniform"):
        return layers.Conv2D(
            *(maps, kernel, stride, "same"),
            activation="relu",
            kernel_initializer=first,
            name=name,
        )(x)

    inputs = Input((40, 40, 1), name="input")
    x = layers.Rescaling(-1 / 255, offset=1, name="scale")(inputs)
    x = conv(x, 12, 7, 2, "conv1", initializers.RandomNormal(stddev=0.01))
    x = layers.MaxPooling2D(3, 2, "same", name="pool1")(x)
    x = conv(x, 24, 5, 2, "conv2")
    x = layers.MaxPooling2D(3, 2, "same", name="pool2")(x)
    for name, maps in (("conv3", 32), ("conv4", 32), ("conv5", 24)):
        x = conv(x, maps, 3, 1, name)
    x = layers.Flatten(name="flatten")(x)
    return Model(inputs, layers.Dense(10, activation="softmax", name="symbol")(x), name="zfnet")
