"""`ClassMapExplorer`: a class activation map as a sum of maps, which the reader weights."""

from functools import cache

import numpy as np
import traitlets

from cnnlib import seeing
from cnnlib.explorers import _scattered
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Place, Slider, State

CHOSEN = (7, 4, 2, 0)
"""Of the pictures of the experiment "agreement": three where the two highest scores are those of
the digits that are there, and one where the highest is that of another."""


@cache
def pictures():
    """Return pictures of two held-out digits, uint8 [4, 40, 40, 1]."""
    from cnnlib.experiments.agreement import two_digits

    made = two_digits(max(CHOSEN) + 1, 0)
    return np.stack([made[number][0] for number in CHOSEN])


class ClassMapExplorer(Explorer):
    """The last maps for a picture of two digits, their weights, and the sum.

    Chapter "Watching a network see". The network runs in the page. `weights` are 16 numbers that
    count in place of those of the class `digit`; none stand for the class's own.
    """

    picture = Slider("Picture", 0, len(CHOSEN) - 1, 0, "the number of a picture of two digits")
    digit = Slider("Class asked about", 0, 9, 0, "whose weights are taken")
    weights = Place(traitlets.List(), "16 numbers in place of the class's, or none", [])
    chosen = State(traitlets.Int(0))
    pictures = Data(lambda: pictures().tobytes())
    network = Data(_scattered.network)

    def compute(self):
        """Ask Keras and `cnnlib.seeing`.

        Returns:
            The map, float32 [10, 10], and the score, a float.
        """
        model, picture = _scattered.model(), pictures()[self.picture]
        maps = seeing.feature_maps(model, picture, ["conv4"])["conv4"]
        bias = model.get_layer("digit").bias.numpy()[self.digit]
        summed = (
            maps @ np.float32(self.weights)
            if self.weights
            else seeing.class_activation_map(model, picture, self.digit)
        )
        return summed, float(summed.mean() + bias)

    def figure(self):
        """Draw the picture and the maps of the two classes."""
        from cnnlib import plots

        maps = {one: type(self)(picture=self.picture, digit=one).compute()[0] for one in (0, 8)}
        panels = [("the picture", pictures()[self.picture][..., 0])]
        panels += [(f"class {one}", values) for one, values in maps.items()]
        figure = plots.pictures(panels, signed=True)
        return plots.show(figure, "A picture of two digits, and where two classes are seen in it")
