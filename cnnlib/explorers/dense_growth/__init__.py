"""`DenseGrowthExplorer`: how the maps of a DenseNet for ImageNet grow and are compressed."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider

BLOCKS = {"121": (6, 12, 24, 16), "169": (6, 12, 32, 32), "201": (6, 12, 48, 32)}
"""Layers in the four dense blocks of each network."""


class DenseGrowthExplorer(Explorer):
    """The maps behind each layer of a DenseNet-BC, and its parameters.

    Chapter "DenseNet".
    """

    network = Choice(
        "DenseNet", {name: f"DenseNet-{name}" for name in BLOCKS}, "121", "layers of the network"
    )
    growth = Slider("Growth rate k", 8, 48, 32, "maps that each layer adds", 4)
    compression = Slider(
        "Compression θ", 0.3, 1.0, 0.5, "share of the maps that a transition keeps", 0.1
    )
    blocks = Data(lambda: BLOCKS)

    def compute(self):
        """Return the maps at the end of each block, and the trained parameters."""
        maps, ends = 2 * self.growth, []
        parameters = 7 * 7 * 3 * maps + 2 * maps
        for block, layers in enumerate(BLOCKS[self.network]):
            if block:
                kept = int(self.compression * maps)
                parameters += 2 * maps + maps * kept
                maps = kept
            for _ in range(layers):
                parameters += 2 * maps + 4 * maps * self.growth
                parameters += 2 * 4 * self.growth + 9 * 4 * self.growth**2
                maps += self.growth
            ends.append(maps)
        return ends, parameters + 2 * maps + 1000 * (maps + 1)

    def figure(self):
        """Draw the maps layer by layer."""
        from cnnlib import plots

        maps = [2 * self.growth]
        for block, layers in enumerate(BLOCKS[self.network]):
            if block:
                maps.append(int(self.compression * maps[-1]))
            maps += [maps[-1] + self.growth * (layer + 1) for layer in range(layers)]
        figure = plots.curves(range(len(maps)), {"maps": maps}, "layer")
        return plots.show(figure, f"The maps of DenseNet-{self.network}")
