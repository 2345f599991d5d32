"""The trunk of the chapter "Transfer learning": it reads forty symbols, none of the default ten.

Its five convolutions end in 64 pooled numbers, from which a head for other classes can learn.
"""

from cnnlib.data.alphabet import ALPHABET
from cnnlib.data.symbols import symbols
from cnnlib.experiments import _live

EXPERIMENT = _live.declared("alphabet", 90, sizes=[0.7, 1.4], rate=0.01, epochs=6)

MAPS = (12, 24, 48, 48, 64)
"""Of the convolutions, from the picture on."""


def measure(seed, **settings):
    """Train the network; see `_live.measure`."""
    return _live.measure(seed, build, pictures(), **settings)


def pictures():
    """Return the `Dataset` that the network learns from and is judged by."""
    return symbols(list(ALPHABET)[10:], size=32)


def build():
    """Build the network, not trained.

    Returns:
        A `keras.Model` from pictures [batch, 32, 32, 1] of 0 to 255, uint8 or float, to the forty
        classes' probabilities.
    """
    from keras import Input, layers

    from cnnlib.models._parts import classifier, conv_norm_relu

    inputs = Input((32, 32, 1), name="input")
    x = layers.Rescaling(1 / 127.5, offset=-1, name="scale")(inputs)
    for number, maps in enumerate(MAPS, 1):
        x = conv_norm_relu(x, maps, 3, name=f"conv{number}")
        if number in (1, 2, 4):
            x = layers.MaxPooling2D(2, name=f"pool{number}")(x)
    return classifier(inputs, x, 40, "alphabet")
