"""`DirectionsExplorer`: the largest of eight edge maps hardly depends on the edge's direction."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider
from cnnlib.explorers.pooling import ORIENTED

SLOPE = 1 / 8
"""By how much the patch gets brighter from pixel to pixel."""


def _answers(angle):
    """Return the answers of the eight filters after a ReLU, [8]."""
    turn = np.deg2rad(angle)
    down, right = np.mgrid[-1:2, -1:2]
    patch = SLOPE * (right * np.cos(turn) + down * np.sin(turn))
    return np.maximum(np.tensordot(patch, ORIENTED, 2), 0)


class DirectionsExplorer(Explorer):
    """What an edge filter in eight directions answers to a patch, and the largest answer.

    Chapter "Pooling and invariance".
    """

    angle = Slider(
        "Direction, degrees", 0, 360, 30, "in which the patch gets brighter: 0 to the right", step=5
    )
    maps = Slider("Maps", 1, 8, 8, "maps of which the largest answer is taken")
    oriented = Data(ORIENTED.ravel().tolist)

    def compute(self):
        """Return the answers of the eight filters after a ReLU, and the largest of the maps."""
        answers = _answers(self.angle)
        return answers, answers[: self.maps].max()

    def figure(self):
        """Draw the largest answer in every direction, of one, four and eight maps."""
        from cnnlib import plots

        angles = np.arange(0, 361, 5)
        answers = np.array([_answers(angle) for angle in angles])
        named = {f"largest of {maps}": answers[:, :maps].max(axis=1) for maps in (1, 4, 8)}
        figure = plots.curves(angles, named, "direction in which it gets brighter, degrees")
        return plots.show(figure, "The largest of eight answers hardly changes with the direction")
