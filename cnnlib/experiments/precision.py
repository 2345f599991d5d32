"""Training in 16 bits: which gradients float16 loses, what is learned, and the time of a step.

A small network without batch normalization learns to name ten generated symbols of 16x16 pixels, in
float32 or in one of Keras's mixed precisions: the layers compute with 16-bit floats, the weights
are kept in float32, and with float16 the loss is scaled. A seed draws the pictures, their order and
the first weights; all precisions of a seed see the same. Then, with the network trained in float32,
the gradients of one batch are sorted by their power of two: those with respect to the outputs of
convolutions, poolings and the dense layer. From this follows what float16 would make of them, as
they are or scaled.

A step is timed in turns with one of an equal network in float32, so that whatever else the machine
does meets both. See the chapter "More than one device".
"""

import statistics
import time

import numpy as np

from cnnlib.data.symbols import symbols
from cnnlib.experiments import _steps
from cnnlib.experiments._declaration import Rule, TimedExperiment

CLASSES, BATCH, RATE = 10, 64, 0.002

LEAST, MOST = -60, 10
"""Powers of two of the first and of the last bin of gradients."""

LOST, LARGEST = -26, 15
"""What is below 2^(LOST + 1) becomes 0 in float16, what is above 2^(LARGEST + 1) infinite."""

SCALE = 15
"""The power of two with which Keras begins to scale a loss."""

EXPERIMENT = TimedExperiment(
    question="Which gradients does float16 lose, does mixed precision learn as much as float32, "
    "and is it faster on a processor?",
    claim="With a copy of the weights in float32, a scaled loss and sums in float32, training in "
    "float16 reaches the accuracy of float32; unscaled, many gradients are too small for float16.",
    source="Micikevicius et al. 2018, sections 3.1 to 3.3",
    variants={name: {"policy": name} for name in ("float32", "mixed_float16", "mixed_bfloat16")},
    scales={
        "glimpse": {"pictures": 400, "steps": 4, "rounds": 1},
        "small": {"pictures": 3000, "steps": 200, "rounds": 8},
        "full": {"pictures": 30_000, "steps": 3000, "rounds": 80},
    },
    seeds={"glimpse": 1, "small": 5, "full": 20},
    measures={
        "accuracy": "per cent of the new pictures right",
        "zero": "per cent of the gradients that are 0 in float32 already",
        "counts": f"the others, by their power of two from {LEAST} to {MOST}",
        "lost": "per cent of these that become 0 in float16",
        "kept": "per cent of these that still become 0 when the loss is scaled by 2^15",
        "overflow": "per cent of these that become infinite then",
        "ratio": "time of a step over that of a step in float32, medians",
        "step": "milliseconds a step, the median",
    },
    times=("ratio", "step"),
    rules=(
        Rule(
            "As they are, more than 1 % of the gradients that are not 0 become 0 in float16.",
            *("lost", "float32"),
            above=1,
            unit="%",
        ),
        Rule(
            "With the loss scaled by 2^15 less than 1 % do.",
            *("kept", "float32"),
            below=1,
            unit="%",
        ),
        Rule(
            "Mixed float16 names new pictures rightly within 2 points of float32.",
            *("accuracy", "mixed_float16", "float32"),
            above=-2,
            below=2,
            unit="percentage points",
        ),
        Rule(
            "Mixed bfloat16 names new pictures rightly within 2 points of float32.",
            *("accuracy", "mixed_bfloat16", "float32"),
            above=-2,
            below=2,
            unit="percentage points",
        ),
        Rule(
            "On this processor a step in mixed float16 is faster.",
            *("ratio", "mixed_float16"),
            below=1,
            unit="times",
        ),
        Rule(
            "On this processor a step in mixed bfloat16 is faster.",
            *("ratio", "mixed_bfloat16"),
            below=1,
            unit="times",
        ),
    ),
)


def measure(seed, policy, pictures, steps, rounds):
    """Train in a precision, judge on new pictures, and time a step against float32.

    Args:
        seed: of all that is drawn.
        policy: of Keras: "float32", "mixed_float16" or "mixed_bfloat16".
        pictures: how many are drawn, those to be judged by included.
        steps: of gradient descent.
        rounds: of five steps in this precision and five in float32.

    Returns:
        The measures; those of gradients are None but for float32.
    """
    data = symbols(CLASSES, size=16, count=pictures, seed=seed)
    random = np.random.default_rng(seed)
    order = [random.choice(len(data.x_train), BATCH, replace=False) for _ in range(steps)]
    batches = [(data.x_train[rows], data.y_train[rows]) for rows in order]
    model, reference = compiled(policy, seed), compiled("float32", seed)
    for batch in batches:
        model.train_on_batch(*batch)
    measured = dict.fromkeys(EXPERIMENT.measures)
    measured["accuracy"] = _steps.right(model, *_steps.held_out(data))
    if policy == "float32":
        measured |= _sorted(gradients(model, *batches[-1]))
    reference.train_on_batch(*batches[0])  # compiles
    spent = [(_time(model, batches[:5]), _time(reference, batches[:5])) for _ in range(rounds)]
    step, other = (statistics.median(times) for times in zip(*spent, strict=True))
    return measured | {"ratio": round(step / other, 3), "step": round(step, 3)}


def compiled(policy, seed):
    """Build the network, ready to be trained.

    Args:
        policy: as in `measure`.
        seed: of the first weights.

    Returns:
        A compiled `keras.Model` from pictures [batch, 16, 16, 1] of 0 to 255 to ten scores, which
        are float32 in every precision.
    """
    import keras
    from keras import Input, Sequential, layers

    keras.utils.set_random_seed(seed)
    network = [Input((16, 16, 1)), layers.Rescaling(1 / 127.5, offset=-1, dtype=policy)]
    for maps in (16, 32, 32):
        network.append(layers.Conv2D(maps, 3, padding="same", activation="relu", dtype=policy))
        network.append(layers.MaxPooling2D(2, dtype=policy))
    network += [layers.Flatten(dtype=policy), layers.Dense(CLASSES, dtype="float32")]
    optimizer = keras.optimizers.Adam(RATE)
    if policy == "mixed_float16":
        optimizer = keras.optimizers.LossScaleOptimizer(optimizer)
    model = Sequential(network)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer, loss)
    return model


def gradients(model, images, classes):
    """Return the derivatives of a batch's mean loss with respect to the layers' outputs.

    Args:
        model: a `keras.Sequential` that gives scores.
        images: the batch.
        classes: its classes.

    Returns:
        Array of float32: those of convolutions, poolings and the dense layer, one behind the other.
    """
    import keras
    import tensorflow as tf
    from keras import layers

    losses = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    outputs, x = [], tf.constant(images)
    with tf.GradientTape() as tape:
        for layer in model.layers:
            x = layer(x)
            if isinstance(layer, (layers.Conv2D, layers.MaxPooling2D, layers.Dense)):
                tape.watch(x)
                outputs.append(x)
        loss = losses(classes, x)
    found = tape.gradient(loss, outputs)
    return np.concatenate([np.ravel(one) for one in found])


def _sorted(values):
    """Return the measures of gradients."""
    sizes = np.abs(values[values != 0])
    powers = np.clip(np.floor(np.log2(sizes)), LEAST, MOST).astype(int)
    half = {scale: (sizes.astype("float64") * 2.0**scale).astype("float16") for scale in (0, SCALE)}
    return {
        "zero": round(100 * float((values == 0).mean()), 3),
        "counts": np.bincount(powers - LEAST, minlength=MOST - LEAST + 1).tolist(),
        "lost": round(100 * float((half[0] == 0).mean()), 3),
        "kept": round(100 * float((half[SCALE] == 0).mean()), 3),
        "overflow": round(100 * float(np.isinf(half[SCALE]).mean()), 3),
    }


def _time(model, batches):
    """Return the milliseconds of a step."""
    start = time.perf_counter()
    for batch in batches:
        model.train_on_batch(*batch)
    return 1e3 * (time.perf_counter() - start) / len(batches)
