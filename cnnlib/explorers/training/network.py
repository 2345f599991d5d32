"""The network that learns in the page, and the digits that it learns from."""

from functools import cache
from typing import NamedTuple

import ipywidgets as widgets
import numpy as np
import traitlets

from cnnlib.explorers.live_network.subject import HeldOut, held_out

SIDE, TAUGHT, HELD_OUT = 16, 40, 20
"""Pixels of a picture's side; pictures of each class to learn from, and to validate by."""

CONVOLUTION = {"strides": [1, 1], "padding": "valid", "dilation_rate": [1, 1], "groups": 1}
POOLING = {"pool_size": [2, 2], "strides": [2, 2], "padding": "valid"}


def _weighted(kernel):
    return [{"name": "kernel", "shape": kernel}, {"name": "bias", "shape": kernel[-1:]}]


def _convolution(size, inputs, filters):
    config = {"kernel_size": [size, size], **CONVOLUTION, "activation": "relu"}
    return config, _weighted([size, size, inputs, filters])


_RELU = {"max_value": None, "negative_slope": 0.0, "threshold": 0.0}
_NORM = [
    {"name": name, "shape": [32]} for name in ("gamma", "beta", "moving_mean", "moving_variance")
]

#: Name, kind, shape of the output, configuration and weights of every layer that there may be.
LAYERS = [
    ("picture", "InputLayer", [SIDE, SIDE, 1], {}, []),
    ("scale", "Rescaling", [SIDE, SIDE, 1], {"scale": 1 / 255, "offset": 0.0}, []),
    ("conv1", "Conv2D", [12, 12, 8], *_convolution(5, 1, 8)),
    ("pool1", "MaxPooling2D", [6, 6, 8], POOLING, []),
    ("conv2", "Conv2D", [4, 4, 16], *_convolution(3, 8, 16)),
    ("flat", "Flatten", [256], {}, []),
    ("hidden", "Dense", [32], {"activation": "linear"}, _weighted([256, 32])),
    ("norm", "BatchNormalization", [32], {"momentum": 0.9, "epsilon": 0.001}, _NORM),
    ("relu", "ReLU", [32], _RELU, []),
    ("dropout", "Dropout", [32], {"rate": 0.0}, []),
    ("digit", "Dense", [10], {"activation": "linear"}, _weighted([32, 10])),
    ("clipped", "ReLU", [10], _RELU, []),
    ("class", "Softmax", [10], {}, []),
]
KEYS = ("name", "kind", "shape", "config", "weights")


def layers():
    """Return every layer that there may be, as entries of a graph (see `cnnlib.live`)."""
    return [dict(zip(KEYS, one, strict=True)) for one in LAYERS]


def graph(inputs="scaled", norm=False, output="softmax", dropout=0.0):
    """Return the network of the settings as a graph without a checksum, its layers in one chain.

    Args:
        inputs: "scaled" or "raw".
        norm: whether there is batch normalization.
        output: "softmax", or "relu" for a ReLU in front of it.
        dropout: the rate.
    """
    absent = [name for name, there in (("norm", norm), ("clipped", output == "relu")) if not there]
    chain = [one for one in layers() if one["name"] not in absent]
    for before, one in zip([None, *chain], chain, strict=False):
        one["inputs"] = [before["name"]] if before else []
        if one["name"] == "scale":
            one["config"] = {"scale": 1 / 255 if inputs == "scaled" else 1, "offset": 0}
        if one["name"] == "dropout":
            one["config"] = {"rate": dropout}
    return {"name": "learner", "layers": chain}


class Numbers:
    """Random numbers from 0 to below 1, those of `stream` in `js/nn/random.js`.

    Args:
        seed: a whole number.
    """

    def __init__(self, seed):
        self._start = _hashed(np.array([seed + 0x9E3779B9], "uint32"))
        self._used = 0

    def draw(self, *shape):
        """Return the next numbers, float64 [*shape]."""
        count = int(np.prod(shape))
        numbers = np.arange(self._used, self._used + count, dtype="uint32")
        self._used += count
        return (_hashed(self._start + numbers) / 2**32).reshape(shape)

    def permutation(self, count):
        """Return the whole numbers below `count` in random order, those of `shuffled`."""
        order = np.arange(count)
        for i, number in zip(range(count - 1, 0, -1), self.draw(count - 1), strict=True):
            j = int(number * (i + 1))
            order[[i, j]] = order[[j, i]]
        return order


def _hashed(x):
    """C. Wellons, "Prospecting for Hash Functions", 2018: lowbias32."""
    x = (x ^ (x >> np.uint32(16))) * np.uint32(0x7FEB352D)
    x = (x ^ (x >> np.uint32(15))) * np.uint32(0x846CA68B)
    return x ^ (x >> np.uint32(16))


def _uniform(numbers, shape, limit):
    return (2 * numbers.draw(*shape) - 1) * limit


def _normal(numbers, shape, deviation):
    one, other = np.moveaxis(numbers.draw(*shape, 2), -1, 0)
    return deviation * np.sqrt(-2 * np.log(1 - one)) * np.cos(2 * np.pi * other)


def _kernel(initializer, shape, numbers):
    """Return a kernel as `INITIALIZERS` in `js/nn/weights.js` draw it."""
    cells = int(np.prod(shape[:-2]))
    inputs, outputs = cells * shape[-2], cells * shape[-1]
    if initializer == "zeros":
        return np.zeros(shape)
    if initializer == "glorot_uniform":
        return _uniform(numbers, shape, np.sqrt(6 / (inputs + outputs)))
    return _normal(numbers, shape, {"he_normal": np.sqrt(2 / inputs), "large": 1}[initializer])


def first_weights(graph, initializer, seed):
    """Return the weights with which the page starts, in the graph's order.

    Args:
        graph: of `graph`.
        initializer: "he_normal", "glorot_uniform", "zeros" or "large".
        seed: of the random numbers.

    Returns:
        A list of float32 arrays.
    """
    numbers = Numbers(4 * seed)
    constants = {"bias": 0, "beta": 0, "gamma": 1, "moving_mean": 0, "moving_variance": 1}
    return [
        np.full(one["shape"], constants[one["name"]], "float32")
        if one["name"] in constants
        else _kernel(initializer, one["shape"], numbers).astype("float32")
        for layer in graph["layers"]
        for one in layer["weights"]
    ]


class Lessons(widgets.Widget):
    """The `Digits` in the browser's memory; the explorers of a page share them."""

    pictures = traitlets.Bytes().tag(sync=True)
    labels = traitlets.List(traitlets.Int()).tag(sync=True)
    shuffled = traitlets.List(traitlets.Int()).tag(sync=True)
    held_out = traitlets.Instance(HeldOut).tag(sync=True, **widgets.widget_serialization)


class Digits(NamedTuple):
    """Digits to learn from and to validate by.

    Attributes:
        pictures: uint8 array [400, 16, 16, 1], sorted by class.
        labels: their classes [400].
        shuffled: the same in another order.
        held_out: uint8 array [200, 16, 16, 1].
        truth: their classes [200].
    """

    pictures: np.ndarray
    labels: np.ndarray
    shuffled: np.ndarray
    held_out: np.ndarray
    truth: np.ndarray


@cache
def digits():
    """Return the `Digits`, parts of scikit-learn's that are learned from and validated by."""
    from cnnlib.data.digits import digits as load
    from cnnlib.data.stream import Stream

    data = load(size=SIDE)
    taught = _of_each(data.y_train, TAUGHT)
    others = np.sort(_of_each(data.y_val, HELD_OUT))
    labels = data.y_train[taught]
    shuffled = labels[Stream(0).permutation(len(labels))]
    return Digits(data.x_train[taught], labels, shuffled, data.x_val[others], data.y_val[others])


def _of_each(labels, count):
    """Return the places of the first `count` pictures of each class, class after class."""
    return np.concatenate([np.flatnonzero(labels == one)[:count] for one in range(10)])


_lessons: list[Lessons] = []


def lessons():
    """Return the one widget that holds the digits."""
    if not _lessons or _lessons[0].comm is None:  # closed with its notebook's widgets
        held = digits()
        _lessons[:] = [
            Lessons(
                pictures=held.pictures.tobytes(),
                labels=held.labels.tolist(),
                shuffled=held.shuffled.tolist(),
                held_out=held_out(held.held_out, held.truth),
            )
        ]
    return _lessons[0]
