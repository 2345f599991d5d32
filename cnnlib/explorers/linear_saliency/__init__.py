"""`LinearSaliencyExplorer`: of a linear network, the gradient of a score is its weights."""

from functools import cache

import numpy as np

from cnnlib.data.digits import digits
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider


@cache
def weights():
    """Return a linear classifier of 8x8 digits, float32 [8, 8, 10].

    Ridge regression to 0 and 1 on the training digits, scaled to 0 to 1; two decimals.
    """
    data = digits()
    pixels = data.x_train.reshape(-1, 64) / 255
    wanted = np.eye(10)[data.y_train]
    found = np.linalg.solve(pixels.T @ pixels + 20 * np.eye(64), pixels.T @ wanted)
    return found.round(2).astype("float32").reshape(8, 8, 10)


@cache
def pictures():
    """Return the first held-out picture of each digit, 0 to 1 with two decimals [10, 8, 8]."""
    data = digits()
    firsts = [data.x_test[data.y_test == one][0, ..., 0] for one in range(10)]
    return np.round(np.array(firsts) / 255, 2)


class LinearSaliencyExplorer(Explorer):
    """A picture, the weights of a class, and their product, whose sum is the class's score.

    Chapter "Watching a network see".
    """

    picture = Slider("Picture of a", 0, 9, 3, "the digit that is shown")
    digit = Slider("Class asked about", 0, 9, 3, "whose score it is")
    pictures = Data(lambda: pictures().tolist())
    weights = Data(lambda: np.moveaxis(weights(), -1, 0).astype(float).round(2).tolist())

    def compute(self):
        """Ask Keras and `cnnlib.seeing`.

        Returns:
            The score, a float, and its gradient, float32 [8, 8].
        """
        import keras

        from cnnlib import seeing

        model = keras.Sequential([keras.Input((8, 8, 1)), keras.layers.Flatten()])
        model.add(keras.layers.Dense(10, "softmax", use_bias=False))
        model.set_weights([weights().reshape(64, 10)])
        shown = pictures()[self.picture][..., np.newaxis]
        score = float((shown.ravel() @ weights().reshape(64, 10))[self.digit])
        return score, seeing.saliency(model, shown, self.digit)[..., 0]

    def figure(self):
        """Draw the picture, the weights and the product."""
        from cnnlib import plots

        shown, own = pictures()[self.picture], weights()[..., self.digit]
        ink = np.rint(255 * shown).astype("uint8")
        panels = [("picture", ink), ("gradient: weights", own), ("product", shown * own)]
        figure = plots.pictures(panels, signed=True)
        return plots.show(figure, "The gradient of a linear score is its weights")
