"""The residual network of the pages: 14 layers with batch normalization, on 32x32 symbols."""

from cnnlib.data.symbols import symbols
from cnnlib.experiments import _live

EXPERIMENT = _live.declared("symbols", 90, sizes=[0.7, 1.4], rate=0.01, epochs=4)


def measure(seed, **settings):
    """Train the network; see `_live.measure`."""
    return _live.measure(seed, build, pictures(), **settings)


def pictures():
    """Return the `Dataset` that the network learns from and is judged by."""
    return symbols(size=32)


def build():
    """Build the network, not trained.

    Returns:
        A `keras.Model` from pictures [batch, 32, 32, 1] of 0 to 255, uint8 or float, to the ten
        classes' probabilities.
    """
    from keras import layers

    from cnnlib.models._parts import classifier, conv_norm_relu, image_input
    from cnnlib.models._residual import basic, post_activation, units

    inputs = image_input((32, 32, 1), least=32)
    x = conv_norm_relu(layers.Rescaling(1 / 255, name="scale")(inputs), 8, 3, name="conv1")
    for unit, filters, stride in units((2, 2, 2), 8):
        x = post_activation(x, basic(filters, stride), unit)
    return classifier(inputs, x, 10, "symbols")
