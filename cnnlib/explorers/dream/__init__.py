"""`DreamExplorer`: DeepDream as a film, of a photograph and a network that has seen digits only."""

import numpy as np

from cnnlib import data, seeing
from cnnlib.explorers import _scattered
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Player

SIDE, LAST = 120, 40
RATE = 0.006
"""Of `cnnlib.seeing.deep_dream`, here at one size and without jitter."""

PHOTOS = {"chelsea": "a cat", "camera": "the cameraman"}


def photo(name):
    """Return a photograph, uint8 [120, 120, 1]."""
    return data.picture(name, SIDE, grey=True)[..., np.newaxis]


class DreamExplorer(Explorer):
    """A photograph that is changed, frame by frame, so that a layer answers to it more strongly.

    Chapter "Watching a network see". The network runs in the page, up and back.
    """

    photo = Choice("Photograph", PHOTOS, "chelsea", "with which the film begins")
    layer = Choice(
        "Layer",
        {name: name for name in ("conv1", "conv2", "conv3", "conv4")},
        "conv4",
        "whose squared values are to grow",
    )
    frame = Player("Play the film", "last", "steps uphill", interval=120)
    last = Data(lambda: LAST)
    names = Data(lambda: list(PHOTOS))
    photos = Data(lambda: b"".join(photo(name).tobytes() for name in PHOTOS))
    network = Data(_scattered.network)
    rate = Data(lambda: RATE)

    def compute(self):
        """Climb with `cnnlib.seeing`.

        Returns:
            The frame, float32 [120, 120, 1], and the mean square of the layer's values for it,
            as a multiple of that for the photograph.
        """
        import keras

        model = _scattered.model()
        first = photo(self.photo)
        layers = [
            layer for layer in model.layers if layer.name.startswith(("scale", "conv", "pool"))
        ]
        names = [layer.name for layer in layers]
        free = keras.Sequential(
            [keras.Input((None, None, 1)), *layers[: names.index(self.layer) + 1]]
        )
        frame = seeing.deep_dream(
            free, first, self.layer, self.frame, octaves=1, rate=RATE, jitter=0
        )
        before, after = (
            np.mean(free(one[np.newaxis].astype("float32")) ** 2) for one in (first, frame)
        )
        return frame, float(after / before)

    def figure(self):
        """Draw the photograph and two layers' dreams."""
        from cnnlib import plots

        panels = [("the photograph", photo(self.photo)[..., 0])] + [
            (
                f"{layer}, frame 40",
                type(self)(layer=layer, frame=40).compute()[0][..., 0].astype("uint8"),
            )
            for layer in ("conv1", "conv4")
        ]
        return plots.show(plots.pictures(panels), "A photograph, and what two layers make of it")
