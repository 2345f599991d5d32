"""`OnePixelExplorer`: a picture of one pixel picks a column out of the matrix."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider


class OnePixelExplorer(Explorer):
    """One bright pixel of 4x4 under a 3x3 kernel, and the column of the matrix that it picks out.

    Chapter "Convolution is a matrix". The kernel's weights are -1 to -9; cross-correlation, valid.
    """

    pixel = Slider("Pixel", 0, 15, 0, "the one that is 1, counted row by row")

    def compute(self):
        """Return the four answers to the picture from TensorFlow, float32 [4]."""
        import tensorflow as tf

        picture = tf.reshape(tf.one_hot(self.pixel, 16), [1, 4, 4, 1])
        kernel = -tf.reshape(tf.range(1.0, 10), [3, 3, 1, 1])
        return tf.nn.conv2d(picture, kernel, 1, "VALID").numpy().ravel()

    def figure(self):
        """Draw the picture and the answers."""
        from cnnlib import plots

        picture = np.eye(16)[self.pixel].reshape(4, 4)
        panels = [("picture", picture), ("answers", self.compute().reshape(2, 2) / 9)]
        figure = plots.pictures(panels, signed=True)
        return plots.show(figure, f"Pixel {self.pixel} is 1; the answers are four of the weights")
