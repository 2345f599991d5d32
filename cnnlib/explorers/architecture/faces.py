"""The maps of a live network's picture that stand on the boxes of its diagram."""

import numpy as np

from cnnlib import trained
from cnnlib.explorers.live_network import LiveNetworkExplorer

_MOST = 127
"""What the largest value of a layer's maps is as a byte."""


def alive(model):
    """Return the `LiveNetworkExplorer` that an explorer is given, itself or by name, or None."""
    if isinstance(model, str) and model in trained.available():
        return LiveNetworkExplorer(model)
    return model if isinstance(model, LiveNetworkExplorer) else None


def faces(live, layers):
    """Return one map of each layer that has some: the one that varies most.

    Args:
        live: a `LiveNetworkExplorer`.
        layers: the names of the layers, in the diagram's order; the first is the picture.

    Returns:
        A pair: lists [number of the layer, its name in the live network, channel, height, width],
        and the maps' values as bytes, one map behind the other, from -127 to 127.
    """
    computed = live.compute_maps()
    picture, *others = (
        one["name"] for one in live.network.graph["layers"] if one["kind"] != "Rescaling"
    )
    given = {name.replace("/", "_"): (name, computed[name]) for name in (picture, *others)}
    rows, pixels = [], []
    for number, layer in enumerate([picture, *layers[1:]]):
        name, values = given.get(layer, (None, np.empty(0)))
        if values.ndim != 3:
            continue
        channel = int(values.std((0, 1)).argmax())
        rows.append([number, name, channel, *values.shape[:2]])
        limit = np.abs(values).max() or 1
        pixels.append(np.round(_MOST / limit * values[..., channel]).astype("int8").tobytes())
    return rows, b"".join(pixels)
