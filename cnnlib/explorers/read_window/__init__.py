"""`ReadWindowExplorer`: the rows and columns that one neuron reads, by the formula."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

SHAPE = (5, 7)


class ReadWindowExplorer(Explorer):
    """A 5x7 picture within zeros, a 3x3 kernel at stride 2, and the window of one neuron.

    Chapter "Padding and strides".
    """

    row = Slider("Row i", 0, 2, 2, "of the neuron")
    column = Slider("Column j", 0, 3, 3, "of the neuron")

    def compute(self):
        """Return the picture's pixels that the neuron reads, bool [5, 7]: TensorFlow's gradient."""
        import tensorflow as tf

        picture = tf.zeros([1, *SHAPE, 1])
        with tf.GradientTape() as tape:
            tape.watch(picture)
            neurons = tf.nn.conv2d(picture, tf.ones([3, 3, 1, 1]), 2, "SAME")
            neuron = neurons[0, self.row, self.column, 0]
        return tape.gradient(neuron, picture)[0, :, :, 0].numpy() != 0

    def figure(self):
        """Draw the window within the frame of zeros."""
        from cnnlib import plots

        framed = np.pad(np.full(SHAPE, 0.3), 1)
        top, left = 2 * self.row, 2 * self.column
        framed[top : top + 3, left : left + 3] += 0.6
        panels = [("picture, zeros around it", framed)]
        words = f"The window of neuron ({self.row}, {self.column}), three rows and three columns"
        return plots.show(plots.pictures(panels), words)
