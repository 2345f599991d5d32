"""`TurnedBarsExplorer`: bars that turn, and the mean answer of one filter, of four and of eight."""

from functools import cache

import numpy as np

from cnnlib import ops
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider
from cnnlib.explorers.pooling import ORIENTED

STEP = 5
MAPS = (1, 4, 8)
"""Of how many filters the largest answer is taken at each pixel."""


def turned(angle):
    """Return bars six pixels wide, turned by `angle` in degrees, float32 [96, 96]."""
    from scipy.ndimage import rotate

    bars = np.tile((np.arange(96) // 6 % 2).astype("float32"), (96, 1))
    return rotate(bars, angle, reshape=False, order=1, mode="nearest")


@cache
def _means(angle):
    """Return the mean of the largest answer over the map's middle, one number for each of MAPS."""
    answers = ops.conv2d(turned(angle)[np.newaxis, :, :, np.newaxis], ORIENTED[:, :, np.newaxis])
    middle = np.maximum(answers, 0)[0, 23:-23, 23:-23]
    return [float(middle[..., :maps].max(axis=-1).mean().round(4)) for maps in MAPS]


class TurnedBarsExplorer(Explorer):
    """Turning bars and the mean answers of oriented edge filters.

    Chapter "Pooling and invariance".
    """

    angle = Slider("Turn, degrees", 0, 180, 0, "of the bars", STEP)
    means = Data(lambda: [_means(angle) for angle in range(0, 181, STEP)])

    def compute(self):
        """Return the mean answers at this angle."""
        return _means(self.angle)

    def figure(self):
        """Draw the mean answers at every angle."""
        from cnnlib import plots

        angles = np.arange(0, 181, STEP)
        curves = np.array([_means(int(angle)) for angle in angles]).T
        named = {f"largest of {n}": curve for n, curve in zip(MAPS, curves, strict=True)}
        figure = plots.curves(angles, named, "angle of the bars, degrees")
        return plots.show(figure, "One filter falls silent at 90 degrees; eight hardly change")
