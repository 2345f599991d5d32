"""`DeconvnetExplorer`: what a map answers to most, and what of it a deconvnet sends back."""

from functools import cache

import numpy as np

from cnnlib import seeing, trained
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider
from cnnlib.explorers.live_network.subject import network_of

LAYERS = {"conv1": 12, "conv2": 24, "conv3": 32, "conv4": 32, "conv5": 24}
"""The layers of the page's ZF Net, with their maps."""

BEST = 9


@cache
def _network():
    return network_of("zfnet", None, None, None)


@cache
def _model():
    return trained.model("zfnet")


@cache
def answers(layer):
    """Return a layer's strongest answers before its ReLU, float32 [200 pictures, maps]."""
    import keras

    model = _model()
    asked = model.get_layer(layer)
    below = keras.Model(model.inputs[0], asked.input)(_network().pictures.astype("float32"))
    sums = keras.ops.conv(below, asked.kernel, asked.strides[0], "same") + asked.bias
    return keras.ops.convert_to_numpy(sums).max(axis=(1, 2))


def best():
    """Return the numbers of the nine pictures that each map answers to most, by layer."""
    return {layer: np.argsort(-answers(layer), 0, "stable")[:BEST].T.tolist() for layer in LAYERS}


def fields():
    """Return the receptive field of each layer: its size, its stride and what lies outside."""
    from cnnlib import analyze

    analysis = analyze(_model())
    found = {layer: analysis.receptive_field(layer) for layer in LAYERS}
    return {name: [one.size[0], one.stride[0], one.padding[0]] for name, one in found.items()}


class DeconvnetExplorer(Explorer):
    """Nine pictures that excite a map most, and what a deconvnet projects down from it.

    Chapter "ZF Net", after figure 2 of Zeiler and Fergus. The network runs in the page.
    """

    layer = Choice("Layer", {name: name for name in LAYERS}, "conv2", "which is asked")
    which = Slider(
        "Map",
        1,
        max(LAYERS.values()),
        1,
        "the first is 1; the last one that the layer has at most",
    )
    network = Data(lambda: _network().widget())
    best = Data(best)
    fields = Data(fields)

    def compute(self):
        """Project with `cnnlib.seeing`.

        Returns:
            The numbers of nine held-out pictures, the map's strongest answer before its ReLU in
            each, and what a deconvnet sends back from there, float32 [9, 40, 40].
        """
        channel = min(self.which, LAYERS[self.layer]) - 1
        numbers = best()[self.layer][channel]
        sent = [
            seeing.deconvnet(_model(), _network().pictures[number], (self.layer, channel))[..., 0]
            for number in numbers
        ]
        return numbers, answers(self.layer)[numbers, channel], np.stack(sent)

    def figure(self):
        """Draw the three pictures that excite the map most, and what comes back from each."""
        from cnnlib import plots

        numbers, _, sent = self.compute()
        panels = []
        for number, back in list(zip(numbers, sent, strict=True))[:3]:
            panels.append((f"picture {number}", _network().pictures[number][..., 0]))
            panels.append(("sent back", back / (np.abs(back).max() or 1)))
        figure = plots.pictures(panels, signed=True)
        return plots.show(figure, f"What map {self.which} of {self.layer} answers to")
