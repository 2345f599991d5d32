"""The network that the page runs, rebuilt in Keras with what the reader has broken."""

import keras
import numpy as np
from keras import layers

import cnnlib.layers


def rebuilt(graph, numbers, edits=(), *, whole=False):
    """Return the Keras model of an exported network.

    Args:
        graph: its layers; see `cnnlib.live`.
        numbers: all its weights in the graph's order, a float array.
        edits: what is broken; see `LiveNetworkExplorer`.
        whole: whether the model gives the outputs of all layers, in the graph's order.

    Returns:
        A `keras.Model`.
    """
    outputs = {}
    for entry in graph["layers"]:
        name, here = entry["name"], [one for one in edits if one["layer"] == entry["name"]]
        if not entry["inputs"]:
            outputs[name] = keras.Input(tuple(entry["shape"]))
            continue
        cut = {one["input"] for one in here if "input" in one}
        inputs = [
            _cut(outputs[one], entry["kind"], place) if place in cut else outputs[one]
            for place, one in enumerate(entry["inputs"])
        ]
        layer = layer_of(entry)
        result = layer(inputs if len(inputs) > 1 else inputs[0])
        values, numbers = _taken(numbers, entry["weights"])
        for one in here:
            if "weight" in one:
                values[one["weight"]][tuple(one["at"])] = one["value"]
            if "slice" in one:
                values["kernel"][_slice(entry, *one["slice"])] = 0
        layer.set_weights(list(values.values()))
        mask = np.ones(entry["shape"][-1], "float32")
        mask[[one["map"] for one in here if "map" in one]] = 0
        outputs[name] = result if mask.all() else result * mask
    first, *others = outputs.values()
    return keras.Model(first, others if whole else others[-1], name=graph["name"])


def _slice(entry, channel, number):
    """Return where a slice of a map's kernel lies in the layer's."""
    if entry["kind"] == "Conv2D":
        return (..., number, channel)
    return (..., sum(map(len, entry["config"]["connections"][:channel])) + number)


def _cut(tensor, kind, place):
    """Return what a cut input counts as."""
    if kind == "HighwayGate" and place != 2:
        return tensor
    return (keras.ops.ones_like if kind == "Multiply" else keras.ops.zeros_like)(tensor)


def _taken(numbers, described):
    """Return a layer's weights by name, and the numbers that are left."""
    values = {}
    for one in described:
        size = int(np.prod(one["shape"]))
        values[one["name"]] = numbers[:size].reshape(one["shape"]).copy()
        numbers = numbers[size:]
    return values, numbers


def layer_of(entry):
    """Make the layer that an entry of the graph describes."""
    kind, shape = entry["kind"], entry["shape"]
    weights = {one["name"]: one["shape"] for one in entry["weights"]}
    how = dict(entry["config"])
    if how.get("activation") == "scaled_tanh":
        how["activation"] = cnnlib.layers.scaled_tanh
    if kind in ("Conv2D", "Conv2DTranspose", "SeparableConv2D"):
        how["filters"] = shape[-1]
    if kind == "Dense":
        how["units"] = shape[-1]
    if kind == "DepthwiseConv2D":
        how["depth_multiplier"] = weights["kernel"][-1]
    if kind == "SeparableConv2D":
        how["depth_multiplier"] = weights["depthwise_kernel"][-1]
    if "Conv2D" in kind or kind == "Dense":
        how["use_bias"] = "bias" in weights
    if kind == "BatchNormalization":
        how |= {"center": "beta" in weights, "scale": "gamma" in weights}
    if kind == "Reshape":
        how["target_shape"] = tuple(shape)
    if kind == "PadChannels":
        how["filters"] = shape[-1]
    if kind == "PartialConvolution2D":
        how = {name: how[name] for name in ("connections", "activation")}
        how["kernel_size"] = weights["kernel"][0]
    if kind == "TrainableAveragePooling2D":
        how = {"activation": how["activation"]}
    if kind == "RBFOutput":
        how["bitmaps"] = np.zeros(weights["centers"])
    made = getattr(layers, kind, None) or getattr(cnnlib.layers, kind)
    return made(name=entry["name"].replace("/", "_"), **how)
