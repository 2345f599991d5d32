"""`UnrolledPathsExplorer`: the paths through residual units, how long they are, what they carry."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider


class UnrolledPathsExplorer(Explorer):
    """Residual units in a row: the share of the paths, and of the gradient, by the units passed.

    Chapter "ResNet". Every branch is taken to multiply a gradient by the same number.
    """

    units = Slider("Units", 3, 54, 3, "residual units in a row")
    removed = Slider("Units removed", 0, 3, 0, "units of which only the shortcut is left")
    slope = Slider("Slope of a branch", 0.05, 1.0, 1.0, "a gradient's factor on its way back", 0.05)

    def compute(self):
        """Count the paths.

        Returns:
            A dict: "paths", how many are left; "share" of them and of the "gradient" by the units
            passed, float64 [units + 1].
        """
        left = self.units - self.removed
        room = np.zeros(self.removed)
        chances = {"share": 1 / 2, "gradient": self.slope / (1 + self.slope)}
        shares = {
            name: np.append(_binomial(left, chance), room) for name, chance in chances.items()
        }
        return {"paths": 2**left, **shares}

    def figure(self):
        """Draw the shares."""
        from cnnlib import plots

        found = self.compute()
        curves = {"paths": found["share"], "gradient": found["gradient"]}
        figure = plots.curves(np.arange(self.units + 1), curves, "units on the path")
        return plots.show(figure, f"Shares of {found['paths']:,} paths by their length")


def _binomial(count, chance):
    shares = np.ones(1)
    for _ in range(count):
        shares = np.convolve(shares, [1 - chance, chance])
    return shares
