"""Which layers of a trained trunk serve ten new symbols.

The first k of the trunk's five convolutions, each with its batch normalization, are taken from the
network that has learned forty other symbols, and frozen; the rest begins with new weights and
learns, from 10 or from 100 pictures of each class. With k = 0 everything is new. A seed draws all
pictures, the chosen examples and the first weights; the seeds take the three trained trunks in
turn.
"""

from functools import cache

import numpy as np

from cnnlib.experiments import _steps
from cnnlib.experiments._declaration import Experiment, Rule
from cnnlib.experiments._transfer import BATCH, CLASSES, few, pictures, trunk
from cnnlib.training import restart

COPIED, EXAMPLES, RATE = range(6), (10, 100), 0.003


def _rule(claim, one, other, **ends):
    return Rule(claim, "accuracy", one, other, unit="percentage points", **ends)


EXPERIMENT = Experiment(
    question="How many layers of a trained network can be kept as they are for a new task?",
    claim="The first layers' features are general. Those of the last are specific to the task "
    "they were trained for, and frozen layers suffer where co-adapted neurons are split.",
    source="Yosinski, Clune, Bengio & Lipson 2014 (arXiv:1411.1792), abstract and figure 2",
    variants={
        f"{copied} of 5, {examples}": {"copied": copied, "examples": examples}
        for examples in EXAMPLES
        for copied in COPIED
    },
    scales={"glimpse": {"steps": 20}, "small": {"steps": 200}, "full": {"steps": 2000}},
    seeds={"glimpse": 1, "small": 5, "full": 20},
    measures={
        "trained": "numbers that training changes",
        "accuracy": "per cent of the new pictures right",
        "training": "per cent of the pictures learned from right",
    },
    rules=(
        _rule(
            "From 10 pictures of each class the first three layers, kept, help.",
            *("3 of 5, 10", "0 of 5, 10"),
            above=0,
        ),
        _rule(
            "From 10 pictures it is better to keep all five than the first three.",
            *("5 of 5, 10", "3 of 5, 10"),
            above=0,
        ),
        _rule(
            "From 100 pictures the first layer, kept, costs less than a point.",
            *("1 of 5, 100", "0 of 5, 100"),
            above=-1,
        ),
        _rule(
            "From 100 pictures it is worse to keep all five than the first three.",
            *("5 of 5, 100", "3 of 5, 100"),
            below=0,
        ),
    ),
)


def measure(seed, copied, examples, steps):
    """Learn the new symbols with some layers of the trunk and be judged on new pictures.

    Args:
        seed: of all that is drawn.
        copied: how many of the five convolutions are the trunk's, and frozen.
        examples: pictures of each class to learn from.
        steps: of gradient descent.

    Returns:
        The measures.
    """
    x, y, x_new, y_new = pictures(seed)
    random = np.random.default_rng(seed)
    chosen = few(y, examples, random)
    x, y = x[chosen], y[chosen]
    model = _network(copied, steps)
    restart(model, seed)
    for name in _frozen(copied):
        model.get_layer(name).set_weights(trunk(seed).get_layer(name).get_weights())
    _steps.learn(model, x, y, random, steps, BATCH)
    return {
        "trained": sum(int(np.prod(one.shape)) for one in model.trainable_variables),
        "accuracy": _steps.right(model, x_new, y_new),
        "training": _steps.right(model, x, y),
    }


def _frozen(copied):
    return [f"conv{number}{end}" for number in range(1, copied + 1) for end in ("", "_bn")]


@cache
def _network(copied, steps):
    import keras

    body = keras.models.clone_model(trunk(0))
    for name in _frozen(copied):
        body.get_layer(name).trainable = False
    dense = keras.layers.Dense(CLASSES, activation="softmax", kernel_initializer="zeros")
    return _steps.compiled(keras.Model(body.input, dense(body.output)), RATE, steps, together=10)
