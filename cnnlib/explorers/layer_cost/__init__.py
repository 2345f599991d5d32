"""`LayerCostExplorer`: a layer's parameters, multiply-adds and bytes."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Slider


class LayerCostExplorer(Explorer):
    """What one convolutional layer on RGB pictures costs, and what a dense layer would.

    Chapter "Memory and compute". Stride 1 and same padding, maps half as high again as wide.
    """

    kernel = Slider("Kernel size", 1, 11, 5, "side of the window")
    maps = Slider("Maps", 1, 400, 200, "kernels of the layer")
    side = Slider("Height of a map", 3, 300, 150, "rows; a map has two thirds as many columns", 3)
    unit = Choice("Unit", {"MB": "MB", "MiB": "MiB"}, "MB", "of the output for one picture")

    def compute(self):
        """Return parameters, multiplications and bytes of the output for one picture."""
        neurons = self.maps * self.side * (self.side * 2 // 3)
        weights = self.kernel**2 * 3
        return (weights + 1) * self.maps, weights * neurons, 4 * neurons

    def figure(self):
        """Draw the bytes of the output by the height of a map."""
        from cnnlib import plots

        heights = [75, 150, 225, 300]
        made = [LayerCostExplorer(side=height).compute() for height in heights]
        named = {"output of one picture, MB": [output / 1e6 for *_, output in made]}
        figure = plots.curves(heights, named, "height of a map")
        return plots.show(figure, "Four times as many bytes for twice the height")
