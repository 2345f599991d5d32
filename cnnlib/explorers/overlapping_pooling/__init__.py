"""`OverlappingPoolingExplorer`: windows of two or three cells, two cells apart."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

CELLS = 13


class OverlappingPoolingExplorer(Explorer):
    """A row with one strong answer, and the largest in each window, windows two cells apart.

    Chapter "AlexNet".
    """

    size = Slider("Window", 1, 5, 3, "cells of a window")
    place = Slider("Place of the answer", 0, 12, 4, "cell that holds the answer, counted from 0")

    def compute(self):
        """Return the row pooled by TensorFlow, float32 [windows]."""
        import tensorflow as tf

        row = np.float32(np.arange(CELLS) == self.place).reshape(1, CELLS, 1)
        return np.ravel(tf.nn.max_pool1d(row, self.size, 2, "VALID"))

    def figure(self):
        """Draw the windows."""
        from cnnlib import plots

        starts = range(0, CELLS - self.size + 1, 2)
        figure = plots.spans([(start, start + self.size) for start in starts], "cell")
        return plots.show(figure, f"{len(starts)} windows of {self.size} cells")
