"""`CheckerboardExplorer`: the pattern that a transposed convolution leaves, and its cure."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Slider

SIDE = 12
"""Cells of the even map along a side; twice as many come out."""


class CheckerboardExplorer(Explorer):
    """A map of ones made twice as large: what comes out should be as even as what went in.

    Chapter "The convolution family". Stride 2; the weights of a row sum to 2, and to 1 where
    values are repeated first.
    """

    size = Slider("Kernel size", 2, 7, 3, "side of the kernel")
    weights = Choice(
        "Weights", {"equal": "all alike", "binomial": "binomial"}, "equal", "along each axis"
    )
    way = Choice(
        "How",
        {"transposed": "transposed convolution", "enlarge": "repeat each value, then convolve"},
        "transposed",
        "the way to the larger map",
    )

    def row(self):
        """Return the weights along one axis; ones become ones on average."""
        row = np.ones(1)
        while len(row) < self.size:
            row = np.convolve(row, [1, 1])
        if self.weights == "equal":
            row = np.ones(self.size)
        return (2 if self.way == "transposed" else 1) * row / row.sum()

    def compute(self):
        """Return the larger map from TensorFlow, without its rim, float32 [16, 16]."""
        import tensorflow as tf

        kernel = np.outer(self.row(), self.row()).astype("float32")[:, :, np.newaxis, np.newaxis]
        ones = tf.ones([1, SIDE, SIDE, 1])
        if self.way == "transposed":
            larger = tf.nn.conv2d_transpose(ones, kernel, [1, 2 * SIDE, 2 * SIDE, 1], 2, "SAME")
        else:
            repeated = tf.repeat(tf.repeat(ones, 2, axis=1), 2, axis=2)
            larger = tf.nn.conv2d(repeated, kernel, 1, "SAME")
        return larger.numpy()[0, 4:20, 4:20, 0]

    def figure(self):
        """Draw the larger map."""
        from cnnlib import plots

        found = self.compute()
        contrast = np.ptp(found) / found.mean()
        figure = plots.pictures([("an even map, twice as large", found - 1)], signed=True, limit=1)
        return plots.show(figure, f"The larger map; its contrast is {contrast:.2f}")
