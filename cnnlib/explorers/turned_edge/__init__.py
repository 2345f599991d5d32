"""`TurnedEdgeExplorer`: an edge that turns under Sobel's kernel, and the neuron's answer."""

import numpy as np

from cnnlib import filters
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider


def window(angle):
    """Return 3x3 pixels from dark to bright in the direction `angle`, in degrees; 0 is right."""
    rows, columns = np.mgrid[-1:2, -1:2]
    turn = np.deg2rad(angle)
    return np.clip(columns * np.cos(turn) + rows * np.sin(turn) + 0.5, 0, 1).round(6)


class TurnedEdgeExplorer(Explorer):
    """A window with an edge in it, Sobel's weights, and the answer to every direction of the edge.

    Chapter "Filters and feature maps".
    """

    angle = Slider("Turn, degrees", -180, 180, 0, "where the light is; 0 is on the right")

    def compute(self):
        """Return the neuron's answer."""
        return float((window(self.angle) * filters.sobel_x()).sum())

    def figure(self):
        """Draw the window and the answers to every direction."""
        from cnnlib import plots

        angles = np.arange(-180, 181, 5)
        answers = [(window(angle) * filters.sobel_x()).sum() for angle in angles]
        figure = plots.curves(angles, {"answer": answers}, "turn, degrees")
        return plots.show(figure, "4 to light on the right, 0 to light above, -4 on the left")
