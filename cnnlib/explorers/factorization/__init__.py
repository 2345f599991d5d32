"""`FactorizationExplorer`: a large kernel, and smaller ones that see as much."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Slider

WAYS = {"pair": "a row and a column", "stack": "layers of 3×3"}


class FactorizationExplorer(Explorer):
    """The weights of a square kernel beside those of the smaller ones in its place, to scale.

    Chapter "GoogLeNet and Inception", after Szegedy et al. 2016, figures 1 and 3.
    """

    side = Slider("Side of the kernel", 3, 9, 7, "of the square kernel", 2)
    way = Choice("In its place", WAYS, "pair", "what sees as much as the square kernel")

    def compute(self):
        """Return the heights and widths of the kernels that stand in its place, in their order."""
        if self.way == "pair":
            return [(1, self.side), (self.side, 1)]
        return [(3, 3)] * (self.side // 2)

    def figure(self):
        """Draw the numbers of weights as bars."""
        from cnnlib import plots

        weights = sum(height * width for height, width in self.compute())
        figure = plots.spans([(0, weights), (0, self.side**2)], "weights")
        words = f"{weights} weights in {WAYS[self.way]}, {self.side**2} in the square kernel"
        return plots.show(figure, words)
