"""What a network of the book holds moment by moment, for every batch at once.

The page cannot repeat `cnnlib.analyze` for such networks. Every size grows linearly with the batch
(what convolution gradients borrow, up to some number of pictures), so two batches tell all of
them. Of the operations of one part of a network those remain that are the worst at some batch.
"""

import re
from functools import cache
from itertools import accumulate

import numpy as np

LARGEST = 256
"""The largest batch."""
MANY = 2**20
"""A batch beyond every limit of what is borrowed."""
PART = re.compile(r"fc|[A-Za-z]+\d+")


@cache
def network(name, dtype, optimizers):
    """Describe a network of the book as plain numbers, all in bytes.

    Args:
        name: as `cnnlib.analyze` takes it.
        dtype: as `cnnlib.analyze` takes it.
        optimizers: names of optimizers.

    Returns:
        A dict: "weights"; "trained", bytes of the weights that training changes; "picture";
        "parts", their names; "predict", a list of orders, and "train", such a list for each
        optimizer. An order is a list of moments [part, 1 on the way back, borrowed, outputs,
        gradients], in which "borrowed" is [once, for each picture, pictures at most], and the
        others hold [once, for each picture] for each part.
    """
    from cnnlib import analyze
    from cnnlib.analysis.memory import OPTIMIZERS
    from cnnlib.analysis.precision import Precision

    found, precision = analyze(name), Precision.of(dtype)
    parts = _parts(layer.name for layer in found.layers)
    how = {"precision": precision, "parts": parts}
    graphs = [found._graph(batch) for batch in (1, 2, MANY)]
    return {
        "weights": sum(map(precision.bytes_of_weight, found.model.weights)),
        "trained": sum(map(precision.bytes_of_weight, found.model.trainable_weights)),
        "picture": sum(map(precision.bytes_of, found.graph.inputs)),
        "parts": list(dict.fromkeys(parts.values())),
        "predict": _orders(graphs, training=False, update=None, **how),
        "train": {
            each: _orders(graphs, training=True, update=OPTIMIZERS[each], **how)
            for each in optimizers
        },
    }


def _parts(names):
    """Return the part of the network to which each layer belongs."""
    parts, part = {}, ""
    for name in names:
        named = PART.match(name)
        parts[name] = part = named[0] if named else part
    return parts


def _orders(graphs, **how):
    late = _moments(graphs, **how)
    early = _moments([graph.eager() for graph in graphs], **how)
    return [late] if early == late else [late, early]


def _moments(graphs, precision, parts, training, update):
    from cnnlib.analysis.modeltape import ModelTape
    from cnnlib.analysis.records import record

    one, two, many = (
        ModelTape(precision, training, update).follow(graph, record) for graph in graphs
    )
    names = list(dict.fromkeys(parts.values()))
    own = [names.index(parts[each.name]) for each in one.operations if each.name in parts]
    turn = len(own)
    if training:
        turn = next(i for i, each in enumerate(one.operations) if each.name == "loss")
        own.insert(turn, len(names) - 1)
    begun = [
        part if each.reads else 0 for part, each in zip(own[:turn], one.operations, strict=False)
    ]
    reached = [*accumulate(begun, max), *accumulate(own[turn:], min)]
    held = np.zeros((2, 2, len(names), len(own) + 1), "int64")  # once and each, forward and back
    for block in one.lives():
        maker = one.operations[block.first]
        slope = two.operations[block.first].writes.bytes - block.bytes
        size = np.array([block.bytes - slope, slope])
        place = (slice(None), int(block.first >= turn or not maker.reads), own[block.first])
        held[*place, block.first] += size
        if block.last is not None:
            held[*place, block.last + 1] -= size
    held = held.cumsum(axis=-1)[..., :-1]
    steps = zip(one.operations, two.operations, many.operations, strict=True)
    borrowed = np.array([_borrowed(*each) for each in steps])
    batches = np.arange(1, LARGEST + 1)
    once, each = held.sum(axis=(1, 2))
    capped = np.minimum(batches, borrowed[:, 2:])
    totals = once[:, None] + each[:, None] * batches + borrowed[:, :1] + borrowed[:, 1:2] * capped
    moments = []
    for start, end in _stretches(reached, turn):
        for at in sorted({*(start + totals[start:end].argmax(axis=0))}):
            sizes = held[..., at].transpose(1, 2, 0).tolist()
            moments.append([reached[at], int(at >= turn), borrowed[at].tolist(), *sizes])
    return moments


def _borrowed(one, two, many):
    """Return the workspace of an operation as [once, for each picture, pictures at most]."""
    slope = two.workspace - one.workspace
    most = (many.workspace - one.workspace) // slope + 1 if slope else 1
    return [one.workspace - slope, slope, most]


def _stretches(reached, turn):
    """Yield (start, end) of runs of operations in the same part and direction."""
    start = 0
    for at in range(1, len(reached) + 1):
        if at in (turn, len(reached)) or reached[at] != reached[start]:
            if at > start:
                yield start, at
            start = at
