"""`CarriedExplorer`: how much of a signal many gates carry through, by their bias."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

MOST = 100


class CarriedExplorer(Explorer):
    """The share of the input that gates carry from layer to layer, if their biases alone decide.

    Chapter "Highway networks".
    """

    bias = Slider("Bias of the gates", -8.0, 1.0, -2.0, "where all of them start", 0.5)
    layers = Slider("Layers", 0, MOST, 50, "through which the signal has gone")

    def compute(self):
        """Return the share that arrives."""
        return float((1 - 1 / (1 + np.exp(-self.bias))) ** self.layers)

    def figure(self):
        """Draw the share by layer for four biases."""
        from cnnlib import plots

        passed = np.arange(MOST + 1)
        named = {
            f"bias {bias}": 100 * (1 - 1 / (1 + np.exp(-bias))) ** passed
            for bias in (-6, -4, -2, 0)
        }
        figure = plots.curves(passed, named, "layers")
        return plots.show(figure, "Per cent of the input that is carried through")
