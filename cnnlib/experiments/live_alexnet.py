"""A small AlexNet of the pages: two towers, overlapping pooling and normalization, on digits.

Its pixels go from 0 to 1, the paper's from -128 to 127 or so: a factor of 100 in the answers, which
the square makes 10,000 in the sum of local response normalization. So alpha is 1 here in place of
0.0001. Its few pixels are padded where it pools.
"""

from cnnlib.data.digits import digits
from cnnlib.experiments import _live

EXPERIMENT = _live.declared("alexnet", 80, sizes=[0.5, 1.1], rate=0.002, epochs=25)


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

    from cnnlib.layers import LocalResponseNormalization

    def convolution(filters, kernel, name, groups=1):
        return layers.Conv2D(
            filters,
            kernel,
            padding="same",
            groups=groups,
            activation="relu",
            kernel_initializer="he_uniform",
            name=name,
        )

    def pooling(name):
        return layers.MaxPooling2D(3, 2, padding="same", name=name)

    return Sequential(
        [
            Input((16, 16, 1), name="input"),
            layers.Rescaling(1 / 255, name="scale"),
            convolution(8, 5, "conv1"),
            LocalResponseNormalization(alpha=1.0, name="norm1"),
            pooling("pool1"),
            convolution(16, 5, "conv2", groups=2),
            LocalResponseNormalization(alpha=1.0, name="norm2"),
            pooling("pool2"),
            convolution(16, 3, "conv3"),
            convolution(16, 3, "conv4", groups=2),
            convolution(16, 3, "conv5", groups=2),
            pooling("pool5"),
            layers.Flatten(name="flatten"),
            layers.Dense(64, activation="relu", name="fc6"),
            layers.Dropout(0.5, name="drop6"),
            layers.Dense(64, activation="relu", name="fc7"),
            layers.Dropout(0.5, name="drop7"),
            layers.Dense(10, activation="softmax", name="fc"),
        ],
        name="alexnet",
    )
