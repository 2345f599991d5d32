"""`HolesExplorer`: what a dilated kernel skips, and what stride and dilation skip together."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

WIDTH = 13


class HolesExplorer(Explorer):
    """A row of 13 cells under a kernel of 3 with same padding, by its dilation and its stride.

    Chapter "Padding and strides".
    """

    dilation = Slider("Dilation", 1, 4, 1, "cells from one weight to the next")
    stride = Slider("Stride", 1, 4, 1, "cells from one window to the next")

    def compute(self):
        """Return how often each cell is read, float32 [13]: TensorFlow's answers to each alone."""
        import tensorflow as tf

        alone = tf.reshape(tf.eye(WIDTH), [WIDTH, WIDTH, 1])
        ones = tf.ones([3, 1, 1])
        answers = tf.nn.conv1d(alone, ones, self.stride, "SAME", dilations=self.dilation)
        return tf.reduce_sum(answers, [1, 2]).numpy()

    def figure(self):
        """Draw how often each cell is read."""
        from cnnlib import plots

        figure = plots.pictures([("how often each cell is read", self.compute()[None])])
        return plots.show(figure, f"Dilation {self.dilation}, stride {self.stride}, 13 cells")
