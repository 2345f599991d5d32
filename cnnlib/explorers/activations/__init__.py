"""`ActivationsExplorer`: ReLU and tanh, and what their slopes leave of a gradient."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider


class ActivationsExplorer(Explorer):
    """A unit's output and slope for ReLU and tanh, the slope for several layers in a row.

    Chapter "AlexNet".
    """

    sum = Slider("Weighted sum", -5.0, 5.0, 1.0, "what each unit gets", 0.25)
    layers = Slider("Layers", 1, 8, 1, "units in a row, each with this weighted sum")

    def compute(self):
        """Return outputs and shares of the gradient that pass, by TensorFlow.

        Returns:
            A dict from "relu" and "tanh" to (output, share).
        """
        import tensorflow as tf

        found = {}
        for name in ("relu", "tanh"):
            a = tf.constant(self.sum)
            with tf.GradientTape() as tape:
                tape.watch(a)
                output = getattr(tf.nn, name)(a)
            found[name] = float(output), float(tape.gradient(output, a)) ** self.layers
        return found

    def figure(self):
        """Draw both functions."""
        from cnnlib import plots

        a = np.linspace(-5, 5, 101)
        named = {"ReLU": np.maximum(a, 0), "tanh": np.tanh(a)}
        return plots.show(plots.curves(a, named, "weighted sum"), "ReLU and tanh")
