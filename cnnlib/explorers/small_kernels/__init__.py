"""`SmallKernelsExplorer`: a stack of 3x3 kernels beside the one kernel that sees as much."""

from cnnlib import geometry
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider


class SmallKernelsExplorer(Explorer):
    """The weights of a stack of 3x3 layers and of one large kernel, every weight a cell.

    Chapter "Receptive fields".
    """

    layers = Slider("Layers of 3×3", 1, 6, 2, "layers of the stack")

    def compute(self):
        """Return the field's side, the weights of the stack, and those of the one kernel."""
        side = geometry.receptive_field([(3, 1)] * self.layers).size
        return side, 9 * self.layers, side**2

    def figure(self):
        """Draw the numbers of weights as bars."""
        from cnnlib import plots

        side, stacked, single = self.compute()
        figure = plots.spans([(0, stacked), (0, single)], "weights")
        return plots.show(
            figure, f"{stacked} weights in the stack, {single} in one {side}×{side} kernel"
        )
