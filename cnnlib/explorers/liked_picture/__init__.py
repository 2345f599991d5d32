"""`LikedPictureExplorer`: noise climbs to a picture that a map or a class likes, step by step."""

from functools import cache

import numpy as np

from cnnlib import seeing
from cnnlib.explorers import _scattered
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider

STEPS = 60
HOW = {"rate": 0.02, "decay": 0.1}
"""Of `cnnlib.seeing.feature_visualization`, here without jitter."""

LAYERS = {"digit": 10, "conv4": 16, "conv3": 24, "conv2": 16, "conv1": 8}
"""The layers that are asked, from the last one, with their maps or classes."""


@cache
def noise():
    """Return faint noise around grey, float32 [40, 40, 1]."""
    drawn = np.random.default_rng(0).standard_normal((_scattered.SIDE, _scattered.SIDE, 1))
    return np.float32(127.5 + 2.55 * drawn)


class LikedPictureExplorer(Explorer):
    """A picture that is changed so that the mean of a map, or the score of a class, grows.

    Chapter "Watching a network see". The network runs in the page, up and back; its scores are
    taken before the activation function.
    """

    layer = Choice(
        "Layer",
        {name: "digit: the classes" if name == "digit" else name for name in LAYERS},
        "digit",
        "which is asked",
    )
    digit = Slider("Class", 0, 9, 0, "whose score is to grow", when={"layer": "digit"})
    which = Slider(
        "Map",
        1,
        max(LAYERS.values()),
        1,
        "whose mean is to grow, the first is 1; the last one that the layer has at most",
        when={"layer": [name for name in LAYERS if name != "digit"]},
    )
    step = Slider("Steps uphill", 0, STEPS, 0, "how often the picture has been changed")
    noise = Data(lambda: noise().tobytes())
    network = Data(_scattered.network)
    how = Data(lambda: HOW)

    def compute(self):
        """Climb with `cnnlib.seeing`.

        Returns:
            The picture, float32 [40, 40, 1], and the map's mean or the class's score for it.
        """
        import keras

        model = _scattered.model()
        is_class = self.layer == "digit"
        channel = self.digit if is_class else min(self.which, LAYERS[self.layer]) - 1
        found = seeing.feature_visualization(
            *(model, (self.layer, channel), self.step),
            **HOW,
            jitter=0,
            start=noise(),
        )
        below = keras.Model(model.inputs, model.get_layer(self.layer).input)(found[np.newaxis])
        layer = model.get_layer(self.layer)
        sums = (
            below @ layer.kernel
            if is_class
            else keras.ops.conv(below, layer.kernel, padding="same")
        )
        return found, float(np.mean((sums + layer.bias)[..., channel]))

    def figure(self):
        """Draw what three classes like."""
        from cnnlib import plots

        panels = [
            (name, type(self)(digit=one, step=step).compute()[0][..., 0].astype("uint8"))
            for name, one, step in (("noise", 0, 0), ("0", 0, 40), ("1", 1, 40), ("7", 7, 40))
        ]
        return plots.show(plots.pictures(panels), "What the classes 0, 1 and 7 like, from noise")
