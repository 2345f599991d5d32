"""`OrientationExplorer`: a bar that turns in front of one neuron, which answers."""

import numpy as np

from cnnlib import filters
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider

FIELD = filters.vertical_line() - filters.vertical_line().mean()
"""The neuron's weights, [7, 7]; even light leaves it silent."""


def answer(angle):
    """Return the neuron's answer to a bar of 21x3 pixels, turned by degrees."""
    rows, columns = np.mgrid[-3:4, -3:4]
    turn = np.deg2rad(angle)
    across, along = (
        columns * np.cos(turn) + rows * np.sin(turn),
        rows * np.cos(turn) - columns * np.sin(turn),
    )
    bar = np.clip(2 - abs(across), 0, 1) * np.clip(11 - abs(along), 0, 1)
    return max(0.0, float((bar * FIELD).sum()))


class OrientationExplorer(Explorer):
    """A bar of light in front of a neuron that weighs 7x7 pixels; its answer to each orientation.

    Chapter "From the visual cortex to CNNs".
    """

    angle = Slider("Turn, degrees", -90, 90, 40, "the bar's orientation; 0 is upright")
    field = Data(FIELD.tolist)

    def compute(self):
        """Return the answer to the bar, as a share of the strongest."""
        return answer(self.angle) / answer(0)

    def figure(self):
        """Draw the tuning curve with the present answer."""
        from cnnlib import plots

        angles = np.arange(-90, 91, 5)
        curve = [answer(angle) / answer(0) for angle in angles]
        marked = [self.compute() if angle == self.angle else np.nan for angle in angles]
        figure = plots.curves(
            angles, {"answer": curve, "now": marked}, "orientation of the bar, degrees"
        )
        return plots.show(figure, "The answer falls from its peak at 0 degrees to none across")
