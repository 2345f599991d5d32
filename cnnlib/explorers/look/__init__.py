"""`LookExplorer`: pictures to learn from, class by class."""

import numpy as np

from cnnlib.data.digits import digits
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider

SHOWN = 14


def _classes():
    """Return for each class how many training digits it has, and the first ones in tenths."""
    data = digits()
    own = [data.x_train[data.y_train == one].reshape(-1, 64) for one in range(10)]
    return [
        {"count": len(one), "pictures": np.round(one[:SHOWN] / 25.5).astype(int).tolist()}
        for one in own
    ]


class LookExplorer(Explorer):
    """Fourteen training pictures of a digit, in the 8x8 pixels in which they came.

    Chapter "Building and training a CNN".
    """

    digit = Slider("Class", 0, 9, 0, "the digit that is shown")
    classes = Data(_classes)

    def compute(self):
        """Return how many training pictures the class has."""
        data = digits()
        return int((data.y_train == self.digit).sum())

    def figure(self):
        """Draw the first pictures."""
        from cnnlib import plots

        shown = self.classes[self.digit]["pictures"][:7]
        figure = plots.pictures([("", np.reshape(one, (8, 8))) for one in shown])
        article = "an" if self.digit == 8 else "a"
        return plots.show(figure, f"Training pictures of {article} {self.digit}")
