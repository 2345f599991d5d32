"""`DropoutExplorer`: units that are left out, and what the next neuron reads."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider, Switch

ANSWERS = np.round(np.random.default_rng(3).gamma(2.0, 0.5, 24), 1)
"""What 24 units of a hidden layer answer to a picture (made up)."""


class DropoutExplorer(Explorer):
    """The answers of 24 hidden units, of which dropout leaves some out in every step.

    Chapter "Building and training a CNN".
    """

    training = Switch("Training", True, "whether units are left out")
    rate = Slider(
        *("Dropout", 0.0, 0.8, 0.5, "share of the units left out", 0.1), when={"training": True}
    )
    step = Slider("Step", 1, 100, 1, "of training", when={"training": True})
    answers = Data(ANSWERS.tolist)

    def compute(self):
        """Return what the next layer reads of each unit, float64 [24]."""
        from cnnlib.explorers.training.network import Numbers

        if not self.training:
            return ANSWERS
        kept = Numbers(200 + self.step).draw(len(ANSWERS)) >= self.rate
        return np.where(kept, ANSWERS / (1 - self.rate), 0)

    def figure(self):
        """Draw what is read, in training and after it."""
        from cnnlib import plots

        panels = [
            ("training", self.compute().reshape(3, 8)),
            ("prediction", ANSWERS.reshape(3, 8)),
        ]
        return plots.show(plots.pictures(panels), "Some units left out, the others made larger")
