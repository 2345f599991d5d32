"""`UnsharpExplorer`: an edge, blurred, its detail, and the edge with more of it."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

LENGTH = 40
"""Pixels of the row."""


class UnsharpExplorer(Explorer):
    """Unsharp masking on a row of pixels with a soft edge and a thin line.

    Chapter "Why convolution?".
    """

    size = Slider("Window", 1, 9, 5, "pixels of the mean, an odd number", step=2)
    amount = Slider("Amount", 0.0, 3.0, 1.5, "how often the detail is added", step=0.1)

    def compute(self):
        """Return the row, the blurred and the sharpened one, each [40]."""
        row = np.interp(np.arange(LENGTH), [8, 12], [0.25, 0.75])
        row[28] = 0.35
        reach = self.size // 2
        framed = np.pad(row, reach, mode="edge")
        blurred = np.convolve(framed, np.full(self.size, 1 / self.size), "valid")
        return row, blurred, row + self.amount * (row - blurred)

    def figure(self):
        """Draw the three rows."""
        from cnnlib import plots

        named = dict(zip(("picture", "blurred", "sharpened"), self.compute(), strict=True))
        figure = plots.curves(np.arange(LENGTH), named, "pixel")
        return plots.show(figure, "At an edge the sharpened row overshoots on both sides")
