"""`ConventionsExplorer`: the same row, padded as TensorFlow and as PyTorch pad it."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider


class ConventionsExplorer(Explorer):
    """A row of numbers under a kernel that spells what it reads, by two rules of padding.

    Chapter "Padding and strides". The kernel's weights are 100, 10 and 1.
    """

    width = Slider("Numbers in the row", 3, 9, 6, "the row holds 1, 2, 3, and so on")
    stride = Slider("Stride", 1, 3, 2, "cells from one window to the next")
    neuron = Slider("Neuron", 0, 8, 0, "the one whose lines are lit; the last, if there are fewer")

    def compute(self):
        """Return what TensorFlow's "SAME" gives, and what one zero on each side gives."""
        import tensorflow as tf

        row = tf.reshape(tf.range(1.0, self.width + 1), [1, 1, self.width, 1])
        digits = tf.reshape([100.0, 10, 1], [1, 3, 1, 1])
        both_sides = [[0, 0], [0, 0], [1, 1], [0, 0]]
        return [
            tf.nn.conv2d(row, digits, self.stride, padding).numpy().ravel()
            for padding in ("SAME", both_sides)
        ]

    def figure(self):
        """Draw which cells the windows read by the two rules."""
        from cnnlib import plots
        from cnnlib.geometry import output_size, pad_amounts

        starts = [
            i * self.stride - pad_amounts(self.width, 3, self.stride, padding)[0]
            for padding in ("same", 1)
            for i in range(output_size(self.width, 3, self.stride, padding))
        ]
        figure = plots.spans([(start, start + 3) for start in starts], "cell")
        return plots.show(figure, "The windows of TensorFlow's rule, and those of PyTorch's")
