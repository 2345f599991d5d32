"""`PaddedBorderExplorer`: what pooling does with the cells of the padding."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider

ROW = (-3, -1, -2, 4, 1, -2, -4)
"""A row of a map; its ends are negative, so that a zero beside them would win."""


class PaddedBorderExplorer(Explorer):
    """A row, pooled with padding "same" and stride 1: the maximum and the mean of one window.

    Chapter "Pooling and invariance".
    """

    neuron = Slider("Neuron", 0, len(ROW) - 1, 0, "the neuron whose window is shown")
    size = Slider("Size of the window", 1, 5, 3, "cells of the window")
    row = Data(lambda: list(ROW))

    def compute(self):
        """Return the maximum and the mean from TensorFlow, and the mean as a convolution has it."""
        import tensorflow as tf

        row = tf.reshape(tf.constant(ROW, "float32"), [1, 1, -1, 1])
        how = {"strides": 1, "padding": "SAME"}
        window = [1, self.size]
        ones = tf.ones([1, self.size, 1, 1]) / self.size
        found = (
            tf.nn.max_pool2d(row, window, **how),
            tf.nn.avg_pool2d(row, window, **how),
            tf.nn.conv2d(row, ones, **how),
        )
        return [float(values[0, 0, self.neuron, 0]) for values in found]

    def figure(self):
        """Draw the row and what is pooled from it."""
        from cnnlib import ops, plots

        maps = np.reshape(ROW, (1, 1, -1, 1))
        named = {
            "row": np.array(ROW),
            "maximum": ops.max_pool2d(maps, (1, self.size), 1, "same")[0, 0, :, 0],
            "mean": ops.average_pool2d(maps, (1, self.size), 1, "same")[0, 0, :, 0],
        }
        figure = plots.curves(np.arange(len(ROW)), named, "cell")
        return plots.show(figure, "A row, its pooled maxima and its pooled means")
