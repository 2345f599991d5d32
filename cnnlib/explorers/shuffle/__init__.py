"""`ShuffleExplorer`: a digit whose pixels are shuffled, and what two kinds of neurons notice."""

import numpy as np

from cnnlib.data.digits import digits
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider, Switch

SIDE = 8
ORDER = np.random.default_rng(0).permutation(SIDE**2)
"""Where the pixel comes from that stands at each place of a shuffled picture."""


def pictures():
    """Return a digit of each kind, and the weights of a dense neuron that looks for a three.

    Returns:
        "digits", a list of ten lists of 64 values from 0 to 1, and "weights", a list of 64.
    """
    data = digits(size=SIDE, seed=0)
    x = data.x_train.reshape(-1, SIDE**2) / 255
    first = [x[data.y_train == kind][0] for kind in range(10)]
    weights = x[data.y_train == 3].mean(axis=0) - x.mean(axis=0)
    return {"digits": np.round(first, 3).tolist(), "weights": weights.round(3).tolist()}


class ShuffleExplorer(Explorer):
    """A handwritten digit, a dense neuron's weights, and both with their pixels shuffled alike.

    Chapter "From the visual cortex to CNNs".
    """

    digit = Slider("Digit", 0, 9, 3, "which picture")
    shuffled = Switch("Shuffle the pixels", False, "pixels and weights change places alike")
    pictures = Data(pictures)
    order = Data(ORDER.tolist)

    def compute(self):
        """Return the dense neuron's answer, and the brightest 3x3 window's mean."""
        pixels, weights = (
            np.array(values) for values in (self.pictures["digits"][self.digit], self.weights)
        )
        if self.shuffled:
            pixels, weights = pixels[ORDER], weights[ORDER]
        windows = np.lib.stride_tricks.sliding_window_view(pixels.reshape(SIDE, SIDE), (3, 3))
        return pixels @ weights, windows.mean(axis=(2, 3)).max()

    @property
    def weights(self):
        """The dense neuron's weights, not shuffled."""
        return self.pictures["weights"]

    def figure(self):
        """Draw the digit and the weights."""
        from cnnlib import plots

        order = ORDER if self.shuffled else np.arange(SIDE**2)
        pixels, weights = (
            np.array(values)[order].reshape(SIDE, SIDE)
            for values in (self.pictures["digits"][self.digit], self.weights)
        )
        figure = plots.pictures([("picture", pixels), ("weights", weights)], signed=True, limit=1)
        return plots.show(figure, "A digit, and the weights of a neuron that looks for a three")
