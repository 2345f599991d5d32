"""The small Xception of the pages: one module of each flow, on digits of 16x16 pixels.

The two halves of a separable convolution are two layers here, so that each can be looked at and
broken alone. There is no batch normalization. Rate and epochs were tried on the validation pictures
with seed 1,000.
"""

from cnnlib.experiments import _live, live_digits

EXPERIMENT = _live.declared("xception", 95, sizes=[0.6, 1.1], rate=0.01, epochs=40)


def measure(seed, **settings):
    """Train the network; see `_live.measure`."""
    return _live.measure(seed, build, pictures(), **settings)


pictures = live_digits.pictures


def build():
    """Build the network, not trained.

    Returns:
        A `keras.Model` from pictures [batch, 16, 16, 1] of 0 to 255, uint8 or float, to the ten
        classes' probabilities.
    """
    from keras import Input, Model, layers

    def conv(x, maps, kernel, name, stride=1, activation=None):
        return layers.Conv2D(
            *(maps, kernel, stride, "same"),
            activation=activation,
            kernel_initializer="he_uniform",
            name=name,
        )(x)

    def separable(x, maps, name, activation=None):
        x = layers.DepthwiseConv2D(
            3,
            padding="same",
            use_bias=False,
            depthwise_initializer="he_uniform",
            name=f"{name}_depthwise",
        )(x)
        return conv(x, maps, 1, f"{name}_pointwise", activation=activation)

    inputs = Input((16, 16, 1), name="input")
    x = layers.Rescaling(1 / 255, name="scale")(inputs)
    x = conv(x, 8, 3, "conv1", activation="relu")
    y = separable(x, 16, "entry1", "relu")
    y = layers.MaxPooling2D(3, 2, "same", name="entry_pool")(separable(y, 16, "entry2"))
    x = layers.Add(name="entry_add")([conv(x, 16, 1, "entry_shortcut", stride=2), y])
    y = separable(layers.ReLU(name="middle_relu")(x), 16, "middle1", "relu")
    x = layers.Add(name="middle_add")([x, separable(y, 16, "middle2")])
    x = separable(layers.ReLU(name="exit_relu")(x), 32, "exit", "relu")
    x = layers.GlobalAveragePooling2D(name="avg_pool")(x)
    return Model(inputs, layers.Dense(10, activation="softmax", name="digit")(x), name="xception")
