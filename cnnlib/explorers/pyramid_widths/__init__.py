"""`PyramidWidthsExplorer`: how wide the units of a PyramidNet are, beside those of a ResNet."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Slider

UNITS, START = 54, 16
"""Residual units in networks of 110 layers, and maps in front of them."""


def widths(growth, alpha):
    """Return the maps behind each of 54 units.

    Args:
        growth: "additive", "multiplicative" (which ends as wide) or "stages", as in ResNet.
        alpha: maps that all units together add.
    """
    if growth == "stages":
        return [START * 2 ** (3 * unit // UNITS) for unit in range(UNITS)]
    if growth == "additive":
        return [START + alpha * unit // UNITS for unit in range(1, UNITS + 1)]
    ratio = (START + alpha) / START
    return [int(START * ratio ** (unit / UNITS) + 1e-9) for unit in range(1, UNITS + 1)]


def parameters(maps):
    """Return the trained parameters of a PyramidNet for CIFAR-10 whose units have these maps."""
    count, before = 9 * 3 * START + 2 * START, START
    for width in maps:
        count += 2 * before + 9 * before * width + 2 * width + 9 * width * width + 2 * width
        before = width
    return count + 2 * before + 10 * (before + 1)


class PyramidWidthsExplorer(Explorer):
    """The maps behind each unit: PyramidNets that add or multiply, and a ResNet that doubles.

    Chapter "PyramidNet". All have 110 layers.
    """

    growth = Choice(
        "Units", {"additive": "add", "multiplicative": "multiply"}, "additive", "how units widen"
    )
    alpha = Slider("α", 8, 270, 48, "maps that all units together add", 2)
    unit = Slider("Unit", 1, UNITS, 27, "the unit that is read off")

    def compute(self):
        """Return the unit's maps when units add, multiply, double; and the parameters."""
        rules = ("additive", "multiplicative", "stages")
        found = [widths(rule, self.alpha)[self.unit - 1] for rule in rules]
        return found, parameters(widths(self.growth, self.alpha))

    def figure(self):
        """Draw the maps unit by unit."""
        from cnnlib import plots

        names = {"additive": "adds", "multiplicative": "multiplies", "stages": "ResNet"}
        curves = {name: widths(rule, self.alpha) for rule, name in names.items()}
        figure = plots.curves(range(1, UNITS + 1), curves, "unit")
        return plots.show(figure, "Maps behind each unit")
