"""`MovingLineExplorer`: a thin line under pooling windows, pixel by pixel."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Slider

WIDTH = 24
"""Pixels of the row; every size of the window divides it."""


class MovingLineExplorer(Explorer):
    """A row with a single bright pixel, and what pooling leaves of it.

    Chapter "Pooling and invariance". The stride is the size of the window.
    """

    place = Slider("Move the line", 4, 19, 9, "the pixel that is bright")
    size = Slider("Size of the window", 1, 4, 4, "pixels of a window, and from one to the next")
    way = Choice(
        "How",
        {"max": "maximum", "average": "mean", "blur": "maximum, blurred before it is thinned out"},
        "max",
        "what is taken of each window",
    )

    def compute(self):
        """Return the pooled row from NumPy, [24 / size]."""
        from cnnlib import ops

        row = (np.arange(WIDTH) == self.place).astype("float32")
        maps = row[np.newaxis, np.newaxis, :, np.newaxis]
        if self.way == "blur":
            dense = ops.max_pool2d(maps, (1, self.size), 1, "same")[0, 0, :, 0]
            return np.convolve(dense, [0.25, 0.5, 0.25], "same")[:: self.size]
        pool = ops.max_pool2d if self.way == "max" else ops.average_pool2d
        return pool(maps, (1, self.size))[0, 0, :, 0]

    def figure(self):
        """Draw the pooled row."""
        from cnnlib import plots

        pooled = self.compute()
        figure = plots.curves(np.arange(len(pooled)), {"pooled": pooled}, "cell of the pooled row")
        return plots.show(figure, f"A line in pixel {self.place}, pooled")
