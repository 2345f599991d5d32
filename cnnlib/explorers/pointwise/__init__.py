"""`PointwiseExplorer`: a 1x1 convolution is one small dense layer, used at every pixel."""

import numpy as np
import traitlets

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider, State

SIDE = 20
CHANNELS = ("red", "green", "blue")


def _pixels():
    """Return a photograph's channels as hundredths, [channel, row, column]."""
    from cnnlib.data import picture

    return np.moveaxis(np.round(picture("astronaut", SIDE) / 2.55), 2, 0).astype(int).tolist()


class PointwiseExplorer(Explorer):
    """Three channels, three weights and a ReLU: the map of one unit that moves over all pixels.

    Chapter "GoogLeNet and Inception".
    """

    red = Slider("Weight of red", -2.0, 2.0, 1.0, "weight of the red channel", 0.25)
    green = Slider("Weight of green", -2.0, 2.0, -0.5, "weight of the green channel", 0.25)
    blue = Slider("Weight of blue", -2.0, 2.0, -0.5, "weight of the blue channel", 0.25)
    row = State(traitlets.Int(14))
    column = State(traitlets.Int(4))
    pixels = Data(_pixels)

    def compute(self):
        """Return the map as a 1x1 convolution of TensorFlow computes it, float32 [20, 20]."""
        import tensorflow as tf

        image = np.float32(self.pixels).transpose(1, 2, 0)[np.newaxis] / 100
        weights = np.float32([self.red, self.green, self.blue]).reshape(1, 1, 3, 1)
        return tf.nn.relu(tf.nn.conv2d(image, weights, 1, "VALID")).numpy()[0, ..., 0]

    def figure(self):
        """Draw the channels and the map."""
        from cnnlib import plots

        channels = zip(CHANNELS, np.array(self.pixels) / 100, strict=True)
        figure = plots.pictures([*channels, ("map", self.compute())])
        return plots.show(figure, "Three channels and the map that a 1x1 convolution makes of them")
