"""`ProductAndSumExplorer`: a gradient on its way back through units, with shortcuts and without."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider


class ProductAndSumExplorer(Explorer):
    """The size of a gradient behind 1, 2, 3 ... units, if the branch of each has the same slope.

    Chapter "ResNet".
    """

    slope = Slider("Slope of a branch", -1.0, 1.0, 0.1, "the derivative f'", 0.05)
    units = Slider("Units", 1, 50, 20, "how many the gradient has passed")

    def compute(self):
        """Return what the gradient is multiplied by, without shortcuts and with them."""
        return abs(self.slope) ** self.units, (1 + self.slope) ** self.units

    def figure(self):
        """Draw both curves."""
        from cnnlib import plots

        passed = np.arange(51)
        factors = {"without shortcuts": abs(self.slope), "with shortcuts": 1 + self.slope}
        with np.errstate(divide="ignore"):
            powers = {name: passed * np.log10(factor) for name, factor in factors.items()}
        figure = plots.curves(passed, powers, "units passed; logarithm to base 10")
        return plots.show(figure, "The size of a gradient behind each unit")
