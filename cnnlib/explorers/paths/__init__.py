"""`PathsExplorer`: where the paths from a neuron end, however many layers they pass."""

import functools

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider


class PathsExplorer(Explorer):
    """The share of a neuron's paths that end at each pixel, through layers of three cells.

    Chapter "Receptive fields". Stride 1, one axis.
    """

    layers = Slider("Layers", 1, 40, 5, "layers of three cells")

    def compute(self):
        """Return the share of paths for each pixel of the field, float64 [2 layers + 1]."""
        return functools.reduce(np.convolve, [np.full(3, 1 / 3)] * self.layers)

    def figure(self):
        """Draw the shares."""
        from cnnlib import plots

        pixels = np.arange(-self.layers, self.layers + 1)
        figure = plots.curves(pixels, {"share of paths": self.compute()}, "pixel, from the middle")
        return plots.show(figure, f"A bell over the {len(pixels)} pixels of the field")
