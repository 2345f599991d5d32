"""From how many pictures ten new symbols are learned: with a trained trunk, and without.

Four ways to learn from the same 3 to 100 pictures of each class: a dense layer that reads the
pixels; the whole network from new weights; a dense layer behind the trained trunk, which stays as
it is ("frozen"); and the same, followed by training of all layers but the batch normalizations at
a low rate ("fine-tuned"). The network from new weights takes as many steps as head and fine-tuning
together. Rates were chosen beforehand, with other seeds, and are the same for all numbers of
pictures. A seed draws all pictures, the chosen examples and the first weights; the seeds take the
three trained trunks in turn.
"""

from functools import cache

import numpy as np

from cnnlib.experiments import _steps
from cnnlib.experiments._declaration import Experiment, Rule
from cnnlib.experiments._transfer import BATCH, CLASSES, few, head, pictures, trunk
from cnnlib.training import restart

WAYS = ("pixels", "scratch", "frozen", "fine-tuned")
EXAMPLES = (3, 10, 30, 100)
RATES = {"scratch": 0.003, "fine-tuned": 0.001}


def _rule(claim, one, other):
    return Rule(claim, "accuracy", one, other, above=0, unit="percentage points")


EXPERIMENT = Experiment(
    question="From how many pictures are ten new symbols learned, with a trunk that was trained "
    "on forty others and without one?",
    claim="Initializing with transferred features can improve generalization, even after "
    "fine-tuning on the new task.",
    source="Yosinski, Clune, Bengio & Lipson 2014 (arXiv:1411.1792), abstract",
    variants={
        f"{way}, {examples}": {"way": way, "examples": examples}
        for examples in EXAMPLES
        for way in WAYS
    },
    scales={"glimpse": {"steps": 20}, "small": {"steps": 150}, "full": {"steps": 1500}},
    seeds={"glimpse": 1, "small": 5, "full": 20},
    measures={
        "trained": "numbers that training changes",
        "accuracy": "per cent of the new pictures right",
        "training": "per cent of the pictures learned from right",
    },
    rules=(
        *(
            _rule(
                f"From {examples} pictures of each class a frozen trunk gets further than new "
                "weights.",
                *(f"frozen, {examples}", f"scratch, {examples}"),
            )
            for examples in EXAMPLES
        ),
        _rule(
            "Three pictures and a frozen trunk get further than thirty and new weights.",
            *("frozen, 3", "scratch, 30"),
        ),
        _rule("From 3 pictures fine-tuning helps.", "fine-tuned, 3", "frozen, 3"),
        _rule("From 100 pictures fine-tuning helps.", "fine-tuned, 100", "frozen, 100"),
        _rule(
            "Fine-tuned, the trunk is ahead of new weights even from 100 pictures.",
            *("fine-tuned, 100", "scratch, 100"),
        ),
    ),
)


def measure(seed, way, examples, steps):
    """Learn in one of the four ways and be judged on new pictures.

    Args:
        seed: of all that is drawn.
        way: one of `WAYS`.
        examples: pictures of each class to learn from.
        steps: of the head, and again as many of fine-tuning.

    Returns:
        The measures.
    """
    x, y, x_new, y_new = pictures(seed)
    random = np.random.default_rng(seed)
    chosen = few(y, examples, random)
    x, y = x[chosen], y[chosen]
    if way in ("pixels", "frozen"):
        return _head(_numbers(way, seed, x), y, _numbers(way, seed, x_new), y_new, seed, steps)
    model = _network(way, steps)
    restart(model, seed)
    if way == "fine-tuned":
        last = head(64, steps)
        restart(last, seed)
        _steps.learn(last, _numbers("frozen", seed, x), y, random, steps, BATCH)
        model.set_weights(trunk(seed).get_weights() + last.get_weights())
    _steps.learn(model, x, y, random, steps * (2 if way == "scratch" else 1), BATCH)
    return _measured(model, x, y, x_new, y_new)


def _numbers(way, seed, images):
    """Return what the head reads: the pixels from 0 to 1, or the trunk's numbers."""
    if way == "pixels":
        return 1 - images.reshape(len(images), -1).astype("float32") / 255
    return trunk(seed).predict_on_batch(images)


def _head(x, y, x_new, y_new, seed, steps):
    model = head(x.shape[1], steps)
    restart(model, seed)
    _steps.learn(model, x, y, np.random.default_rng(seed), steps, BATCH)
    return _measured(model, x, y, x_new, y_new)


def _measured(model, x, y, x_new, y_new):
    return {
        "trained": sum(int(np.prod(one.shape)) for one in model.trainable_variables),
        "accuracy": _steps.right(model, x_new, y_new),
        "training": _steps.right(model, x, y),
    }


@cache
def _network(way, steps):
    """Return the trunk with a head, compiled; ready to be trained."""
    import keras

    body = keras.models.clone_model(trunk(0))
    for layer in body.layers:
        if way == "fine-tuned" and isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False
    dense = keras.layers.Dense(CLASSES, activation="softmax", kernel_initializer="zeros")
    model = keras.Model(body.input, dense(body.output))
    return _steps.compiled(model, RATES[way], steps * (2 if way == "scratch" else 1), together=10)
