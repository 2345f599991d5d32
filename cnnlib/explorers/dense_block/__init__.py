"""`DenseBlockExplorer`: what each layer of a dense block reads."""

import traitlets

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Place, Slider

START = 24
"""Maps that come into the block."""


class DenseBlockExplorer(Explorer):
    """The layers of a dense block, their links, and the maps that each of them reads.

    Chapter "DenseNet".
    """

    layers = Slider("Layers", 1, 8, 5, "layers in the block")
    growth = Slider("Growth rate k", 1, 24, 12, "maps that each layer adds")
    layer = Place(traitlets.Int(3), "the layer whose links are marked, from 1", 3)

    def compute(self):
        """Return the maps that the marked layer reads, the links, and the maps at the end."""
        layer = max(1, min(self.layers, self.layer))
        links = self.layers * (self.layers + 1) // 2
        return START + (layer - 1) * self.growth, links, START + self.layers * self.growth

    def figure(self):
        """Draw the maps that each layer reads."""
        from cnnlib import plots

        reads = [(0, START + before * self.growth) for before in range(self.layers + 1)]
        figure = plots.spans(reads, "maps")
        return plots.show(figure, "Maps that the layers of a dense block read, and those behind it")
