"""`ConstantGuessExplorer`: the loss of a network that says the same for every picture."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

CLASSES = 10


def losses(said, share):
    """Return the mean cross-entropy of one answer to all pictures.

    Args:
        said: array of probabilities of class 0; the others share the rest equally.
        share: part of the pictures that are of class 0; the others share the rest equally.
    """
    said = np.asarray(said, dtype=float)
    return -share * np.log(said) - (1 - share) * np.log((1 - said) / (CLASSES - 1))


class ConstantGuessExplorer(Explorer):
    """What it costs to answer the same to every picture, by what is answered.

    Ten classes. Chapter "When training fails".
    """

    said = Slider("Said for class 0, %", 1, 99, 50, "the probability that each picture gets")
    share = Slider(
        "Pictures of class 0, %", 10, 90, 10, "how common it is; the others are equally rare", 5
    )

    def compute(self):
        """Compute by Keras the loss of this answer, and the least that one answer can have."""
        import keras

        found = []
        for percent in (self.said, self.share):
            rest = (1 - percent / 100) / (CLASSES - 1)
            answer = np.full((2, CLASSES), rest)
            answer[:, 0] = percent / 100
            each = keras.losses.sparse_categorical_crossentropy(np.array([0, 1]), answer)
            found.append(float(np.dot([self.share / 100, 1 - self.share / 100], each)))
        return tuple(found)

    def figure(self):
        """Draw the loss by the answer."""
        from cnnlib import plots

        said = np.arange(1, 100)
        figure = plots.curves(
            said, {"loss": losses(said / 100, self.share / 100)}, "said for class 0, %"
        )
        least = self.compute()[1]
        return plots.show(figure, f"No single answer to all pictures costs less than {least:.4f}")
