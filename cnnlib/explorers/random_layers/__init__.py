"""`RandomLayersExplorer`: maps of "where" while the network's weights turn random, from the top."""

from functools import cache

import numpy as np

from cnnlib import seeing
from cnnlib.explorers import _scattered
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider

LAYERS = 5
"""Layers with weights: four convolutions and the last one."""

METHODS = {"gradient": "gradient", "guided": "guided gradient", "grad_cam": "Grad-CAM"}
_FUNCTIONS = {
    "gradient": seeing.saliency,
    "guided": seeing.guided_gradients,
    "grad_cam": seeing.grad_cam,
}
PICTURES = 3


@cache
def asked(method, picture, random):
    """Return the map of a held-out picture's own class, the upper layers random, [side, side]."""
    from cnnlib.experiments.agreement import randomized

    model = randomized(0, kept=LAYERS - random)
    shown = _scattered.picture(picture)
    found = _FUNCTIONS[method](model, shown, _scattered.label(picture))
    return found.reshape(found.shape[0], -1)


def _correlation(method, picture, random):
    from cnnlib.experiments.agreement import rank_correlation

    own, other = (np.abs(asked(method, picture, one)) for one in (0, random))
    return round(rank_correlation(own, other), 2)


def _every(function):
    """Return what a function gives for every state, by method, picture and random layers."""
    return {
        method: [
            [function(method, picture, random) for random in range(LAYERS + 1)]
            for picture in range(PICTURES)
        ]
        for method in METHODS
    }


def _bytes():
    """Return all maps, each from -127 to 127, one behind the other in the order of `_every`."""

    def scaled(*state):
        found = asked(*state)
        return np.rint(127 * found / (np.abs(found).max() or 1)).astype("int8").tobytes()

    return b"".join(
        one for pictures in _every(scaled).values() for states in pictures for one in states
    )


class RandomLayersExplorer(Explorer):
    """What a method shows for a trained network, and with its upper layers drawn anew.

    Chapter "Watching a network see". The agreement is Spearman's rank correlation of the maps'
    absolute values.
    """

    method = Choice("Method", METHODS, "guided", "what asks the network")
    random = Slider("Random layers, from the top", 0, LAYERS, 0, "whose weights are drawn anew")
    picture = Slider("Picture", 0, PICTURES - 1, 0, "the number of a held-out picture")
    pictures = Data(lambda: b"".join(_scattered.picture(i).tobytes() for i in range(PICTURES)))
    maps = Data(_bytes)
    sides = Data(lambda: {method: len(asked(method, 0, 0)) for method in METHODS})
    agreements = Data(lambda: _every(_correlation))

    def compute(self):
        """Ask the network with `cnnlib.seeing`.

        Returns:
            The map, float32 [side, side], and its agreement with that of the trained network.
        """
        state = self.method, self.picture, self.random
        return asked(*state), _correlation(*state)

    def figure(self):
        """Draw guided gradients, from trained weights to none."""
        from cnnlib import plots

        panels = [(f"{one} random", asked("guided", self.picture, one)) for one in (0, 1, 3, 5)]
        panels = [(title, values / np.abs(values).max()) for title, values in panels]
        figure = plots.pictures(panels, signed=True)
        return plots.show(figure, "Guided gradients, with more and more layers of random weights")
