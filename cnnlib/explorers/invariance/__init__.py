"""`InvarianceExplorer`: a map that moves with the picture, and two numbers that stay."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

LENGTH = 32
"""Pixels of the row, whose ends meet."""
SHAPE = (0.4, 1.0, 1.0, 0.7, 0.2)
"""Brightness of the thing that moves."""


class InvarianceExplorer(Explorer):
    """A thing on a row of pixels, the rectified map of its edges, the map's largest value and mean.

    Chapter "Why convolution?".
    """

    place = Slider("Place", 0, LENGTH - 1, 8, "where the thing begins")
    window = Slider("Pooling window", 1, LENGTH, 1, "answers of which the largest is kept")

    def compute(self):
        """Return the place of the strongest pooled answer, its value, and the mean of the map."""
        row = np.zeros(LENGTH)
        row[(self.place + np.arange(len(SHAPE))) % LENGTH] = SHAPE
        answers = np.maximum(np.roll(row, -1) - np.roll(row, 1), 0)
        starts = np.arange(0, LENGTH, self.window)
        pooled = np.array([answers[start : start + self.window].max() for start in starts])
        return int(pooled.argmax()), float(pooled.max()), float(answers.mean())

    def figure(self):
        """Draw the row and its map."""
        from cnnlib import plots

        row = np.zeros(LENGTH)
        row[(self.place + np.arange(len(SHAPE))) % LENGTH] = SHAPE
        named = {"picture": row, "map": np.maximum(np.roll(row, -1) - np.roll(row, 1), 0)}
        figure = plots.curves(np.arange(LENGTH), named, "pixel")
        return plots.show(figure, "A thing in a row of pixels, and the map of its edges")
