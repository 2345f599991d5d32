"""`HighwaySignalExplorer`: a signal and a gradient through many layers, with gates and without."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

UNITS, SEED = 24, 2015
"""Units of a layer, and the seed of input, weights and gradient."""


def carried(depth, bias, weights, gates):
    """Run an untrained network of dense layers up and back.

    Args:
        depth: its layers.
        bias: of the gates.
        weights: size of all weights beside He's, which are uniform here.
        gates: whether the layers have gates.

    Returns:
        A dict: "signal", the size of what each layer reads and of the last output, beside the
        input's; "gradient", that of the gradient at the same places, beside what comes in at the
        end; both lists of depth + 1 numbers; "alike", the correlation of output and input.
    """
    from cnnlib.explorers.training.network import Numbers

    numbers = Numbers(SEED)
    x, back = 2 * numbers.draw(2, UNITS) - 1
    limit = weights * np.sqrt(6 / UNITS)
    signals, layers = [x], []
    for _ in range(depth):
        kernel, gate = limit * (2 * numbers.draw(2, UNITS, UNITS) - 1)
        h = np.maximum(kernel @ x, 0)
        t = 1 / (1 + np.exp(-(gate @ x + bias))) if gates else np.ones(UNITS)
        layers.append((x, kernel, gate, h, t))
        x = h * t + x * (1 - t)
        signals.append(x)
    gradients = [back]
    for x, kernel, gate, h, t in reversed(layers):
        through = kernel.T @ (back * t * (h > 0))
        back = through + back * (1 - t) + gate.T @ (back * (h - x) * t * (1 - t))
        gradients.append(back)
    size = np.linalg.norm
    return {
        "signal": [size(one) / size(signals[0]) for one in signals],
        "gradient": [size(one) / size(gradients[0]) for one in reversed(gradients)],
        "alike": float(np.corrcoef(signals[0], signals[-1])[0, 1]),
    }


class HighwaySignalExplorer(Explorer):
    """The sizes of a signal on its way up and of a gradient on its way back, layer by layer.

    Chapter "Highway networks". The layers are dense ones with 24 ReLU units and random weights,
    the same for both networks; nothing is trained.
    """

    depth = Slider("Layers", 1, 100, 50, "of the network")
    bias = Slider("Bias of the gates", -8.0, 1.0, -2.0, "of all gates", 0.5)
    weights = Slider("Weights, beside He's", 0.5, 1.5, 1.0, "their size, of all kernels", 0.05)

    def compute(self):
        """Return what `carried` does, by "gates" and "plain"."""
        return {
            name: carried(self.depth, self.bias, self.weights, name == "gates")
            for name in ("gates", "plain")
        }

    def figure(self):
        """Draw the signal through fifty layers with both, and with three biases."""
        from cnnlib import plots

        named = {
            f"gates, bias {bias}": carried(50, bias, 1, True)["signal"] for bias in (0, -2, -4)
        }
        named["plain"] = carried(50, 0, 1, False)["signal"]
        with plots.style():
            figure = plots.curves(range(51), named, "layers")
            figure.axes[0].set(yscale="log")
        return plots.show(figure, "The size of a signal through fifty untrained layers")
