"""`LayerSharesExplorer`: where VGG-16's parameters and multiply-adds sit."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider


def _layers(side=224):
    """Return name, parameters and multiply-adds of VGG-16's layers with weights."""
    from cnnlib import analyze

    layers = analyze("VGG16", input_shape=(side, side, 3)).layers
    return [(layer.name, layer.params, layer.macs) for layer in layers if layer.params]


class LayerSharesExplorer(Explorer):
    """The parameters and the multiply-adds of each of VGG-16's 16 layers with weights.

    Chapter "VGG".
    """

    layer = Slider("Layer", 1, 16, 14, "which of the layers with weights is marked")
    side = Slider("Side of the picture", 32, 448, 224, "pixels", 32)
    layers = Data(lambda: [list(row) for row in _layers()])

    def compute(self):
        """Return the marked layer's name, its parameters and its multiply-adds."""
        return _layers(self.side)[self.layer - 1]

    def figure(self):
        """Draw the parameters that the layers end at, one after the other."""
        from cnnlib import plots

        ends, end = [], 0
        for _, params, _ in _layers(self.side):
            ends.append((end / 1e6, (end + params) / 1e6))
            end += params
        return plots.show(plots.spans(ends, "million parameters"), f"{end:,} parameters")
