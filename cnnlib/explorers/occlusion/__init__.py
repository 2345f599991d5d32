"""`OcclusionExplorer`: a square covers the picture, and the probability of a class follows."""

import numpy as np
import traitlets

from cnnlib import seeing
from cnnlib.explorers import _scattered
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider, State, Switch

STEP = 2
"""Pixels from one place of the square to the next."""

SHADES = {"black": 0, "grey": 128, "white": 255}


class OcclusionExplorer(Explorer):
    """What the network says of a digit while a square covers a part of the picture.

    Chapter "Watching a network see". The network runs in the page.
    """

    picture = Slider("Picture", 0, 29, 0, "the number of a held-out picture")
    digit = Slider("Class asked about", 0, 9, 8, "whose probability is watched")
    size = Slider("Side of the square", 4, 16, 8, "in pixels", 4)
    shade = Choice(
        "Its shade",
        {"black": "black, as the paper", "grey": "grey", "white": "white, as ink"},
        "black",
        "what the square is filled with",
    )
    everywhere = Switch("Every place", False, "the map of all places is built up")
    row = State(traitlets.Int(4))
    column = State(traitlets.Int(24))
    seen = State(traitlets.List())
    network = Data(_scattered.network)
    shades = Data(lambda: SHADES)

    def compute(self):
        """Cover the picture in Keras.

        Returns:
            A dict: the class's "probability" for the whole picture, and the "map" of what it
            loses at each place of the square, [rows, columns].
        """
        picture = _scattered.picture(self.picture)
        said = _scattered.model()(picture[np.newaxis].astype("float32"))[0, self.digit]
        how = {"value": SHADES[self.shade], "probability": True}
        lost = seeing.occlusion(_scattered.model(), picture, self.digit, self.size, STEP, **how)
        return {"probability": float(said), "map": lost}

    def figure(self):
        """Draw the picture and the map, each place where the middle of the square stands."""
        from cnnlib import plots

        picture = _scattered.picture(self.picture)[..., 0]
        lost = np.kron(self.compute()["map"], np.ones((STEP, STEP)))
        lost = np.pad(lost, (self.size - STEP) // 2)
        panels = [("the picture", picture), ("lost by covering", lost)]
        figure = plots.pictures(panels, signed=True, limit=1)
        return plots.show(figure, f"What the probability of {self.digit} loses, place by place")
