"""`HighwayGateExplorer`: one unit of a highway layer, and how far its gate is open."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider


class HighwayGateExplorer(Explorer):
    """What a unit puts out between what it reads and what its transform gives.

    Chapter "Highway networks".
    """

    total = Slider("Gate's sum", -6.0, 6.0, -2.0, "which goes through the sigmoid", 0.5)
    x = Slider("x", -2.0, 2.0, -1.0, "what the unit reads", 0.1)
    h = Slider("h", 0.0, 2.0, 1.5, "what its transform, with a ReLU, gives", 0.1)

    def compute(self):
        """Return the gate t and the output y, from the library's layer."""
        from cnnlib.layers import HighwayGate

        t = 1 / (1 + np.exp(-self.total))
        y = HighwayGate()([np.float32([value]) for value in (self.h, self.x, t)])
        return float(t), float(np.asarray(y)[0])

    def figure(self):
        """Draw the output for all sums of the gate."""
        from cnnlib import plots

        sums = np.linspace(-6, 6, 121)
        t = 1 / (1 + np.exp(-sums))
        curves = {"y": self.h * t + self.x * (1 - t), "gate t": t}
        figure = plots.curves(sums, curves, "the gate's sum")
        return plots.show(figure, f"A gate between x = {self.x} and h = {self.h}")
