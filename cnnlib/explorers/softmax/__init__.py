"""`SoftmaxExplorer`: five scores become probabilities, sharper or flatter."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

SCORES = {"3": 4.0, "8": 3.0, "5": 1.0, "2": 0.0, "1": -2.0}
"""What a last layer may answer to a smudged 3, for five of its classes."""


class SoftmaxExplorer(Explorer):
    """Scores of five classes, divided by a temperature, as probabilities.

    Chapter "Building and training a CNN".
    """

    temperature = Slider("Temperature", 0.1, 10.0, 1.0, "by which all scores are divided", 0.1)
    added = Slider("Added to every score", -10, 10, 0, "the same number for all")

    def compute(self):
        """Return the five probabilities by `keras.ops.softmax`."""
        import keras

        scores = np.array([*SCORES.values()], "float32") + self.added
        return np.asarray(keras.ops.softmax(scores / self.temperature))

    def figure(self):
        """Draw the probabilities of the first two classes by temperature."""
        from cnnlib import plots

        warm = np.geomspace(0.1, 10, 41)
        every = np.stack([SoftmaxExplorer(temperature=float(t)).compute() for t in warm])
        figure = plots.curves(warm, {"3": every[:, 0], "8": every[:, 1]}, "temperature")
        return plots.show(figure, "Cold: the highest score takes all; hot: all become equal")
