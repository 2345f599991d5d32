"""`HalvingExplorer`: what becomes of compute and parameters where sides are halved."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

STAGES, SIDE, MAPS = 4, 32, 16


class HalvingExplorer(Explorer):
    """Four stages with a 3x3 convolution each; from stage to stage the sides are halved.

    Chapter "Building and training a CNN". The first stage has 16 maps of 32x32.
    """

    growth = Slider("Maps grow by", 1.0, 4.0, 2.0, "factor from stage to stage", 0.5)

    def compute(self):
        """Return multiply-adds and weights of the convolution of each stage, two lists.

        It reads as many maps as it gives.
        """
        maps = [round(MAPS * self.growth**stage) for stage in range(STAGES)]
        weights = [9 * one**2 for one in maps]
        sides = [SIDE // 2**stage for stage in range(STAGES)]
        return [side**2 * one for side, one in zip(sides, weights, strict=True)], weights

    def figure(self):
        """Draw the multiply-adds of each stage for three factors."""
        from cnnlib import plots

        found = {growth: HalvingExplorer(growth=growth).compute()[0] for growth in (1.0, 2.0, 3.0)}
        named = {f"maps times {growth:g}": np.divide(macs, 1e6) for growth, macs in found.items()}
        figure = plots.curves(range(1, STAGES + 1), named, "stage")
        return plots.show(figure, "Million multiply-adds: level where the maps double")
