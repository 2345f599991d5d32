"""`ExcitationExplorer`: what is squeezed from four maps decides how far each map's gate opens."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider

MAPS = ("ears", "fur", "wheels", "road")

REDUCE = ((2, 0), (2, 0), (0, 2), (0, 2))
"""From what each map is squeezed to, to two units; their biases are -1."""

EXCITE = ((1.5, 1.5, -1.5, -1.5), (-1.5, -1.5, 1.5, 1.5))
"""From the two units to the four gates; their biases are 0."""


class ExcitationExplorer(Explorer):
    """Four numbers in, four gates out, by a small network whose weights are made up.

    Chapter "SENet". The dense layers have a reduction of 2.
    """

    ears = Slider("ears", 0.0, 1.0, 0.8, "the mean of the map that finds ears", 0.05)
    fur = Slider("fur", 0.0, 1.0, 0.7, "that of the map that finds fur", 0.05)
    wheels = Slider("wheels", 0.0, 1.0, 0.4, "that of the map that finds wheels", 0.05)
    road = Slider("road", 0.0, 1.0, 0.1, "that of the map that finds road", 0.05)
    reduce = Data(lambda: REDUCE)
    excite = Data(lambda: EXCITE)

    def compute(self):
        """Run the two dense layers in TensorFlow.

        Returns:
            A dict: "units" [2] between the layers, and "gates" [4], float32.
        """
        import tensorflow as tf

        squeezed = np.float32([[getattr(self, name) for name in MAPS]])
        units = tf.nn.relu(squeezed @ np.float32(self.reduce) - 1)
        gates = tf.sigmoid(units @ np.float32(self.excite))
        return {"units": units.numpy()[0], "gates": gates.numpy()[0]}

    def figure(self):
        """Draw the maps' means and their gates."""
        from cnnlib import plots

        means = np.array([[getattr(self, name) for name in MAPS]])
        panels = [(", ".join(MAPS), means), ("gates", self.compute()["gates"].reshape(1, 4))]
        return plots.show(plots.pictures(panels), "Means of four maps, and the gates they open")
