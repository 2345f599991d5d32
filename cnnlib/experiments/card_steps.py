"""A training step of seven networks on a graphics card: its memory, and its time.

Networks of `cnnlib.models`, and those of `keras.applications` of the same names, learn from noise
of their own picture's size: SGD with momentum, in float32 or in a mixed precision. Every network is
timed in turns with the book's of its name in float32, so that whatever else the machine does meets
both. The pictures lie on the card before the clock starts.

Under JAX a step is compiled by XLA, which plans all of its memory beforehand; that plan, weights
and batch included, is the memory measured. Other back ends of Keras do not tell. Where a card can,
JAX multiplies float32 numbers as TensorFloat-32, with 10 bits for digits.

The stored runs are those of one NVIDIA H200. Other processes trained on it during those of
ResNet-50 and VGG-16: their steps took longer and varied more, in both networks of a turn.
DenseNet-121 was declared, too; the time on the card had run out before its turn. See the chapter
"More than one device".
"""

import importlib
import statistics
import time
from functools import cache

import numpy as np

from cnnlib.experiments._declaration import CardExperiment, Rule
from cnnlib.training import restart

RATE, MOMENTUM = 1e-4, 0.9

STEPS = 5
"""Steps of a round."""

PREDICTED = {
    "AlexNet": (1.710, 1.653),
    "GoogLeNet": (2.322, 1.778),
    "ResNet50": (5.551, 4.370),
    "InceptionV3": (6.308, 4.488),
    "VGG16": (6.712, 4.785),
    "SEResNet50": (6.977, 5.094),
    "Xception": (15.731, 10.828),
}
"""Network -> GB that `analyze` predicts for a step with 64 pictures: in float32, mixed."""

TWINS = ("VGG16", "InceptionV3", "ResNet50", "Xception")
"""Networks that `keras.applications` has as well."""


def _variants():
    for network in PREDICTED:
        for policy in ("float32", "mixed_float16"):
            yield f"{network}, {policy}", (network, network, policy)
    yield "ResNet50, mixed_bfloat16", ("ResNet50", "ResNet50", "mixed_bfloat16")
    for network in TWINS:
        yield f"{network} of Keras", (network, f"keras.applications:{network}", "float32")


def _rules():
    for network, predicted in PREDICTED.items():
        for policy, size in zip(("float32", "mixed_float16"), predicted, strict=True):
            yield Rule(
                f"{network} in {policy} takes the memory that `analyze` predicts, to a quarter.",
                *("memory", f"{network}, {policy}"),
                above=0.75 * size,
                below=1.25 * size,
                unit="GB",
            )
    for network in PREDICTED:
        yield Rule(
            f"{network} is faster in mixed float16.",
            *("ratio", f"{network}, mixed_float16"),
            below=1,
            unit="of float32's time",
        )
    for network in TWINS:
        yield Rule(
            f"Keras's {network} takes as long as the book's, to a tenth.",
            *("ratio", f"{network} of Keras"),
            above=0.9,
            below=1.1,
            unit="of the book's time",
        )


EXPERIMENT = CardExperiment(
    question="What do the book's networks need on a graphics card, in memory and in time, beside "
    "what `analyze` predicts and what Keras's own networks need?",
    claim="Mixed precision makes training faster on a card with units for 16 bits, and halves what "
    "the outputs of layers take.",
    source="Micikevicius et al. 2018, section 1",
    variants={
        name: dict(zip(("reference", "model", "policy"), settings, strict=True))
        for name, settings in _variants()
    },
    scales={
        "glimpse": {
            "reference": "LeNet5Modern",
            "model": "LeNet5Modern",
            "batch": 4,
            "rounds": 1,
        },
        "small": {"batch": 64, "rounds": 4},
        "full": {"batch": 64, "rounds": 40},
    },
    seeds={"glimpse": 1, "small": 3, "full": 10},
    measures={
        "loss": "after the first steps",
        "weights": "how many the network has",
        "memory": "GB of a step by XLA's plan; none where the back end is not JAX",
        "ratio": "time of a step over that of the book's network in float32, medians of the rounds",
        "step": "milliseconds a step, the median of the rounds",
    },
    times=("ratio", "step"),
    rules=tuple(_rules()),
)


def measure(seed, reference, model, policy, batch, rounds):
    """Time a network's steps, in turns with those of another one.

    Args:
        seed: of the pictures; the first weights are always the same.
        reference: a name that `cnnlib.models` knows, of the other network, which is in float32.
        model: the network's own name.
        policy: of Keras: "float32", "mixed_float16" or "mixed_bfloat16".
        batch: pictures in a step.
        rounds: of five steps of each network.

    Returns:
        The measures.
    """
    train, memory = trainer(model, policy, batch, seed)
    other, _ = trainer(reference, "float32", batch, seed)
    loss, _ = train(), other()  # neither begins in the timed steps
    spent = [(_time(train), _time(other)) for _ in range(rounds)]
    step, base = (statistics.median(times) for times in zip(*spent, strict=True))
    return {
        "loss": round(loss, 4),
        "weights": compiled(model, policy).count_params(),
        "memory": memory,
        "ratio": round(step / base, 3),
        "step": round(step, 3),
    }


def trainer(model, policy, batch, seed):
    """Return a function that trains a network for some steps, and what a step takes.

    Args:
        model: as in `measure`.
        policy: as in `measure`.
        batch: as in `measure`.
        seed: as in `measure`.

    Returns:
        A function that makes `STEPS` steps and returns the loss when they are done, and the GB of a
        step or None.
    """
    import keras

    network, random = compiled(model, policy), np.random.default_rng(seed)
    images = random.standard_normal((batch, *network.input_shape[1:]), "float32")
    classes = random.integers(network.output_shape[-1], size=batch, dtype="int32")
    if keras.backend.backend() != "jax":
        restart(network, seed)
        return lambda: [network.train_on_batch(images, classes) for _ in range(STEPS)][-1], None
    import jax

    step, state = program(model, policy, batch), jax.tree.map(jax.numpy.copy, _state(network))
    images, classes = jax.device_put((images, classes))

    def train():
        nonlocal state
        for _ in range(STEPS):
            logs, state = step(state, (images, classes))
        return float(logs["loss"])  # waits for the last step

    plan = step.memory_analysis()
    taken = plan.argument_size_in_bytes + plan.temp_size_in_bytes
    made = plan.output_size_in_bytes - plan.alias_size_in_bytes
    return train, round((taken + made) / 1e9, 4)


@cache
def compiled(model, policy):
    """Return a network, compiled for training.

    Args:
        model: as in `measure`.
        policy: as in `measure`.

    Returns:
        A `keras.Model`; its first weights are always the same.
    """
    import keras

    # By its name: a change of some other network would make these runs stale, which few machines
    # can repeat. That a network itself did not change is seen from its number of weights.
    models = importlib.import_module("cnnlib.models")
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(policy)
    try:
        keras.utils.set_random_seed(0)
        network = models.build(model)
        network.compile(keras.optimizers.SGD(RATE, MOMENTUM), "sparse_categorical_crossentropy")
    finally:
        keras.config.set_dtype_policy(before)
    network.optimizer.build(network.trainable_variables)
    return network


@cache
def program(model, policy, batch):
    """Compile a training step under JAX.

    Args:
        model: as in `measure`.
        policy: as in `measure`.
        batch: as in `measure`.

    Returns:
        A function of Keras's training state, which it overwrites, and of (pictures, classes); it
        returns Keras's logs and the new state.
    """
    import jax

    network = compiled(model, policy)
    images = jax.ShapeDtypeStruct((batch, *network.input_shape[1:]), "float32")
    classes = jax.ShapeDtypeStruct((batch,), "int32")
    step = jax.jit(network.train_step, donate_argnums=0)
    return step.lower(_state(network), (images, classes)).compile()


def _state(network):
    """Return what Keras's `train_step` under JAX is given, and gives back changed."""
    parts = (
        network.trainable_variables,
        network.non_trainable_variables,
        network.optimizer.variables,
        network.metrics_variables,
    )
    return tuple([variable.value for variable in part] for part in parts)


def _time(train):
    """Return the milliseconds of a step."""
    start = time.perf_counter()
    train()
    return 1e3 * (time.perf_counter() - start) / STEPS
