"""`PointwiseLayerExplorer`: what one more layer of 1x1 kernels can say of a pixel."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Slider


class PointwiseLayerExplorer(Explorer):
    """A 1x1 kernel that reads two maps, directly or through one more layer of 1x1 kernels.

    Chapter "VGG". The layer between has two maps, ReLU(A + B) and ReLU(A + B - 1).
    """

    reads = Choice(
        "The 1×1 kernel reads",
        {"maps": "A and B", "layer": "a layer between"},
        "maps",
        "the two maps, or the two that one more layer makes of them",
    )
    first = Slider("First weight", -3.0, 3.0, 1.0, "weight of the first map that is read", 0.5)
    second = Slider("Second weight", -3.0, 3.0, 1.0, "weight of the second map", 0.5)

    def compute(self):
        """Run the layers in TensorFlow on one pixel of each kind.

        Returns:
            The answers where only A is on, where only B is, both, and none, float32 [4].
        """
        import tensorflow as tf

        pixels = np.float32([[1, 0], [0, 1], [1, 1], [0, 0]])[np.newaxis, np.newaxis]
        if self.reads == "layer":
            pixels = tf.nn.relu(tf.nn.conv2d(pixels, np.ones((1, 1, 2, 2)), 1, "VALID") - [0, 1])
        kernel = np.float32([self.first, self.second]).reshape(1, 1, 2, 1)
        return np.ravel(tf.nn.relu(tf.nn.conv2d(pixels, kernel, 1, "VALID")))

    def figure(self):
        """Draw the answers to the four kinds of pixels."""
        from cnnlib import plots

        panels = [("only A, only B, both, none", self.compute().reshape(1, 4))]
        return plots.show(plots.pictures(panels), "Answers of a 1×1 kernel to four kinds of pixels")
