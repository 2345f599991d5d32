"""The network of the chapter on seeing: digits anywhere in a larger picture, and no dense layer.

Each of scikit-learn's digits, enlarged from 8x8 to 16x16, lies somewhere in a picture of 40x40. The
network ends in global average pooling and one layer of weights, so that it has class activation
maps. The rate is that of the pages' other digits networks; nothing was tuned.
"""

import numpy as np

from cnnlib.data.digits import digits
from cnnlib.experiments import _live

SIDE, DIGIT = 40, 16

EXPERIMENT = _live.declared("scattered", 90, sizes=[0.9, 1.2], rate=0.01, epochs=50)


def measure(seed, **settings):
    """Train the network; see `_live.measure`."""
    return _live.measure(seed, build, pictures(), **settings)


def pictures():
    """Return the `Dataset` that the network learns from and is judged by."""
    small = digits(size=DIGIT)
    random = np.random.default_rng(0)
    parts = {
        name: np.stack([scattered([one], [spot]) for one, spot in zip(part, spots, strict=True)])
        for name in ("x_train", "x_val", "x_test")
        for part in [getattr(small, name)]
        for spots in [random.integers(0, SIDE - DIGIT + 1, (len(part), 2))]
    }
    return small._replace(**parts)


def scattered(drawn, spots):
    """Lay small pictures on an empty one.

    Args:
        drawn: list of uint8 arrays [16, 16, 1].
        spots: the row and the column of the upper left corner of each.

    Returns:
        uint8 array [40, 40, 1].
    """
    page = np.zeros((SIDE, SIDE, 1), "uint8")
    for one, (row, column) in zip(drawn, spots, strict=True):
        place = page[row : row + DIGIT, column : column + DIGIT]
        np.maximum(place, one, out=place)
    return page


def build():
    """Build the network, not trained.

    Returns:
        A `keras.Model` from pictures [batch, 40, 40, 1] of 0 to 255, uint8 or float, to the ten
        classes' probabilities.
    """
    from keras import Input, Sequential, layers

    def convolution(maps, name):
        return layers.Conv2D(
            *(maps, 3),
            padding="same",
            activation="relu",
            kernel_initializer="he_uniform",
            name=name,
        )

    return Sequential(
        [
            Input((SIDE, SIDE, 1), name="input"),
            layers.Rescaling(1 / 255, name="scale"),
            convolution(8, "conv1"),
            layers.MaxPooling2D(2, name="pool1"),
            convolution(16, "conv2"),
            layers.MaxPooling2D(2, name="pool2"),
            convolution(24, "conv3"),
            convolution(16, "conv4"),
            layers.GlobalAveragePooling2D(name="mean"),
            layers.Dense(10, activation="softmax", name="digit"),
        ],
        name="scattered",
    )
