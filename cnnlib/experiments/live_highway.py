"""The small highway network of the pages: ten layers with gates, on 16x16 digits.

Its layers and poolings are those of `cnnlib.models.HighwayNet`, with eight maps.
"""

from cnnlib.experiments import _live, live_digits

LAYERS, BIAS = 10, -2.0
"""Layers with weights, and where the gates' biases start."""

EXPERIMENT = _live.declared("highway", 90, sizes=[0.6, 1.1], rate=0.01, epochs=15)


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
    from keras import Input, Model, initializers, layers

    from cnnlib.layers import HighwayGate
    from cnnlib.models._parts import head

    def conv(x, activation, name, bias=0.0):
        return layers.Conv2D(
            *(8, 3, 1, "same"),
            activation=activation,
            kernel_initializer="he_uniform",
            bias_initializer=initializers.Constant(bias),
            name=name,
        )(x)

    inputs = Input((16, 16, 1), name="input")
    x = conv(layers.Rescaling(1 / 255, name="scale")(inputs), "relu", "conv1")
    for number in range(2, LAYERS):
        h = conv(x, "relu", f"h{number}")
        t = conv(x, "sigmoid", f"gate{number}", BIAS)
        x = HighwayGate(name=f"y{number}")([h, x, t])
        if number % 3 == 0:
            x = layers.MaxPooling2D(2, name=f"pool{number // 3}")(x)
    x = layers.Flatten(name="flatten")(x)
    return Model(inputs, head(x, 10), name="highway")
