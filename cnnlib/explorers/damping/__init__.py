"""`DampingExplorer`: what five photographs' maps keep of a movement after pooling."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._pictures import book_pictures
from cnnlib.explorers._settings import Choice, Data, Slider
from cnnlib.explorers.pooling import ORIENTED, PICTURES, PoolingExplorer

MOVES = {"right": 0.5, "turn": 1.0, "zoom": 0.01}
"""The settings of `PoolingExplorer` that move a picture, and how far one step goes."""


class DampingExplorer(Explorer):
    """How much a movement changes maps before and after pooling, averaged over five photographs.

    Chapter "Pooling and invariance".
    """

    move = Choice(
        "Movement",
        {"right": "to the right", "turn": "turned", "zoom": "magnified"},
        "right",
        "how the photographs move",
    )
    source = Choice("What is pooled", {"edges": "edges", "pixels": "pixels"}, "edges", "the map")
    steps = Slider("Steps", 0, 16, 2, "how far: half a pixel, a degree or 1 % each")
    pictures = book_pictures(PICTURES)
    vertical = Data(ORIENTED[..., 0].ravel().tolist)

    def compute(self):
        """Return the mean change of what is pooled, and of four things made of it, by TensorFlow.

        Returns:
            A dict: "input", "strided", "average", "max" with windows of 4x4, and "large", the
            maximum of 8x8 pixels, all with stride 4.
        """
        amount = (self.move == "zoom") + self.steps * MOVES[self.move]
        how = {"right": 0.0, "source": self.source} | {self.move: amount}
        found = {4: [], 8: []}
        for size, changes in found.items():
            for name in PICTURES:
                made = PoolingExplorer(picture=name, size=size, **how)
                changes.append(made.compute()["change"])
        mean = {way: float(np.mean([one[way] for one in found[4]])) for way in found[4][0]}
        return mean | {"large": float(np.mean([one["max"] for one in found[8]]))}

    def figure(self):
        """Draw the changes of three shifts."""
        from cnnlib import plots

        steps = [0, 4, 8]
        found = [DampingExplorer(steps=n).compute() for n in steps]
        named = {way: [one[way] for one in found] for way in found[0]}
        figure = plots.curves(np.array(steps) / 2, named, "shift to the right, pixels")
        return plots.show(figure, "Edges and stride alone change most, large windows least")
