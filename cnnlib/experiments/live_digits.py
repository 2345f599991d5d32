"""The digits network of the pages.

It is the recipe of the chapter "Building and training a CNN" with a quarter of its maps and
without its dropout, on scikit-learn's digits, enlarged from 8x8 to 16x16. Rate, epochs and sizes
were chosen on the validation pictures and on digits from fonts, with seeds from 1,000.
"""

from cnnlib.data.digits import digits
from cnnlib.experiments import _live

EXPERIMENT = _live.declared("digits", 95, sizes=[0.5, 1.1], rate=0.01, epochs=100)


def measure(seed, **settings):
    """Train the network; see `_live.measure`."""
    return _live.measure(seed, build, pictures(), **settings)


def pictures():
    """Return the `Dataset` that the network learns from and is judged by."""
    return digits(size=16)


def build():
    """Build the network, not trained.

    Returns:
        A `keras.Model` from pictures [batch, 16, 16, 1] of 0 to 255, uint8 or float, to the ten
        classes' probabilities.
    """
    from keras import Input, Sequential, layers

    return Sequential(
        [
            Input((16, 16, 1), name="input"),
            layers.Rescaling(1 / 255, name="scale"),
            layers.Conv2D(8, 3, activation="relu", name="conv1"),
            layers.Conv2D(16, 3, activation="relu", name="conv2"),
            layers.MaxPooling2D(2, name="pool"),
            layers.Flatten(name="flatten"),
            layers.Dense(32, activation="relu", name="hidden"),
            layers.Dense(10, activation="softmax", name="digit"),
        ],
        name="digits",
    )
