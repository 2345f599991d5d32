"""`InceptionModuleExplorer`: an inception module in cross-section, and what each branch costs."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

PIXELS, READ = 28**2, 256
"""Of the maps that module 3b reads, and their number."""

ONE, THREE, FIVE = 128, 192, 96
"""Maps of the branches."""


class InceptionModuleExplorer(Explorer):
    """The four branches of a module with the maps of 3b, with 1x1 convolutions of chosen widths.

    Chapter "GoogLeNet and Inception".
    """

    three = Slider("1×1 before 3×3", 0, 256, 0, "maps of the bottleneck; 0: none", 8)
    five = Slider("1×1 before 5×5", 0, 256, 0, "maps of the bottleneck; 0: none", 8)
    pool = Slider("1×1 after pooling", 0, 256, 0, "maps of the projection; 0: none", 8)

    def compute(self):
        """Return the multiplications of each branch, and the maps that come out."""

        def branch(between, side, maps):
            window = side**2 * maps
            return PIXELS * (READ * between + between * window if between else READ * window)

        costs = (
            PIXELS * READ * ONE,
            branch(self.three, 3, THREE),
            branch(self.five, 5, FIVE),
            PIXELS * READ * self.pool,
        )
        return costs, ONE + THREE + FIVE + (self.pool or READ)

    def figure(self):
        """Draw the branches' costs."""
        from cnnlib import plots

        costs, maps = self.compute()
        figure = plots.spans([(0, cost / 1e6) for cost in costs], "million multiplications")
        return plots.show(figure, f"{sum(costs):,} multiplications for {maps} maps")
