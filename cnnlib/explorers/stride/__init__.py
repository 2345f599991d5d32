"""`StrideExplorer`: the neurons that a stride keeps, and the work that it saves."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider
from cnnlib.geometry import output_size

SIDE = 224


class StrideExplorer(Explorer):
    """A corner of ResNet's first map: the neurons that are left at a stride, and their cost.

    Chapter "Padding and strides". Kernels of 7x7 from 3 channels to 64 maps, 224x224 pixels, same
    padding.
    """

    stride = Slider("Stride", 1, 8, 2, "cells from one window to the next")

    def compute(self):
        """Return the layer's multiply-adds."""
        return output_size(SIDE, 7, self.stride, "same") ** 2 * 7**2 * 3 * 64

    def figure(self):
        """Draw the neurons that are left."""
        from cnnlib import plots

        kept = [
            [float(i % self.stride == j % self.stride == 0) for j in range(24)] for i in range(8)
        ]
        return plots.show(plots.pictures([("kept", kept)]), f"Stride {self.stride}: neurons kept")
