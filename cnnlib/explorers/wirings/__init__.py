"""`WiringsExplorer`: the weights of one layer, wired in four ways."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

CHANNELS, GROUPS = 64, 4


class WiringsExplorer(Explorer):
    """The weights of a layer on 64 channels: plain, in four groups, separable, and 1x1.

    Chapter "The convolution family".
    """

    maps = Slider("Maps", 8, 512, 128, "maps of the layer", 8)
    kernel = Slider("Kernel size", 1, 7, 3, "side of the kernel")

    def compute(self):
        """Return the weights of Keras's layers, by the four ways."""
        import keras

        same = {"kernel_size": self.kernel, "use_bias": False}
        layers = {
            "plain": keras.layers.Conv2D(self.maps, **same),
            "4 groups": keras.layers.Conv2D(self.maps, groups=GROUPS, **same),
            "separable": keras.layers.SeparableConv2D(self.maps, **same),
            "1×1": keras.layers.Conv2D(self.maps, 1, use_bias=False),
        }
        for layer in layers.values():
            layer.build((None, 32, 32, CHANNELS))
        return {name: layer.count_params() for name, layer in layers.items()}

    def figure(self):
        """Draw the weights as bars."""
        from matplotlib.figure import Figure

        from cnnlib import plots

        counts = self.compute()
        with plots.style():
            figure = Figure(figsize=(6.5, 2.2))
            axis = figure.subplots()
            axis.barh(list(counts)[::-1], list(counts.values())[::-1], color=plots.ACCENT)
            axis.set(xlabel="weights")
        return plots.show(figure, "Weights of a layer, plain and with fewer wires")
