"""`ComposedKernelsExplorer`: two 3x3 kernels on two dots, with a ReLU between or without."""

import numpy as np

from cnnlib import filters
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Switch

KERNELS = {
    "across": ("vertical edges", filters.sobel_x().tolist()),
    "down": ("horizontal edges", filters.sobel_x().T.tolist()),
    "mean": ("mean", filters.mean(3).tolist()),
}
"""What each is called, and its weights."""
LABELS = {name: label for name, (label, _) in KERNELS.items()}


class ComposedKernelsExplorer(Explorer):
    """The answers of two 3x3 kernels to a dot of 1 and to one of -1, each among zeros.

    Behind the second kernel stands a ReLU in any case. Chapter "VGG".
    """

    first = Choice("First kernel", LABELS, "across", "kernel of the first layer")
    second = Choice("Second kernel", LABELS, "mean", "kernel of the second layer")
    relu = Switch("ReLU between", False, "whether the first layer's sums below 0 become 0")
    weights = Data(lambda: {name: weights for name, (_, weights) in KERNELS.items()})

    def compute(self):
        """Return the answers to the bright and to the dark dot in TensorFlow, float32 [2, 5, 5]."""
        import tensorflow as tf

        dots = np.zeros((2, 9, 9, 1), "float32")
        dots[:, 4, 4, 0] = 1, -1
        first, second = (
            np.float32(self.weights[name])[:, :, np.newaxis, np.newaxis]
            for name in (self.first, self.second)
        )
        sums = tf.nn.conv2d(dots, first, 1, "VALID")
        between = tf.nn.relu(sums) if self.relu else sums
        return tf.nn.relu(tf.nn.conv2d(between, second, 1, "VALID")).numpy()[..., 0]

    def figure(self):
        """Draw the answers."""
        from cnnlib import plots

        bright, dark = self.compute()
        panels = [("bright dot", bright), ("dark dot", dark)]
        return plots.show(plots.pictures(panels), "Answers of two 3×3 kernels to two dots")
