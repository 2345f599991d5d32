"""From a model and its data to findings: the rules, in the order in which they make sense."""

import keras
import numpy as np

from cnnlib.training import _data_rules, _network_rules, _probe
from cnnlib.training._network_rules import Layer

_MOST = 256  # pictures that the network is run on
_NUMBERS = 2**22  # in these pictures, roughly
_BATCH = 64  # pictures for steps of training
_COLUMNS = ("output", "dead", "saturated", "weights", "gradient", "moved")


def examine(model, x, y):
    """Return the findings and the table of measurements; see `diagnose`."""
    x, y = _probe.array(x), _probe.array(y)
    _check(model, x, y)
    shaped, found = _data_rules.suited(model, x)
    found += _data_rules.of_inputs(x)
    if shaped is None:
        return tuple(found), _table([])
    if not model.built:
        model.build((None, *shaped.shape[1:]))
    task = _data_rules.Task.of(model)
    labels, usable = _data_rules.of_labels(y, task)
    found += labels
    if not np.isfinite(x).all():
        return tuple(found), _table([])
    few = np.sort(np.random.default_rng(0).permutation(len(x))[: _count(shaped)])
    shown, output = _probe.run(model, shaped[few])
    rows = _rows(model, shown)
    found += _network_rules.of_scale(x, rows)
    found += _network_rules.of_output(y, task, rows)
    weights = [*_network_rules.of_weights(rows)]
    found += [*weights, *_network_rules.of_batches(rows)]
    found += _network_rules.of_activations(rows, output, task)
    trainable = any(row.kernels for row in rows)
    if usable and trainable and np.isfinite(output).all():
        rows, more = _trained(model, shaped[few], y[few], output, task, rows)
        found += more
    return tuple(found), _table(rows)


def _trained(model, x, y, output, task, rows):
    """Return the layers with what a step of training does to them, and what is wrong with it."""
    y = y.reshape(output.shape) if y.size == output.size else y
    loss = float(np.mean(_probe.array(keras.losses.get(model.loss)(y, output))))
    slopes = _probe.gradients(model, x, y)
    moves = _probe.moves(model, slopes)
    rows = _rows(model, [row.passed for row in rows], slopes, moves)

    def falls(times=1):
        seen = _probe.losses(model, x[:_BATCH], y[:_BATCH], 20, times)
        return np.mean(seen[-5:]) < 0.9 * min(seen[0], task.chance or np.inf)  # not to guessing

    return rows, [
        *_network_rules.of_loss(loss, task),
        *_network_rules.of_gradients(rows, loss, task),
        *_network_rules.of_rate(rows, loss, task, model.optimizer, falls),
    ]


def _check(model, x, y):
    if not len(x) or len(x) != len(y):
        raise ValueError(
            "`x` and `y` must hold as many pictures as classes, and one at least. "
            f"Received: {len(x)} and {len(y)}"
        )
    if not isinstance(model.loss, str | keras.Loss) and not callable(model.loss):
        raise ValueError(f"`model` must be compiled with one loss. Received: {model.loss!r}")
    ends = [getattr(model, name, None) or [None] if model.built else [None] for name in _ENDS]
    if any(len(end) != 1 for end in ends):
        raise ValueError(
            "`model` must have one input and one output. "
            f"Received: {len(ends[0])} and {len(ends[1])}"
        )


_ENDS = ("inputs", "outputs")


def _count(x):
    return min(_MOST, max(16, _NUMBERS // x[0].size))


def _rows(model, shown, slopes=None, moves=None):
    """Return a `Layer` per layer, with its trainable kernels."""
    places = {id(weight): place for place, weight in enumerate(model.trainable_variables)}
    rows, seen = [], set()
    for passed in shown:
        owned = getattr(passed.step.operation, "weights", ())
        mine = [w for w in owned if id(w) in places and len(w.shape) > 1 and id(w) not in seen]
        seen.update(map(id, mine))
        row = Layer(passed.step.name, passed, [_probe.array(weight) for weight in mine])
        if slopes is not None and mine:
            indices = [places[id(weight)] for weight in mine]
            gradient = _probe.rms(np.concatenate([slopes[i].ravel() for i in indices]))
            row = row._replace(gradient=gradient, moved=max(moves[i] for i in indices))
        rows.append(row)
    return rows


def _table(rows):
    import pandas as pd

    values = [
        (
            row.passed.size,
            row.passed.dead,
            row.passed.saturated,
            _probe.rms(np.concatenate([k.ravel() for k in row.kernels])) if row.kernels else None,
            row.gradient,
            row.moved,
        )
        for row in rows
    ]
    names = pd.Index([row.name for row in rows], name="layer", dtype=object)
    return pd.DataFrame(values, names, _COLUMNS, dtype=float)
