"""`ResponseNormalizationExplorer`: what neighbouring maps leave of each other at one pixel."""

import numpy as np
import traitlets

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider, State

PATTERN = (0.1, 0.5, 0.2, 1, 0.3, 0, 0.2, 0.3, 0.1, 0, 0.6, 0.7)
"""What twelve maps answer at the pixel, as shares of the largest."""


class ResponseNormalizationExplorer(Explorer):
    """Twelve maps at one pixel before and after local response normalization.

    Chapter "AlexNet".
    """

    largest = Slider("Largest answer", 1, 1000, 100, "of the map that answers most")
    reach = Slider("Reach r", 0, 5, 2, "maps to either side that a map is divided by")
    k = Slider("k", 0.5, 3.0, 2.0, "the constant in the divisor", 0.5)
    alpha = Choice(
        "alpha",
        {"0.000001": "0.000001", "0.00002": "0.00002", "0.0001": "0.0001", "0.01": "0.01"},
        "0.0001",
        "factor on the sum of the squares",
    )
    beta = Slider("beta", 0.25, 1.5, 0.75, "the divisor's exponent", 0.25)
    map = State(traitlets.Int(3))
    pattern = Data(lambda: list(PATTERN))

    def compute(self):
        """Return the normalized answers by `LocalResponseNormalization`, float32 [12]."""
        from cnnlib.layers import LocalResponseNormalization

        layer = LocalResponseNormalization(2 * self.reach + 1, self.k, float(self.alpha), self.beta)
        answers = np.float32(self.largest) * np.float32(PATTERN)
        return np.ravel(layer(answers.reshape(1, 1, 1, -1)))

    def figure(self):
        """Draw the answers before and after."""
        from cnnlib import plots

        after = self.compute()
        named = {"before": np.array(PATTERN), "after": after / after.max()}
        figure = plots.curves(np.arange(len(PATTERN)), named, "map")
        return plots.show(figure, "Answers of twelve maps, each as a share of the largest")
