"""`FlowsExplorer`: the 36 convolutions of Xception, one after another."""

import math
from functools import cache

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider


@cache
def convolutions():
    """Return what there is to say of each of the 36 convolutions, as a list of dicts.

    "halves" are the weights of the depthwise and of the pointwise half; of a plain convolution the
    first is 0.
    """
    from cnnlib import analyze

    counted = analyze("Xception")
    macs = {layer.name: layer.macs for layer in counted.layers}
    return [
        {
            "module": int(layer.name.split("_")[0].removeprefix("module")),
            "read": layer.input.shape[-1],
            "maps": layer.filters,
            "side": layer.output.shape[1],
            "halves": _halves(layer),
            "macs": macs[layer.name],
        }
        for layer in counted.model.layers
        if layer.name.split("_")[-1].startswith(("conv", "sep"))
    ]


def _halves(layer):
    depthwise = [math.prod(weight.shape) for weight in layer.weights][:-1]
    return [sum(depthwise), math.prod(layer.weights[-1].shape)]


class FlowsExplorer(Explorer):
    """Weights or multiply-adds of Xception's convolutions, module by module in its three flows.

    Chapter "Xception". The 1x1 convolutions on the shortcuts are not among the 36.
    """

    number = Slider("Convolution", 1, 36, 12, "counted from the picture")
    height = Choice(
        "Height", {"weights": "weights", "macs": "multiply-adds"}, "weights", "what a bar shows"
    )
    convolutions = Data(convolutions)

    def compute(self):
        """Return the weights of the chosen convolution and of a plain one in its place."""
        chosen = self.convolutions[self.number - 1]
        return sum(chosen["halves"]), 9 * chosen["read"] * chosen["maps"]

    def figure(self):
        """Draw the weights of the 36 convolutions."""
        from cnnlib import plots

        counts = [sum(one["halves"]) / 1000 for one in self.convolutions]
        figure = plots.curves(range(1, 37), {"thousand weights": counts}, "convolution")
        return plots.show(
            figure, "Most weights are in the middle flow and the last two convolutions"
        )
