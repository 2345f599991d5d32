"""`FaceExplorer`: eyes, nose and mouth are a face if their places are right and all are there."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider, Switch

SIDE, MIDDLE, REACH = 9, 4, 2


class FaceExplorer(Explorer):
    """Three maps under a hand-made separable convolution: 5x5 depthwise kernels, then a 1x1.

    Chapter "Xception". The depthwise kernels look two rows up for the eyes, straight for the nose
    and two rows down for the mouth; the 1x1 kernel adds the three maps with a bias of -2.
    """

    mouth = Slider("Row of the mouth", 0, SIDE - 1, MIDDLE + REACH, "where there is a mouth")
    depthwise = Switch(
        "Depthwise half", True, "whether each map is looked up where its part should be"
    )
    pointwise = Switch(
        "Pointwise half", True, "whether the three maps are added; else the last is that of mouths"
    )

    def compute(self):
        """Return the last map as TensorFlow computes it, float32 [9, 9]."""
        import tensorflow as tf

        maps = np.zeros((1, SIDE, SIDE, 3), "float32")
        for channel, row in enumerate((MIDDLE - REACH, MIDDLE, self.mouth)):
            maps[0, row, MIDDLE, channel] = 1
        kernels = np.zeros((2 * REACH + 1, 2 * REACH + 1, 3, 1), "float32")
        for channel, shift in enumerate((-REACH, 0, REACH)):
            kernels[REACH + shift * self.depthwise, REACH, channel] = 1
        found = tf.nn.depthwise_conv2d(maps, kernels, [1] * 4, "SAME")
        weights, bias = ([1, 1, 1], -2) if self.pointwise else ([0, 0, 1], 0)
        across = np.float32(weights).reshape(1, 1, 3, 1)
        return tf.nn.relu(tf.nn.conv2d(found, across, 1, "VALID") + bias).numpy()[0, ..., 0]

    def figure(self):
        """Draw the last map with both halves and without either."""
        from cnnlib import plots

        panels = [
            (name, FaceExplorer(**halves).compute())
            for name, halves in (
                ("both halves", {}),
                ("no depthwise half", {"depthwise": False}),
                ("no pointwise half", {"pointwise": False}),
            )
        ]
        return plots.show(
            plots.pictures(panels, signed=True, limit=1), "A face is found by both halves together"
        )
