"""`ThresholdExplorer`: the bias moves a map's answers over the threshold of a ReLU."""

import numpy as np

from cnnlib import data, filters, ops
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider

STEP = 0.05
EDGES = np.arange(-80, 81) * STEP
"""Borders of the bars; each bar has its upper border, and not its lower one."""


def answers():
    """Return what Sobel's kernel answers to the temple, float32 [15876]."""
    picture = data.picture("temple", 128, grey=True)[np.newaxis, :, :, np.newaxis]
    kernel = filters.sobel_x()[:, :, np.newaxis, np.newaxis]
    return ops.conv2d(picture / np.float32(255), kernel).ravel()


def _counts():
    bars = np.digitize(answers().astype("float64"), EDGES, right=True)
    return np.bincount(bars, minlength=len(EDGES) + 1)[1:-1].tolist()


class ThresholdExplorer(Explorer):
    """How many neurons of a map have which answer, and which of them a ReLU lets pass.

    Chapter "Filters and feature maps". Sobel's kernel on the temple.
    """

    bias = Slider("Bias", -2.0, 2.0, 0.0, "added to every answer", STEP)
    counts = Data(_counts)

    def compute(self):
        """Return which share of the neurons is active behind the ReLU."""
        return float((answers() > -self.bias).mean())

    def figure(self):
        """Draw the share of active neurons at every bias."""
        from cnnlib import plots

        found = answers()
        bias = np.linspace(-2, 2, 41)
        shares = [(found > -one).mean() for one in bias]
        figure = plots.curves(bias, {"share that is active": shares}, "bias")
        return plots.show(figure, "61 % of the neurons are active at bias 0, 6 % at bias -0.5")
