"""`SharedGradientExplorer`: what each place asks of a weight that all places share."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider

LENGTH = 12
KERNEL = 3


class SharedGradientExplorer(Explorer):
    """Three weights on a row of twelve pixels, and the parts of the middle one's gradient.

    Chapter "Why convolution?". The loss is half the sum of the squared answers.
    """

    weight = Slider("Middle weight", -1.0, 2.0, 1.0, "between two weights of −0.5", step=0.1)
    place = Slider("Place", 0, LENGTH - KERNEL, 2, "whose part is looked at")
    row = Data(lambda: np.random.default_rng(3).uniform(-1, 1, LENGTH).round(1).tolist())

    def compute(self):
        """Return the part of the gradient of each place, [10]."""
        row = np.array(self.row)
        windows = np.lib.stride_tricks.sliding_window_view(row, KERNEL)
        answers = windows @ [-0.5, self.weight, -0.5]
        return answers * windows[:, 1]

    def figure(self):
        """Draw the parts."""
        from cnnlib import plots

        parts = self.compute()
        figure = plots.curves(np.arange(len(parts)), {"part": parts}, "place")
        return plots.show(figure, f"The parts of ten places, whose sum is {parts.sum():.2f}")
