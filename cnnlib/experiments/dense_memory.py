"""The memory that a training step of a DenseNet and of a ResNet takes, predicted and measured.

Both have their papers' form for small pictures: DenseNets that grow by 12 maps a layer, without
bottlenecks, and ResNets of 16, 32 and 64 maps. A step computes the gradients of a loss for 16
pictures of 32x32 pixels. Each run starts a process of its own, in which the C library gives memory
back to the system at once and oneDNN keeps no buffers: there the high-water mark of the resident
set is that of live tensors. The median of five steps after a first one counts. Linux alone tells
its processes this mark. See the chapter "DenseNet".
"""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from cnnlib.experiments._declaration import Rule, TimedExperiment

BATCH, STEPS = 16, 5

GIVE_BACK = {
    "MALLOC_MMAP_THRESHOLD_": "65536",
    "MALLOC_TRIM_THRESHOLD_": "65536",
    "TF_ENABLE_ONEDNN_OPTS": "0",
}
"""What the environment of the process says."""

DEPTHS = {"dense": (16, 28, 40), "residual": (14, 38)}
"""Kind of a network -> layers with weights."""

NAMES = {"dense": "DenseNet", "residual": "ResNet"}

VARIANTS = {
    f"{NAMES[kind]}-{depth}": {"kind": kind, "place": place}
    for kind, depths in DEPTHS.items()
    for place, depth in enumerate(depths)
}

EXPERIMENT = TimedExperiment(
    question="How does the memory of a training step grow with the depth of a DenseNet and of a "
    "ResNet, and is it what `cnnlib.analyze` predicts?",
    claim="A naive implementation of a DenseNet takes memory that grows with the square of its "
    "depth, because every concatenation and every normalization makes a copy of all maps so far.",
    source="Pleiss, Chen, Huang, Li, van der Maaten & Weinberger 2017, sections 1 and 3",
    variants=VARIANTS,
    scales={
        "glimpse": {"depths": {"dense": [10] * 3, "residual": [8] * 2}},
        "small": {"depths": {kind: list(depths) for kind, depths in DEPTHS.items()}},
        "full": {"depths": {"dense": [40, 70, 100], "residual": [38, 110]}},
    },
    seeds={"glimpse": 1, "small": 3, "full": 5},
    measures={
        "loss": "mean cross-entropy of the step",
        "parameters": "trained",
        "predicted": "MB above weights and pictures that `analyze` predicts for a step",
        "measured": "MB above weights and pictures that a step was seen to take",
        "error": "per cent by which the prediction lies above what was measured",
    },
    times=("measured", "error"),
    rules=tuple(
        Rule(
            f"A step of {name} takes the memory that `analyze` predicts, to a tenth.",
            *("error", name),
            above=-10,
            below=10,
            unit="%",
        )
        for name in VARIANTS
    ),
)


def measure(seed, kind, place, depths):
    """Take steps in a process of its own, and predict what they take.

    Args:
        seed: of the first weights and of the pictures.
        kind: "dense" or "residual".
        place: of the network's depth in `depths`.
        depths: kind of a network -> layers with weights, by place.

    Returns:
        The measures.
    """
    from cnnlib import analyze

    depth = depths[kind][place]
    task = f"from {work.__module__} import work; work({kind!r}, {depth}, {seed})"
    done = subprocess.run(
        [sys.executable, "-c", task],
        env=os.environ | GIVE_BACK,
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    loss, taken = json.loads(done.stdout.splitlines()[-1])
    analysis = analyze(build(kind, depth), batch_size=BATCH)
    memory = analysis.training(None)
    predicted = memory.total - memory.weights - memory.inputs
    return {
        "loss": round(loss, 4),
        "parameters": analysis.trainable_params,
        "predicted": round(predicted / 1e6, 2),
        "measured": round(taken / 1e6, 2),
        "error": round(100 * (predicted / taken - 1), 2),
    }


def build(kind, depth):
    """Build a network, not trained.

    Args:
        kind: "dense" or "residual".
        depth: layers with weights.

    Returns:
        A `keras.Model` from pictures [batch, 32, 32, 3] to ten probabilities.
    """
    from cnnlib import models

    return {"dense": models.DenseNetCIFAR, "residual": models.ResNetCIFAR}[kind](depth=depth)


def work(kind, depth, seed):
    """Be the process: print the loss and the bytes that a step takes.

    Args:
        kind: as for `build`.
        depth: as for `build`.
        seed: of the first weights and of the pictures.
    """
    import keras
    import tensorflow as tf

    from cnnlib import device

    device.setup(seed=seed)
    model = build(kind, depth)
    x = tf.random.normal([BATCH, *model.input_shape[1:]])
    y = tf.random.uniform([BATCH], 0, 10, "int32")

    def step(x, y):
        with tf.GradientTape() as tape:
            guesses = model(x, training=True)
            loss = tf.reduce_mean(keras.losses.sparse_categorical_crossentropy(y, guesses))
        return loss, tape.gradient(loss, model.trainable_variables)

    run = tf.function(step).get_concrete_function(x, y)
    loss, _ = run(x, y)
    taken = statistics.median_low([_peak(run, x, y) for _ in range(STEPS)])
    print(json.dumps([float(loss), taken]))


def _peak(run, x, y):
    Path("/proc/self/clear_refs").write_text("5")  # forget the high-water mark
    before = _status("VmRSS:")
    result = run(x, y)
    peak = _status("VmHWM:")
    del result
    return peak - before


def _status(field):
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field):
            return 1024 * int(line.split()[1])
    raise LookupError(field)
