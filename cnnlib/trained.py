"""The trained networks that live in the book's pages, by name.

The experiment `live_digits` trains the network "digits" and keeps its weights among its results,
and so for every name; without another seed, the network of the first one comes, not that of the
best.
"""

import base64
import binascii
import zlib
from typing import NamedTuple

import numpy as np

from cnnlib.checks import check_choice, check_integer
from cnnlib.experiments import _declaration, _runner, _store

_PREFIX = "live_"

SHOWN = 200
"""Held-out pictures that a page brings along: the first of the test pictures."""


class Network(NamedTuple):
    """A trained network as a page takes it, with pictures that it has not learned from.

    Attributes:
        graph: its layers as a dict that JSON can hold; see `cnnlib.live`.
        weights: bytes, float16; see `cnnlib.live`.
        pictures: uint8 array [200, height, width, 1], the values that the network takes, in 16
            shades of grey (multiples of 17), so that a page needs half a byte for each.
        classes: int64 array [200], the class of each picture: an index into `class_names`.
        class_names: tuple of strings.
    """

    graph: dict
    weights: bytes
    pictures: np.ndarray
    classes: np.ndarray
    class_names: tuple


def available():
    """Return the names of the networks.

    Returns:
        Sorted list of strings.
    """
    names = _declaration.available()
    return [name.removeprefix(_PREFIX) for name in names if name.startswith(_PREFIX)]


def network(name, seed=0, folder=_store.RESULTS):
    """Return a trained network for the page.

    Args:
        name: one of `available()`; the module `cnnlib.experiments.live_<name>` says what it is.
        seed: of its training.
        folder: a `pathlib.Path`, where the experiment's results are kept.

    Returns:
        A `Network`.

    Raises:
        TypeError: `name` is not a string, or `seed` not an integer.
        ValueError: `name` is unknown, or the weights are missing or damaged.
    """
    from cnnlib import live

    exported = live.export(model(name, seed, folder))
    data = _declaration.module(_PREFIX + name).pictures()
    pictures, classes = sixteen_shades(data.x_test[:SHOWN]), data.y_test[:SHOWN]
    return Network(exported.graph, exported.weights, pictures, classes, data.class_names)


def sixteen_shades(pictures):
    """Round pictures to 16 shades of grey.

    Args:
        pictures: uint8 array of any shape.

    Returns:
        uint8 array of that shape, multiples of 17.
    """
    return (17 * np.round(pictures / 17)).astype("uint8")


def model(name, seed=0, folder=_store.RESULTS):
    """Return a trained network as a Keras model.

    Args:
        name: as in `network`.
        seed: as in `network`.
        folder: as in `network`.

    Returns:
        A `keras.Model`, not compiled, from pictures [batch, height, width, 1] of 0 to 255 to the
        probabilities of the classes, of "lenet" to distances. Its weights are numbers of float16.

    Raises:
        TypeError: `name` is not a string, or `seed` not an integer.
        ValueError: `name` is unknown, or the weights are missing or damaged.
    """
    check_choice("name", name, available())
    check_integer("seed", seed, least=0)
    experiment = _PREFIX + name
    found = {run["seed"]: run["measured"] for run in _runner.latest(experiment, "small", folder)}
    if seed not in found:
        raise ValueError(
            f"`seed` must be one that `python -m cnnlib experiment {experiment}` has trained: "
            f"{', '.join(map(str, found)) or 'none'}. Received: {seed}"
        )
    built = _declaration.module(experiment).build()
    built.set_weights(_weights(found[seed], [weight.shape for weight in built.weights], name))
    return built


def _weights(measured, shapes, name):
    """Return the stored weights as arrays of the given shapes, after a look at the checksum."""
    try:
        stored = base64.b64decode(measured["weights"], validate=True)
    except binascii.Error:
        stored = b""
    sizes = [int(np.prod(shape)) for shape in shapes]
    if zlib.crc32(stored) != measured["checksum"] or len(stored) != 2 * sum(sizes):
        raise ValueError(
            f"`{_PREFIX}{name}.jsonl` must hold {sum(sizes):,} undamaged weights: take the line "
            f"out and run `python -m cnnlib experiment {_PREFIX}{name}`. "
            f"Received: {len(stored):,} bytes, not those of the checksum"
        )
    parts = np.split(np.frombuffer(stored, "<f2"), np.cumsum(sizes)[:-1])
    return [part.reshape(shape) for part, shape in zip(parts, shapes, strict=True)]
