"""Small trained networks for the page: a Keras model becomes a graph and bytes.

What `export` returns is what the explorers' JavaScript (`explorers/js/nn`) runs. The graph is a
dict that JSON can hold:

    {"name": "digits",
     "layers": [{"name": "input", "kind": "InputLayer", "inputs": [], "shape": [28, 28, 1],
                 "config": {}, "weights": []},
                {"name": "conv1", "kind": "Conv2D", "inputs": ["input"], "shape": [26, 26, 8],
                 "config": {"kernel_size": [3, 3], "strides": [1, 1], "padding": "valid",
                            "dilation_rate": [1, 1], "groups": 1, "activation": "relu"},
                 "weights": [{"name": "kernel", "shape": [3, 3, 1, 8]},
                             {"name": "bias", "shape": [8]}]},
                ...],
     "crc32": 1234567890}

- Layers stand in an order in which they can run: the picture first, the output last. `name` is
  Keras's, after those of the models around it ("block/conv1"); `kind` is the name of Keras's class;
  `inputs` are names of layers before it; `shape` is that of its output for one picture.
- `config` holds the layer's arguments that change what it computes, with an activation by its name
  and the sides of windows as lists.
- `weights` names the layer's weights in Keras's order and layout: kernels are [height, width,
  channels in, channels out], those of a depthwise convolution [height, width, channels,
  multiplier], of a transposed one [height, width, channels out, channels in], of a partial one
  [height, width, connections], of a dense layer [in, out]; "centers" are [classes, in]. Only the
  weights that the layer has are named: no "bias" where there is none.
- The largest output tells the class; where the last layer is an "RBFOutput", whose outputs are
  distances, the smallest.

The bytes are all weights, one behind the other in this order, as float16, the low byte first.
`crc32` is their checksum (that of zip files), by which damaged or foreign bytes are known.
"""

import zlib
from typing import NamedTuple

import keras
import numpy as np
from keras import layers

from cnnlib.analysis import Analysis
from cnnlib.layers import (
    DepthwiseMaxPooling2D,
    HighwayGate,
    LocalResponseNormalization,
    PadChannels,
    PartialConvolution2D,
    RBFOutput,
    TrainableAveragePooling2D,
    scaled_tanh,
)

#: Numbers that a network may have: 240 kB in float16, of the 300 kB that a page may spend.
MOST_WEIGHTS = 120_000
#: Multiply-adds for one picture, so that a stroke of the pen is followed at once.
MOST_MACS = 30_000_000

_CONVOLUTION = ("kernel_size", "strides", "padding", "dilation_rate", "activation")
_POOLING = ("pool_size", "strides", "padding")
#: Keras's class -> its arguments that change what it computes.
_LAYERS = {
    layers.Conv2D: (*_CONVOLUTION, "groups"),
    layers.DepthwiseConv2D: _CONVOLUTION,
    layers.SeparableConv2D: _CONVOLUTION,
    layers.Conv2DTranspose: _CONVOLUTION,
    PartialConvolution2D: ("connections", "kernel_size", "strides", "activation"),
    layers.MaxPooling2D: _POOLING,
    layers.AveragePooling2D: _POOLING,
    layers.GlobalMaxPooling2D: (),
    layers.GlobalAveragePooling2D: (),
    DepthwiseMaxPooling2D: ("pool_size",),
    TrainableAveragePooling2D: ("pool_size", "strides", "activation"),
    layers.Dense: ("activation",),
    RBFOutput: (),
    layers.BatchNormalization: ("momentum", "epsilon"),
    LocalResponseNormalization: ("size", "bias", "alpha", "beta"),
    layers.Activation: ("activation",),
    layers.ReLU: ("max_value", "negative_slope", "threshold"),
    layers.LeakyReLU: ("negative_slope",),
    layers.Softmax: (),
    layers.Add: (),
    layers.Multiply: (),
    layers.Concatenate: (),
    HighwayGate: (),
    PadChannels: (),
    layers.ZeroPadding2D: ("padding",),
    layers.Rescaling: ("scale", "offset"),
    layers.Dropout: ("rate",),
    layers.Flatten: (),
    layers.Reshape: (),
}
_NAMES = ("linear", "relu", "relu6", "leaky_relu", "elu", "sigmoid", "tanh", "softmax", "silu")
_ACTIVATIONS = {
    scaled_tanh: "scaled_tanh",
    **{getattr(keras.activations, name): name for name in _NAMES},
}


class Accuracy(NamedTuple):
    """What rounding to float16 changes.

    Attributes:
        float32: share of the pictures that the network names rightly as it is.
        float16: the same with rounded weights.
        changed: for how many of the pictures it names another class.
    """

    float32: float
    float16: float
    changed: int


class Exported(NamedTuple):
    """A network for the page.

    Attributes:
        graph: layers as a dict that JSON can hold; see `cnnlib.live`.
        weights: the weights as bytes: float16, the low byte first.
        accuracy: an `Accuracy`, or None where no pictures were given.
    """

    graph: dict
    weights: bytes
    accuracy: Accuracy | None

    def __repr__(self):
        layers = len(self.graph["layers"])
        return f"<Exported {self.graph['name']!r}: {layers} layers, {len(self.weights):,} bytes>"


def export(model, pictures=None, classes=None):
    """Turn a small Keras model into what the page's explorers run.

    Args:
        model: a built `keras.Model`, sequential or functional, with one input [batch, height,
            width, channels], one output, and the layers that the error below names.
        pictures: [count, height, width, channels], in the values that the model takes; the
            accuracy before and after rounding is measured on them.
        classes: their class numbers [count].

    Returns:
        An `Exported`.

    Raises:
        TypeError: `model` is not a Keras model.
        ValueError: a layer, an activation or an option that the page cannot run, several inputs
            or outputs, a model that is too large, weights beyond float16, or pictures that do
            not suit the model and the classes.
    """
    analysis = Analysis.of(_one_picture_to_one_output(model))
    _check_size(analysis)
    _check_once(analysis.graph.steps)
    picture = analysis.graph.inputs[0]
    names = {id(picture): picture.name}
    described = [_entry(picture.name, "InputLayer", picture)]
    for step in analysis.graph.steps:
        described.append(_described(step, [names[id(one)] for one in step.inputs]))
        names[id(step.outputs[0])] = step.name
    weights = b"".join(map(_rounded, analysis.graph.steps))
    graph = {"name": model.name, "layers": described, "crc32": zlib.crc32(weights)}
    kind = described[-1]["kind"]
    return Exported(graph, weights, _accuracy(model, kind, pictures, classes))


def chosen(outputs, kind):
    """Return the classes that a network's outputs tell.

    Args:
        outputs: [count, classes].
        kind: the name of the last layer's class.

    Returns:
        Class numbers [count]: of the smallest output of an `RBFOutput`, else of the largest.
    """
    return (np.argmin if kind == "RBFOutput" else np.argmax)(outputs, axis=-1)


def _one_picture_to_one_output(model):
    """Return the model if it has one image input and one output, channels last."""
    if not isinstance(model, keras.Model):
        raise TypeError(f"`model` must be a keras.Model. Received: {model!r}")
    if not getattr(model, "inputs", None):
        raise ValueError(
            "`model` must be a functional model, or a sequential one that is built: "
            f"begin it with keras.Input(shape). Received: {model.name!r}"
        )
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise ValueError(
            "`model` must have one input and one output. "
            f"Received: {len(model.inputs)} and {len(model.outputs)}"
        )
    shape = tuple(model.inputs[0].shape[1:])
    if len(shape) != 3 or None in shape:
        raise ValueError(
            f"`model` must take images of (height, width, channels), all given. Received: {shape}"
        )
    return model


def _check_size(analysis):
    for what, most, found in (
        ("weights, 240 kB in float16", MOST_WEIGHTS, analysis.params),
        ("multiply-adds for a picture", MOST_MACS, analysis.macs),
    ):
        if found > most:
            raise ValueError(
                f"`model` must have at most {most:,} {what}. "
                f"Received: {found:,} in {analysis.model.name!r}"
            )


def _check_once(steps):
    """Check that every layer is one that the page knows, and runs once if it has weights."""
    known = ", ".join(kind.__name__ for kind in _LAYERS)
    for step in steps:
        if type(step.operation) not in _LAYERS:
            raise ValueError(
                f"`model` may be made of {known}. "
                f"Received: {type(step.operation).__name__} {step.name!r}"
            )
    operations = [step.operation for step in steps if step.operation.weights]
    for operation in operations:
        if operations.count(operation) > 1:
            raise ValueError(
                "`model` must call each layer that has weights once. "
                f"Received: {operation.name!r}, called {operations.count(operation)} times"
            )


def _entry(name, kind, tensor, inputs=(), config=None, weights=()):
    return {
        "name": name,
        "kind": kind,
        "inputs": list(inputs),
        "shape": list(tensor.shape[1:]),
        "config": config or {},
        "weights": [{"name": one.name, "shape": list(one.shape)} for one in weights],
    }


def _described(step, inputs):
    layer = step.operation
    _check_axes(step)
    config = {key: _plain(getattr(layer, key)) for key in _LAYERS[type(layer)]}
    if "activation" in config:
        config["activation"] = _activation(layer, step.name)
    return _entry(step.name, type(layer).__name__, step.outputs[0], inputs, config, layer.weights)


def _plain(value):
    """Return an argument with lists for tuples and arrays."""
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value.tolist() if isinstance(value, np.generic | np.ndarray) else value


def _activation(layer, name):
    try:
        return _ACTIVATIONS[layer.activation]
    except (KeyError, TypeError):
        known = ", ".join(_ACTIVATIONS.values())
        raise ValueError(
            f"`model` may use the activations {known}. Received: {layer.activation!r} in {name!r}"
        ) from None


def _check_axes(step):
    """Check that the layer's channels are the last axis."""
    config, rank = step.operation.get_config(), len(step.outputs[0].shape)
    if config.get("data_format", "channels_last") != "channels_last":
        raise ValueError(f"`model` must have its channels last. Received: {step.name!r}")
    axis = config.get("axis", -1)
    if axis not in (-1, rank - 1, [rank - 1]):
        raise ValueError(
            f"`model` may normalize and join along its last axis. Received: {axis} in {step.name!r}"
        )


def _rounded(step):
    """Return a layer's weights as float16."""
    parts = []
    for weight in step.operation.weights:
        values = keras.ops.convert_to_numpy(weight).astype("float32")
        with np.errstate(over="ignore"):
            half = values.astype("<f2")
        if not np.isfinite(half).all():
            raise ValueError(
                "`model` must have weights below 65,504, the largest number of float16. "
                f"Received: {np.abs(values).max()} in {step.name!r}"
            )
        parts.append(half.tobytes())
    return b"".join(parts)


def _accuracy(model, kind, pictures, classes):
    if pictures is None and classes is None:
        return None
    pictures, classes = _checked(model, pictures, classes)
    rounded = keras.models.clone_model(model)
    rounded.set_weights([weight.astype("float16") for weight in model.get_weights()])
    before, after = (chosen(one.predict(pictures, verbose=0), kind) for one in (model, rounded))
    return Accuracy(
        float(np.mean(before == classes)),
        float(np.mean(after == classes)),
        int(np.sum(before != after)),
    )


def _checked(model, pictures, classes):
    """Return pictures and classes as arrays that suit the model."""
    shape, outputs = tuple(model.inputs[0].shape[1:]), tuple(model.outputs[0].shape[1:])
    if len(outputs) != 1:
        raise ValueError(f"`model` must end with one number per class. Received: {outputs}")
    if pictures is None or np.shape(pictures)[1:] != shape or not len(pictures):
        raise ValueError(
            f"`pictures` must be [count, {', '.join(map(str, shape))}]. "
            f"Received: {np.shape(pictures) if pictures is not None else None}"
        )
    count = len(pictures)
    if classes is None or np.shape(classes) != (count,):
        raise ValueError(
            f"`classes` must be {count} class numbers. "
            f"Received: {np.shape(classes) if classes is not None else None}"
        )
    return np.asarray(pictures), np.asarray(classes)
