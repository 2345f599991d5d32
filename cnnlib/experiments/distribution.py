"""A batch divided over two devices against the same batch on one: the loss, and the time of a step.

A small network learns from generated symbols of 16x16 pixels by plain gradient descent, 64 pictures
a step. The two devices are two logical CPUs of one process, or two processes that talk over
loopback; each takes every other picture of the batch, and the gradients of both are added. Beside
it, in the same process, an equal network learns from the same batches on one device. Blocks of
steps of the one and of the other take turns, so that whatever else the machine does meets both.
With batch normalization each device normalizes by its own half.

What is on two devices shares the same cores: no speed can be gained here, only the cost be seen.
Each run starts processes of its own, since TensorFlow fixes its devices when it starts. See the
chapter "More than one device".
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import time

import numpy as np

from cnnlib import device
from cnnlib.data.symbols import symbols
from cnnlib.experiments._declaration import Rule, TimedExperiment

CLASSES, BATCH, RATE = 10, 64, 0.05

EXPERIMENT = TimedExperiment(
    question="Does a batch that is divided over two devices give the loss of one device, and what "
    "does dividing it cost in time where both share the same cores?",
    claim="Workers that each take a part of a batch and add up their gradients compute the step "
    "that one worker would, if each divides its loss by the size of the whole batch; batch "
    "normalization's statistics are each worker's own.",
    source="Goyal et al. 2017, sections 2.3 and 3",
    variants={
        "two logical devices": {"processes": 1, "batch_norm": False},
        "two processes": {"processes": 2, "batch_norm": False},
        "batch normalization": {"processes": 1, "batch_norm": True},
    },
    scales={
        "glimpse": {"steps": 4, "blocks": 1},
        "small": {"steps": 60, "blocks": 12},
        "full": {"steps": 600, "blocks": 60},
    },
    seeds={"glimpse": 1, "small": 5, "full": 20},
    measures={
        "loss": "on one device, in the last step",
        "difference": "the largest, over the steps, between the losses of one device and of two",
        "ratio": "time of a step on two devices over that on one, medians of the blocks",
        "one": "milliseconds a step on one device, the median of the blocks",
        "two": "milliseconds a step on two devices",
    },
    times=("ratio", "one", "two"),
    rules=(
        Rule(
            "Two logical devices give the loss of one, to a ten-thousandth.",
            *("difference", "two logical devices"),
            below=1e-4,
        ),
        Rule(
            "Two processes give the loss of one device, to a ten-thousandth.",
            *("difference", "two processes"),
            below=1e-4,
        ),
        Rule(
            "With batch normalization the loss on two differs by more than a thousandth.",
            *("difference", "batch normalization"),
            above=1e-3,
        ),
        Rule(
            "On the same cores, a step on two logical devices takes longer.",
            *("ratio", "two logical devices"),
            above=1,
            unit="times",
        ),
        Rule(
            "On the same cores, a step in two processes takes longer.",
            *("ratio", "two processes"),
            above=1,
            unit="times",
        ),
    ),
)


def measure(seed, processes, batch_norm, steps, blocks):
    """Let one device and two learn from the same batches, in processes of their own.

    Args:
        seed: of the pictures, their order and the first weights.
        processes: 1 for two logical devices, 2 for one device in each of two processes.
        batch_norm: whether the network has batch normalization.
        steps: of gradient descent.
        blocks: into which they are divided; one device and two take turns.

    Returns:
        The measures.
    """
    settings = {"seed": seed, "batch_norm": batch_norm, "steps": steps, "blocks": blocks}
    task = f"from {work.__module__} import work; work({processes}, {settings!r})"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", task], env=environment, stdout=subprocess.PIPE, text=True
        )
        for environment in _environments(processes)
    ]
    try:
        printed = [process.communicate(timeout=600)[0] for process in started]
    finally:
        for process in started:
            process.kill()
    if any(process.returncode for process in started):
        raise RuntimeError(f"A process failed. Received: {printed!r}")
    return json.loads(printed[0].splitlines()[-1])


def work(processes, settings):
    """Be one of the processes; the first prints the measures.

    Args:
        processes: how many there are.
        settings: as for `measure`.
    """
    import tensorflow as tf

    if processes == 1:
        cpu = tf.config.list_physical_devices("CPU")[0]
        tf.config.set_logical_device_configuration(
            cpu, [tf.config.LogicalDeviceConfiguration()] * 2
        )
        two = tf.distribute.MirroredStrategy(["/cpu:0", "/cpu:1"])
    else:
        two = tf.distribute.MultiWorkerMirroredStrategy()
    first = processes == 1 or two.cluster_resolver.task_id == 0
    measured = _compared(tf.distribute.OneDeviceStrategy("/cpu:0"), two, first, **settings)
    if first:
        print(json.dumps(measured))


def build(batch_norm):
    """Build the network, not trained.

    Args:
        batch_norm: whether each convolution is followed by batch normalization.

    Returns:
        A `keras.Model` from pictures [batch, 16, 16, 1] of 0 to 255 to ten scores.
    """
    from keras import Input, Sequential, layers

    network = [Input((16, 16, 1)), layers.Rescaling(1 / 127.5, offset=-1)]
    for maps in (16, 32):
        network.append(layers.Conv2D(maps, 3, padding="same"))
        network += [layers.BatchNormalization()] if batch_norm else []
        network += [layers.ReLU(), layers.MaxPooling2D(2)]
    return Sequential([*network, layers.Flatten(), layers.Dense(CLASSES)])


def trainer(strategy, seed, batch_norm):
    """Return a function that makes a step with a new network.

    Args:
        strategy: a `tf.distribute.Strategy`.
        seed: of the first weights.
        batch_norm: as in `build`.

    Returns:
        A function of a batch's pictures and classes, as the strategy's values, that returns the
        mean loss over the whole batch before the step.
    """
    import keras
    import tensorflow as tf

    with strategy.scope():
        keras.utils.set_random_seed(seed)
        model = build(batch_norm)
        optimizer = keras.optimizers.SGD(RATE)
        optimizer.build(model.trainable_variables)
    losses = keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction="sum")

    def replica(images, classes):
        with tf.GradientTape() as tape:
            loss = losses(classes, model(images, training=True)) / BATCH
        weights = model.trainable_variables
        optimizer.apply(tape.gradient(loss, weights), weights)  # adds up all devices' gradients
        return loss

    @tf.function
    def step(images, classes):
        return strategy.reduce("sum", strategy.run(replica, (images, classes)), axis=None)

    return step


def _environments(processes):
    """Return the variables for each process: where it finds the library, and who else there is."""
    common = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "TF_CPP_MIN_LOG_LEVEL": "3"}
    if processes == 1:
        return [common]
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(processes)]
    workers = [f"127.0.0.1:{one.getsockname()[1]}" for one in sockets]
    for one in sockets:
        one.close()
    tasks = [{"type": "worker", "index": index} for index in range(processes)]
    return [
        common | {"TF_CONFIG": json.dumps({"cluster": {"worker": workers}, "task": task})}
        for task in tasks
    ]


def _compared(one, two, first, seed, batch_norm, steps, blocks):
    """Return the measures; only the first process trains on one device as well."""
    device.setup(seed=seed)
    data = symbols(CLASSES, size=16, count=1000, seed=seed)
    random = np.random.default_rng(seed)
    strategies = {"one": one, "two": two} if first else {"two": two}
    trainers = {name: trainer(strategy, seed, batch_norm) for name, strategy in strategies.items()}
    losses, times = {name: [] for name in trainers}, {name: [] for name in trainers}
    for block in range(blocks + 1):  # the first, of a single step, compiles
        count = steps // blocks if block else 1
        chosen = [random.choice(len(data.x_train), BATCH, replace=False) for _ in range(count)]
        for name, step in trainers.items():
            batches = [_divided(strategies[name], data, rows) for rows in chosen]
            _meet(strategies[name])  # or a process would begin while another trains on one device
            start = time.perf_counter()
            losses[name] += [float(step(*batch)) for batch in batches]
            times[name].append(1e3 * (time.perf_counter() - start) / count)
    if not first:
        return None
    single, double = (statistics.median(times[name][1:]) for name in ("one", "two"))
    return {
        "loss": round(losses["one"][-1], 5),
        "difference": float(f"{np.abs(np.subtract(*losses.values())).max():.3g}"),
        "ratio": round(double / single, 3),
        "one": round(single, 3),
        "two": round(double, 3),
    }


def _meet(strategy):
    """Wait until all devices are here."""
    import tensorflow as tf

    strategy.reduce("sum", strategy.run(lambda: tf.ones([])), axis=None)


def _divided(strategy, data, rows):
    """Return pictures and classes of a batch, every device's own part."""
    import tensorflow as tf

    def part(values):
        def own(context):
            mine = slice(context.replica_id_in_sync_group, None, context.num_replicas_in_sync)
            return tf.constant(values[rows[mine]])

        return strategy.experimental_distribute_values_from_function(own)

    return part(data.x_train), part(data.y_train)
