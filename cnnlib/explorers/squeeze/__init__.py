"""`SqueezeExplorer`: a feature map becomes one number, which forgets where and keeps how much."""

import numpy as np
import traitlets

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Slider, State

SIDE = 8


class SqueezeExplorer(Explorer):
    """A map with a bright square, and what global pooling makes of it.

    Chapter "SENet".
    """

    size = Slider("Side of the square", 1, 6, 4, "cells on each side of what the map has found")
    height = Slider("Its values", 0.1, 1.0, 0.8, "each value in the square; the others are 0", 0.1)
    pooling = Choice(
        "Squeeze", {"mean": "mean", "max": "maximum"}, "mean", "what is taken of all values"
    )
    row = State(traitlets.Int(1))
    column = State(traitlets.Int(1))

    def compute(self):
        """Return what TensorFlow's global pooling gives, a float."""
        import tensorflow as tf

        image = np.zeros((1, SIDE, SIDE, 1), "float32")
        row, column = (min(place, SIDE - self.size) for place in (self.row, self.column))
        image[:, row : row + self.size, column : column + self.size] = self.height
        pool = {"mean": tf.reduce_mean, "max": tf.reduce_max}[self.pooling]
        return float(pool(image))

    def figure(self):
        """Draw the map."""
        from cnnlib import plots

        image = np.zeros((SIDE, SIDE))
        image[1 : 1 + self.size, 1 : 1 + self.size] = self.height
        figure = plots.pictures([("a map", image)])
        return plots.show(figure, f"The map is squeezed to {self.compute():.3f}")
