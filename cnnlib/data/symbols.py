"""Mathematical symbols, drawn from fonts as if by hand."""

import numpy as np

from cnnlib.checks import check_integer
from cnnlib.data.alphabet import ALPHABET
from cnnlib.data.cache import cached
from cnnlib.data.dataset import Dataset, sizes, stratify
from cnnlib.data.stream import Stream

_VERSION = 1  # to be raised with every change of a pixel, whichever module it comes from


def symbols(classes=10, size=32, count=10_000, seed=0):
    """Draw symbols, or read them from the cache, as a `Dataset`; see `cnnlib.data.load`."""
    names = _names(classes)
    size = check_integer("size", size, least=16, most=300)
    count = check_integer("count", count, least=10 * len(names))
    seed = check_integer("seed", seed, least=0)
    counts = sizes(count)
    labels = np.arange(count) % len(names)
    labels = labels[np.concatenate(stratify(labels, counts, Stream(seed)))]

    def draw():
        from cnnlib.data import drawing

        return drawing.draw(names, labels, size, seed)

    images = cached("symbols", (_VERSION, names, size, count, seed), draw)
    ends = len(labels) - np.cumsum(counts[::-1])[::-1]
    parts = zip(np.split(images, ends), np.split(labels, ends), strict=True)
    return Dataset(*(array for part in parts for array in part), class_names=names)


def _names(classes):
    """Return the symbols that `classes` asks for, as a tuple."""
    if hasattr(classes, "__index__"):
        return tuple(ALPHABET)[: check_integer("classes", classes, least=2, most=len(ALPHABET))]
    if not isinstance(classes, list | tuple):
        raise TypeError(f"`classes` must be an integer or a list of names. Received: {classes!r}")
    names = tuple(classes)
    unknown = [name for name in names if not isinstance(name, str) or name not in ALPHABET]
    if unknown:
        raise ValueError(
            f"`classes` must be among {', '.join(ALPHABET)}. "
            f"Received: {', '.join(map(repr, unknown))}"
        )
    if len(set(names)) < max(len(names), 2):
        raise ValueError(f"`classes` must be at least two different names. Received: {classes!r}")
    return tuple(map(str, names))
