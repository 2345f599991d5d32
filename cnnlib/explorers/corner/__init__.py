"""`CornerExplorer`: one neuron over two edge maps finds a corner."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

SIDE = 9
LEFT, TOP, END = 3, 2, 7
"""Where the bright square of the picture begins, and the first row and column behind it."""


class CornerExplorer(Explorer):
    """A bright square, a map of edges in each direction, and a map above that adds the two.

    Chapter "Stacks of feature maps". The map above has 1x1 kernels of weight 1, a bias and a ReLU.
    """

    bias = Slider("Bias of the map above", -2.0, 0.0, 0.0, "added to each sum", 0.25)

    def edges(self):
        """Return the picture [9, 9] and its two edge maps: left rims, upper rims."""
        picture = np.zeros((SIDE, SIDE), "float32")
        picture[TOP:END, LEFT:END] = 1
        rims = [np.maximum(np.diff(picture, axis=axis, prepend=0), 0) for axis in (1, 0)]
        return picture, *rims

    def compute(self):
        """Return the map above, float32 [9, 9]."""
        _, across, down = self.edges()
        return np.maximum(across + down + self.bias, 0)

    def figure(self):
        """Draw the picture, the edge maps and the map above."""
        from cnnlib import plots

        names = ("picture", "vertical edges", "horizontal edges", "map above")
        panels = list(zip(names, [*self.edges(), self.compute()], strict=True))
        figure = plots.pictures(panels, signed=True, limit=2)
        return plots.show(figure, "A square, its edges in both directions, and their sum")
