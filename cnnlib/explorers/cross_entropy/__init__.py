"""`CrossEntropyExplorer`: what one guess costs."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider


class CrossEntropyExplorer(Explorer):
    """The cross-entropy of one guess by the probability that it gave to the right class.

    Chapter "Building and training a CNN".
    """

    percent = Slider("Probability of the right class, %", 1, 100, 50, "what the network gave it")
    classes = Slider("Classes", 2, 100, 10, "among which is chosen; marked is a guess at random")

    def compute(self):
        """Compute the losses by Keras.

        Returns:
            That of the guess and that of a guess at random, two numbers.
        """
        from keras import losses

        rows = np.array([[self.percent / 100], [1 / self.classes]])
        guesses = np.hstack([rows, 1 - rows])
        return tuple(map(float, losses.sparse_categorical_crossentropy(np.zeros(2), guesses)))

    def figure(self):
        """Draw the loss by the probability."""
        from cnnlib import plots

        shares = np.arange(1, 101)
        figure = plots.curves(shares, {"loss": -np.log(shares / 100)}, "probability, %")
        return plots.show(figure, f"A guess at {self.percent} % costs {self.compute()[0]:.2f}")
