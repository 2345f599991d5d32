"""`PixelFilterExplorer`: a 1×1 filter is a line in the plane of two channels."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider

SURFACES = {"water": (0.05, 0.02), "soil": (0.25, 0.30), "plants": (0.08, 0.50)}
"""Typical reflectances, red and near infrared."""


def _pixels():
    """Return 80 made-up noisy pixels of each surface, [surface, pixel, channel]."""
    noise = np.random.default_rng(0).normal(0, 0.04, (len(SURFACES), 80, 2))
    return (np.array(list(SURFACES.values()))[:, np.newaxis] + noise).round(3).tolist()


def _told_apart(pixels, weights, bias):
    """Return at which share of the pixels the answer is positive for plants alone."""
    answers = np.array(pixels) @ weights + bias
    plants = np.array([name == "plants" for name in SURFACES])
    return ((answers > 0) == plants[:, np.newaxis]).mean()


class PixelFilterExplorer(Explorer):
    """Pixels of two channels, and the line beyond which a 1×1 filter answers.

    Chapter "Stacks of feature maps".
    """

    red = Slider("Weight of red", -2.0, 2.0, 0.0, "weight of the red channel", 0.1)
    infrared = Slider("Weight of near infrared", -2.0, 2.0, 1.0, "weight of near infrared", 0.1)
    bias = Slider("Bias", -1.0, 1.0, -0.2, "what is added to the sum", 0.05)
    pixels = Data(_pixels)

    def compute(self):
        """Return at which share of the pixels the answer is positive for plants alone."""
        return _told_apart(self.pixels, [self.red, self.infrared], self.bias)

    def figure(self):
        """Draw the share that is told apart by the weight of red."""
        from cnnlib import plots

        weights = np.linspace(-2, 2, 21)
        shares = [_told_apart(self.pixels, [weight, 1], -0.2) for weight in weights]
        figure = plots.curves(weights, {"told apart": shares}, "weight of red")
        return plots.show(figure, "With a weight of -1 for red nearly all pixels are told apart")
