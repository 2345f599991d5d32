"""`TwoTowersExplorer`: which half of AlexNet reads which, and what each choice costs."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider

JOINED = {
    "paper": ("conv3", "fc6", "fc7", "fc"),
    "joined": ("conv2", "conv3", "conv4", "conv5", "fc6", "fc7", "fc"),
    "apart": ("fc",),
}
"""The layers behind the first that read both towers."""


def layers():
    """Return AlexNet's layers with weights.

    Returns:
        A list of dicts: `name`, `maps`, `weights` where every map reads all, `biases`, `places` at
        which the weights are used, and `read`, how many numbers of the layer below there are.
    """
    from cnnlib import analyze

    found, read = [], 227 * 227 * 3
    for layer in analyze("AlexNetSingle").layers:
        if layer.params:
            biases = layer.output_shape[-1]
            weights = layer.params - biases
            places = layer.macs // weights
            one = {"name": layer.name, "maps": biases, "weights": weights, "biases": biases}
            found.append({**one, "places": places, "read": read})
        read = int(np.prod(layer.output_shape[1:]))
    return found


class TwoTowersExplorer(Explorer):
    """AlexNet's layers in two halves, with who reads whom, parameters, operations and traffic.

    Chapter "AlexNet".
    """

    wiring = Choice(
        "Who reads both towers",
        {
            "paper": "as in the paper",
            "joined": "every layer",
            "apart": "the last layer only",
        },
        "paper",
        "which layers read both towers",
    )
    layer = Slider("Layer", 1, 8, 3, "which layer is lit")
    layers = Data(layers)
    both = Data(lambda: {wiring: list(names) for wiring, names in JOINED.items()})

    def compute(self):
        """Return all parameters, multiply-adds, and numbers that cross for one picture."""
        parameters = macs = traffic = 0
        for index, one in enumerate(self.layers):
            split = index > 0 and one["name"] not in JOINED[self.wiring]
            weights = one["weights"] // (2 if split else 1)
            parameters += weights + one["biases"]
            macs += weights * one["places"]
            traffic += 0 if split or index == 0 else one["read"]
        return parameters, macs, traffic

    def figure(self):
        """Draw the parameters of the layers."""
        from cnnlib import plots

        sizes = np.array([one["weights"] for one in self.layers], float)
        figure = plots.curves(np.arange(1, 9), {"weights, every map reads all": sizes}, "layer")
        return plots.show(figure, f"{self.compute()[0]:,} parameters in all")
