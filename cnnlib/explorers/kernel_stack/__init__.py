"""`KernelStackExplorer`: a stack of 3x3 layers and one large kernel, seen from the side."""

from cnnlib import geometry
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider


class KernelStackExplorer(Explorer):
    """What a unit reads through a stack of 3x3 layers and through one kernel, and the weights.

    Chapter "VGG". All layers have as many maps as the one below.
    """

    layers = Slider("Layers of 3×3", 1, 4, 3, "layers of the stack")
    maps = Slider("Maps C", 16, 512, 64, "maps of each layer", 16)

    def compute(self):
        """Return the field's side, the weights of the stack and those of the one kernel."""
        side = geometry.receptive_field([(3, 1)] * self.layers).size
        return side, self.layers * 9 * self.maps**2, side**2 * self.maps**2

    def figure(self):
        """Draw the numbers of weights as bars."""
        from cnnlib import plots

        side, stacked, single = self.compute()
        figure = plots.spans([(0, stacked), (0, single)], "weights")
        return plots.show(figure, f"{stacked:,} weights in the stack, {single:,} in {side}×{side}")
