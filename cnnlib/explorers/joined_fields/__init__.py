"""`JoinedFieldsExplorer`: what a neuron sees where two branches meet."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider


class JoinedFieldsExplorer(Explorer):
    """A neuron that adds two branches: a stack of layers of 3 cells, and a shortcut or one layer.

    Chapter "Receptive fields". Stride 1, one axis.
    """

    layers = Slider("Layers of 3, first branch", 0, 4, 2, "of 3 cells each, one after the other")
    dilation = Slider("Dilation, second branch", 0, 7, 0, "of its one layer of 3; 0: a shortcut")

    def compute(self):
        """Return the cells to which the neuron answers in TensorFlow, counted from its own."""
        import tensorflow as tf

        alone = tf.reshape(tf.eye(17), [17, 17, 1])
        ones = tf.ones([3, 1, 1])
        first = second = alone
        for _ in range(self.layers):
            first = tf.nn.conv1d(first, ones, 1, "SAME")
        if self.dilation:
            second = tf.nn.conv1d(alone, ones, 1, "SAME", dilations=self.dilation)
        return np.flatnonzero((first + second).numpy()[:, 8, 0]) - 8

    def figure(self):
        """Draw what the branches see."""
        from cnnlib import plots

        reaches = (self.layers, self.dilation)
        figure = plots.spans([(-reach, reach + 1) for reach in reaches], "cell")
        return plots.show(figure, f"Two branches that cover {2 * max(reaches) + 1} cells together")
