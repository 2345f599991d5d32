"""`SlicesExplorer`: a made-up scan, slice by slice, under a filter for the third axis."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

SIDE = 24


def scan():
    """Return a ball and a rod in an empty block, float32 [slices, height, width]."""
    z, y, x = np.mgrid[:SIDE, :SIDE, :SIDE]
    ball = (z - 9) ** 2 + (y - 9) ** 2 + (x - 9) ** 2 < 36
    rod = (abs(y - 18) < 2) & (abs(x - 17) < 2)
    return np.float32(ball | rod)


class SlicesExplorer(Explorer):
    """A ball and a rod in 24 slices, and where matter begins and ends along the third axis.

    Chapter "The convolution family". The filter: 3x3 means of the next slice less the one before.
    """

    slice = Slider("Slice", 1, SIDE - 2, 9, "counted from 0")

    def compute(self):
        """Return the filter's answers in the slice from TensorFlow, float32 [24, 24]."""
        import tensorflow as tf

        depth = np.zeros((3, 3, 3, 1, 1), "float32")
        depth[0], depth[2] = -1 / 9, 1 / 9
        block = scan()[np.newaxis, ..., np.newaxis]
        return tf.nn.conv3d(block, depth, [1] * 5, "SAME").numpy()[0, self.slice, :, :, 0]

    def figure(self):
        """Draw slices and answers."""
        from cnnlib import plots

        panels = [("slice 9", scan()[9])]
        panels += [(f"edges, slice {i}", type(self)(slice=i).compute()) for i in (4, 14)]
        words = "A slice; the ball's front in red, its back in blue, the rod absent"
        return plots.show(plots.pictures(panels, signed=True, limit=1), words)
