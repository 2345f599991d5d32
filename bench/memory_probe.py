"""Run in a fresh process: `python -m bench.memory_probe NETWORK BATCH MODE` prints bytes as JSON.

The C library gives memory back to the system at once when it is told to (see bench/analysis.py),
so that the high-water mark of the resident set is that of live buffers.
"""

import json
import statistics
import sys
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from bench.networks import build

CALLS = 5


def _status(field):
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) * 1024
    raise LookupError(field)


def _inference(model):
    return lambda x, y: model(x, training=False)


def _training(model, optimizer):
    variables = model.trainable_variables
    if optimizer:
        optimizer.build(variables)

    def step(x, y):
        with tf.GradientTape() as tape:
            predicted = model(x, training=True)
            loss = keras.losses.sparse_categorical_crossentropy(y, predicted)
        gradients = tape.gradient(loss, variables)
        if optimizer is None:
            return gradients
        optimizer.apply(gradients, variables)
        return loss

    return step


def _peak(run, x, y):
    Path("/proc/self/clear_refs").write_text("5")  # forget the high-water mark
    before = _status("VmRSS:")
    result = run(x, y)
    peak = _status("VmHWM:")
    del result
    return peak - before


def measure(network, batch, mode):
    """Return the bytes above weights, slots and inputs that a call holds at its peak.

    The median of some calls after the first: other threads of the process come and go meanwhile.

    Args:
        network: a name that `bench.networks.build` knows.
        batch: pictures in a batch.
        mode: "inference", "gradient" (loss and gradients), or an optimizer's name.
    """
    model = build(network)
    if mode == "inference":
        step = _inference(model)
    else:
        step = _training(model, None if mode == "gradient" else keras.optimizers.get(mode))
    x = tf.constant(np.random.default_rng(0).random((batch, *model.input_shape[1:]), "float32"))
    y = tf.zeros((batch,), "int32")
    run = tf.function(step).get_concrete_function(x, y)
    run(x, y)
    return statistics.median_low(_peak(run, x, y) for _ in range(CALLS))


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]), sys.argv[3])))
