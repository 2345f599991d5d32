"""`EvenWindowExplorer`: where a dot lies after means over windows of some size."""

import numpy as np

from cnnlib import geometry
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

LENGTH = 41
"""Cells of the row; the dot is in the middle one."""


class EvenWindowExplorer(Explorer):
    """A dot on a row of cells, smoothed once or several times by a mean with same padding.

    Chapter "Why convolution?".
    """

    size = Slider("Window", 1, 11, 10, "cells that each mean covers")
    layers = Slider("Times", 1, 4, 1, "how often it is smoothed")

    def compute(self):
        """Return the smoothed row, float64 [41]."""
        row = np.zeros(LENGTH)
        row[LENGTH // 2] = 1
        for _ in range(self.layers):
            framed = np.pad(row, geometry.pad_amounts(LENGTH, self.size))
            row = np.convolve(framed, np.full(self.size, 1 / self.size), "valid")
        return row

    def figure(self):
        """Draw the smoothed row."""
        from cnnlib import plots

        row = self.compute()
        figure = plots.curves(np.arange(LENGTH), {"smoothed": row}, "cell")
        middle = row @ np.arange(LENGTH)
        return plots.show(figure, f"The dot was at {LENGTH // 2}, its middle is at {middle:.1f}")
