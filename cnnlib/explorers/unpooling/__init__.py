"""`UnpoolingExplorer`: max pooling, and the way back with switches and without."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Slider

SIDE = 8
STRENGTHS = (0.5, 1.0, 0.8, 0.6, 0.9, 0.7, 1.0, 0.5)
"""Of the stroke's cells, from the top."""


def stroke(place):
    """Return a slanting stroke that starts in a column of the first row, [8, 8]."""
    picture = np.zeros((SIDE, SIDE))
    for row, strength in enumerate(STRENGTHS):
        picture[row, place + row // 2] = strength
    return picture


class UnpoolingExplorer(Explorer):
    """A stroke goes through 2x2 max pooling, and back up to its size.

    Chapter "ZF Net".
    """

    place = Slider("Place of the stroke", 0, 4, 1, "the column in which it starts")
    switches = Choice(
        "Switches",
        {"kept": "kept: each value goes back where it was", "lost": "lost: to the top left cell"},
        "kept",
        "whether pooling remembers where the largest value stood",
    )

    def compute(self):
        """Return the picture, what pooling keeps and what comes back, [8, 8], [4, 4] and [8, 8]."""
        picture = stroke(self.place)
        windows = picture.reshape(4, 2, 4, 2).transpose(0, 2, 1, 3).reshape(4, 4, 4)
        pooled = windows.max(axis=2)
        places = windows.argmax(axis=2) if self.switches == "kept" else np.zeros((4, 4), int)
        back = np.zeros((SIDE, SIDE))
        for (row, column), place in np.ndenumerate(places):
            back[2 * row + place // 2, 2 * column + place % 2] = pooled[row, column]
        return picture, pooled, back

    def figure(self):
        """Draw the three."""
        from cnnlib import plots

        names = ("the picture", "pooled", "unpooled")
        figure = plots.pictures(list(zip(names, self.compute(), strict=True)))
        return plots.show(figure, "Max pooling, and the way back with its switches")
