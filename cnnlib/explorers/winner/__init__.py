"""`WinnerExplorer`: pooling upon pooling, and the pixels that the gradient reaches."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider

VALUES = [40, 20, 60, 30, 10, 80, 50, 70]


class WinnerExplorer(Explorer):
    """Eight pixels, pooled two by two three times; one of them takes the value that is chosen.

    Chapter "Receptive fields".
    """

    pooling = Choice("Pooling", {"max": "max", "average": "average"}, "max", "how pairs are joined")
    pixel = Slider("Pixel", 0, 7, 2, "the pixel that is changed, counted from 0")
    value = Slider("Its value", 0, 99, 60, "what it is changed to")
    values = Data(VALUES.copy)

    def compute(self):
        """Return the pooled value and the gradient by the eight pixels, in TensorFlow."""
        import tensorflow as tf

        pixels = np.float32(VALUES)
        pixels[self.pixel] = self.value
        row = tf.Variable(pixels.reshape(1, 8, 1))
        with tf.GradientTape() as tape:
            pooled = row
            for _ in range(3):
                pooled = tf.nn.pool(
                    pooled, [2], self.pooling.replace("average", "avg").upper(), [2]
                )
        return float(pooled[0, 0, 0]), tape.gradient(pooled, row).numpy().ravel()

    def figure(self):
        """Draw the gradient."""
        from cnnlib import plots

        pooled, gradient = self.compute()
        figure = plots.curves(np.arange(8), {"gradient": gradient}, "pixel")
        return plots.show(figure, f"{self.pooling} pooling passes on {pooled:g}")
