"""`GradientExplorer`: the two answers of Sobel's filters are the parts of one arrow."""

import numpy as np

from cnnlib import filters
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

SLOPE = 1 / 8
"""By how much the patch gets brighter from pixel to pixel."""


class GradientExplorer(Explorer):
    """A patch that gets brighter in one direction, and what Sobel's two filters answer.

    Chapter "Why convolution?".
    """

    angle = Slider(
        "Direction, degrees",
        -180,
        180,
        30,
        "in which it gets brighter: 0 to the right, 90 downwards",
        step=5,
    )

    def compute(self):
        """Return the answers across and down, their sum, and the strength of the edge."""
        turn = np.deg2rad(self.angle)
        down, right = np.mgrid[-1:2, -1:2]
        patch = 0.5 + SLOPE * (right * np.cos(turn) + down * np.sin(turn))
        across, downwards = (patch * filters.sobel_x()).sum(), (patch * filters.sobel_y()).sum()
        return across, downwards, across + downwards, np.hypot(across, downwards)

    def figure(self):
        """Draw the answers to every direction."""
        from cnnlib import plots

        angles = np.arange(-180, 181, 5)
        answers = np.array([type(self)(angle=int(angle)).compute() for angle in angles]).T
        named = dict(zip(("across", "down", "their sum", "strength"), answers, strict=True))
        figure = plots.curves(angles, named, "direction in which it gets brighter, degrees")
        return plots.show(figure, "The strength is the same in every direction, the sum is not")
