"""`LookAlikeExplorer`: paint the window to which a neuron answers most."""

import numpy as np
import traitlets

from cnnlib import filters
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, State

SIDE = 5
KERNELS = {
    "line": ("vertical line", filters.vertical_line(SIDE)),
    "edge": ("dark left, bright right", np.tile(np.float32([-1, -1, 0, 1, 1]), (SIDE, 1))),
    "detector": ("line less its mean", filters.vertical_line(SIDE) - np.float32(1 / SIDE)),
}
"""What each is called, and its weights."""


class LookAlikeExplorer(Explorer):
    """A window of 5x5 pixels to paint dark or bright, a kernel, and the neuron's answer.

    Chapter "Filters and feature maps".
    """

    kernel = Choice(
        "Kernel", {name: label for name, (label, _) in KERNELS.items()}, "line", "the weights"
    )
    bright = State(traitlets.List([2, 6, 12, 18, 22]))
    pixel = State(traitlets.Int(0))
    weights = Data(lambda: {name: k.ravel().tolist() for name, (_, k) in KERNELS.items()})

    def compute(self):
        """Return the neuron's answer, and the largest that a window can get."""
        weights = KERNELS[self.kernel][1].ravel()
        return float(weights[self.bright].sum()), float(weights[weights > 0].sum())

    def figure(self):
        """Draw the kernels."""
        from cnnlib import plots

        figure = plots.pictures([*KERNELS.values()], signed=True, limit=1)
        return plots.show(
            figure, "Kernels as images: a line, an edge, a line on a faint blue field"
        )
