"""`TwoLayersExplorer`: predicting needs two consecutive layers at a time."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider, Switch
from cnnlib.geometry import output_size


def _sizes():
    """Return the bytes of a 200×300 RGB picture and of three layers that halve its sides."""
    height, width, found = 200, 300, [4 * 200 * 300 * 3]
    for maps in (100, 200, 400):
        height, width = (output_size(n, 3, 2, "same") for n in (height, width))
        found.append(4 * height * width * maps)
    return found


def _held(sizes, layer, shortcut):
    """Return the bytes in memory while a layer is computed."""
    kept = {layer - 1, layer} | ({1} if shortcut else set())
    return sum(sizes[one] for one in kept)


class TwoLayersExplorer(Explorer):
    """Which layers of a chain are in memory while one of them is computed.

    Chapter "Memory and compute".
    """

    layer = Slider("Layer", 1, 3, 1, "the layer that is computed")
    shortcut = Switch(
        "Shortcut from layer 1 to layer 3", False, "True lets layer 3 read layer 1 as well"
    )
    sizes = Data(_sizes)

    def compute(self):
        """Return the bytes of the layers that are in memory."""
        return _held(self.sizes, self.layer, self.shortcut)

    def figure(self):
        """Draw what is in memory at each layer, without and with the shortcut."""
        from cnnlib import plots

        layers = [1, 2, 3]
        named = {
            name: [_held(self.sizes, layer, on) / 1e6 for layer in layers]
            for name, on in (("chain, MB", False), ("with a shortcut, MB", True))
        }
        figure = plots.curves(layers, named, "layer that is computed")
        return plots.show(figure, "Two consecutive layers at a time; a shortcut keeps a third")
