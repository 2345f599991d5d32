"""`FadingSignalExplorer`: a signal behind many layers, by the size of their first weights."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider


class FadingSignalExplorer(Explorer):
    """The size of a signal behind layers of ReLU units with random weights.

    With the standard deviation that He draws, its mean square stays as it is. Chapter "When
    training fails".
    """

    size = Slider(
        "Weights, beside He's", 0.5, 1.5, 0.8, "their standard deviation, beside his", 0.05
    )
    layers = Slider("Layers", 0, 50, 20, "through which the signal has gone")

    def compute(self):
        """Return by what the layers multiply the size of the signal, on average."""
        return self.size**self.layers

    def figure(self):
        """Draw the size of the signal by layer for three sizes of the weights."""
        from cnnlib import plots

        layers = range(51)
        named = {f"{size} times": [size**n for n in layers] for size in (0.8, 1.0, 1.2)}
        with plots.style():
            figure = plots.curves(layers, named, "layers")
            figure.axes[0].set(yscale="log")
        return plots.show(figure, "With He's weights the signal keeps its size")
