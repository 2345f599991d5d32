"""`ResidualUnitExplorer`: what a unit has to learn, with a shortcut around it and without."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Slider

WANTED = {
    "near": lambda x: x + 0.4 * np.sin(2.5 * x),
    "far": lambda x: 0.9 * np.cos(2 * x),
}


class ResidualUnitExplorer(Explorer):
    """A function h that a unit should learn, the difference f = h - x, and what smaller weights do.

    Chapter "ResNet". One number in, one number out.
    """

    wanted = Choice(
        "Wanted h(x)",
        {"near": "near x", "far": "far from x"},
        "near",
        "the function that the unit should learn",
    )
    x = Slider("x", -2.0, 2.0, 0.6, "what the unit reads", 0.1)
    strength = Slider(
        "Strength, %", 0, 100, 50, "of what the weights give; with 100 it has learned h", 5
    )

    def compute(self):
        """Return h and f at x, and what a unit gives there with a shortcut and without."""
        h = float(WANTED[self.wanted](self.x))
        share = self.strength / 100
        f = h - self.x
        return {"h": h, "f": f, "with": self.x + share * f, "without": share * h}

    def figure(self):
        """Draw the three curves."""
        from cnnlib import plots

        x = np.linspace(-2, 2, 81)
        h = WANTED[self.wanted](x)
        curves = {"x": x, "h(x)": h, "f(x) = h(x) − x": h - x}
        return plots.show(
            plots.curves(x, curves, "x"), "A function and its distance to the identity"
        )
