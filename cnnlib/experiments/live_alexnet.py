"""A small AlexNet of the pages: two towers, overlapping pooling and normalization, on symbols.

Its pixels go from 0 to 1, the paper's from -128 to 127 or so: a factor of 100 in the answers, which
the square makes 10,000 in the sum of local response normalization. So alpha is 1 here in place of
0.0001. Rate, epochs and alpha were chosen on the validation pictures, with seeds from 1,000.
"""

from cnnlib.data.symbols import symbols
from cnnlib.experiments import _live

EXPERIMENT = _live.declared("alexnet", 85, sizes=[0.7, 1.4], rate=0.01, epochs=4)


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
    from keras import Input, Sequential, layers

    from cnnlib.layers import LocalResponseNormalization

    def towers(filters, kernel, name, groups=2):
        return layers.Conv2D(
            filters, kernel, padding="same", groups=groups, activation="relu", name=name
        )

    return Sequential(
        [
            Input((32, 32, 1), name="input"),
            layers.Rescaling(1 / 255, name="scale"),
            towers(8, 5, "conv1", groups=1),
            LocalResponseNormalization(alpha=1.0, name="norm1"),
            layers.MaxPooling2D(3, 2, name="pool1"),
            towers(12, 5, "conv2"),
            LocalResponseNormalization(alpha=1.0, name="norm2"),
            layers.MaxPooling2D(3, 2, name="pool2"),
            towers(16, 3, "conv3", groups=1),
            towers(16, 3, "conv4"),
            towers(12, 3, "conv5"),
            layers.MaxPooling2D(3, 2, name="pool5"),
            layers.Flatten(name="flatten"),
            layers.Dense(32, activation="relu", name="fc6"),
            layers.Dropout(0.5, name="drop6"),
            layers.Dense(32, activation="relu", name="fc7"),
            layers.Dropout(0.5, name="drop7"),
            layers.Dense(10, activation="softmax", name="fc"),
        ],
        name="alexnet",
    )
