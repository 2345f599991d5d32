"""`BottleneckExplorer`: what a 1x1 convolution before a large kernel saves."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Slider

SIDE, MAPS = 28, 192
"""Of what module 3a reads."""

BRANCHES = {"5": (5, 32), "3": (3, 128)}
"""Kernel and maps of a branch of module 3a."""


class BottleneckExplorer(Explorer):
    """The multiplications of one branch, with and without a bottleneck, as areas.

    Chapter "GoogLeNet and Inception". The branch reads 192 maps of 28x28, as in module 3a.
    """

    branch = Choice(
        "Branch", {"5": "5×5, 32 maps", "3": "3×3, 128 maps"}, "5", "its kernel and its maps"
    )
    between = Slider("Maps in between", 1, 192, 16, "maps of the 1x1 convolution")

    def compute(self):
        """Return the multiplications of the 1x1, of the kernel behind it, and without a 1x1."""
        kernel, maps = BRANCHES[self.branch]
        window = kernel**2 * maps
        return tuple(
            SIDE**2 * weights
            for weights in (MAPS * self.between, self.between * window, MAPS * window)
        )

    def figure(self):
        """Draw the multiplications by the maps in between."""
        from cnnlib import plots

        between = np.array([1, *range(16, 193, 16)])
        sums = [sum(BottleneckExplorer(between=int(r)).compute()[:2]) / 1e6 for r in between]
        figure = plots.curves(
            between, {"million multiplications of 5×5": sums}, "maps between 1×1 and 5×5"
        )
        return plots.show(figure, "The cost of the branch grows with the maps in between")
