"""`TransformCostExplorer`: the operations of a convolution, directly and through the transform."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider, Switch

CHANNELS, MAPS, LARGEST = 8, 16, 21


class TransformCostExplorer(Explorer):
    """Operations of a layer from 8 channels to 16 maps, over the size of its kernel.

    Chapter "TensorFlow in one sitting". A real transform of N numbers is taken to cost
    2.5 N log2 N operations, a product of two complex numbers and its sum 8.
    """

    side = Slider("Side of the map", 8, 128, 48, "neurons of a map's side", step=8)
    size = Slider("Kernel size", 1, LARGEST, 5, "side of the kernels")
    kept = Switch(
        "Spectra of the kernels are kept", False, "so that they are transformed only once"
    )

    def compute(self):
        """Return the operations, directly and through the transform."""
        pixels = (self.side + self.size - 1) ** 2
        direct = 2 * self.side**2 * self.size**2 * CHANNELS * MAPS
        pictures = CHANNELS + MAPS + (0 if self.kept else CHANNELS * MAPS)
        transforms = pictures * 2.5 * pixels * np.log2(pixels)
        return direct, transforms + 8 * (pixels / 2) * CHANNELS * MAPS

    def figure(self):
        """Draw both over the size of the kernel."""
        from cnnlib import plots

        sizes = np.arange(1, LARGEST + 1)
        costs = [
            type(self)(side=self.side, size=int(size), kept=self.kept).compute() for size in sizes
        ]
        direct, through = np.array(costs).T / 1e6
        named = {"directly, millions": direct, "through the transform, millions": through}
        figure = plots.curves(sizes, named, "kernel size")
        return plots.show(figure, "A parabola, and a line that hardly climbs")
