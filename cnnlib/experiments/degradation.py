"""Depth without and with shortcuts: what it does to training, and what a lost unit does afterwards.

Plain and residual networks of the paper's form for small pictures, with half its filters (8, 16
and 32), learn scikit-learn's digits, enlarged to 16x16. A seed draws the first weights and the
order of the pictures. Afterwards each unit in turn is taken out: what it reads goes on as it is or,
where a stage begins, with every second pixel and zeros in the new channels. That is the same
operation with and without a shortcut. See the chapter "ResNet".
"""

from contextlib import contextmanager
from functools import cache

import numpy as np

from cnnlib.data.digits import digits
from cnnlib.experiments import _steps
from cnnlib.experiments._declaration import Experiment, Rule
from cnnlib.training import restart

BATCH = 32

RATE = 0.001
"""Adam's first rate, from which it falls to 0 along a cosine."""

EXPERIMENT = Experiment(
    question="Do digits become harder to learn for a network when it becomes deeper, without and "
    "with shortcuts, and what does it lose with one of its units?",
    claim="When deeper networks are able to start converging, a degradation problem has been "
    "exposed: the deeper plain network has the higher training error. Residual networks gain from "
    "depth, and after training one of their units can be deleted at little cost.",
    source="He, Zhang, Ren & Sun 2016, figures 1 and 6; Veit, Wilber & Belongie 2016, figure 3",
    variants={
        f"{kind}, {place}": {"residual": kind == "residual", "place": number}
        for kind in ("plain", "residual")
        for number, place in enumerate(("shallow", "deep"))
    },
    scales={
        "glimpse": {"depths": [8, 20], "epochs": 2},
        "small": {"depths": [20, 44], "epochs": 8},
        "full": {"depths": [20, 56], "epochs": 60},
    },
    seeds={"glimpse": 1, "small": 3, "full": 3},
    measures={
        "depth": "layers with weights",
        "loss": "mean cross-entropy of the training batches in the last epoch",
        "curve": "the same for each epoch",
        "accuracy": "per cent of the held-out pictures right",
        "without": "per cent right without the first unit, without the second ...",
        "lost": "percentage points that the loss of a unit costs, the median of the units",
    },
    rules=(
        Rule(
            "A plain network learns worse when it is deeper.",
            *("loss", "plain, deep", "plain, shallow"),
            above=0,
            unit="nats",
        ),
        Rule(
            "A residual network learns better when it is deeper.",
            *("loss", "residual, deep", "residual, shallow"),
            below=0,
            unit="nats",
        ),
        Rule(
            "At the smaller depth, a residual network loses less with a unit than a plain one.",
            *("lost", "residual, shallow", "plain, shallow"),
            below=0,
            unit="percentage points",
        ),
        Rule(
            "At the larger depth, half of the units cost a residual network at most 10 points.",
            *("lost", "residual, deep"),
            below=10,
            unit="percentage points",
        ),
    ),
)


def measure(seed, residual, place, depths, epochs):
    """Train a network from new weights, judge it, and take its units out one by one.

    Args:
        seed: of the first weights and of the order of the pictures.
        residual: whether the units have shortcuts.
        place: of the network's depth in `depths`.
        depths: layers with weights, 6n+2, of the shallow and of the deep network.
        epochs: passes through the training pictures.

    Returns:
        The measures.
    """
    data = digits(size=16)
    steps = len(data.x_train) // BATCH
    model = _compiled(depths[place], residual, epochs * steps)
    restart(model, seed)
    random = np.random.default_rng(seed)
    curve = []
    for _ in range(epochs):
        order = random.permutation(len(data.x_train))[: steps * BATCH]
        seen = model.fit(data.x_train[order], data.y_train[order], BATCH, shuffle=False, verbose=0)
        curve.append(round(seen.history["loss"][0], 5))
    held_out = _steps.held_out(data)
    accuracy = _steps.right(model, *held_out)
    without = []
    for unit in unit_names(depths[place]):
        with removed(model, unit):
            without.append(_steps.right(model, *held_out))
    return {
        "depth": depths[place],
        "loss": curve[-1],
        "curve": curve,
        "accuracy": accuracy,
        "without": without,
        "lost": round(accuracy - float(np.median(without)), 3),
    }


def build(depth, residual):
    """Build a network, not trained.

    Args:
        depth: layers with weights, 6n+2.
        residual: whether the units have shortcuts.

    Returns:
        A `keras.Model` from pictures [batch, 16, 16, 1] of 0 to 255 to ten probabilities.
    """
    from keras import layers

    from cnnlib.models._parts import classifier, conv_norm_relu, image_input
    from cnnlib.models._residual import basic, padding, post_activation

    inputs = image_input((16, 16, 1), least=16)
    x = layers.Rescaling(1 / 127.5, offset=-1, name="scale")(inputs)
    x = conv_norm_relu(x, 8, 3, name="conv1")
    for unit, filters, stride in _units(depth):
        x = post_activation(x, basic(filters, stride), unit, residual and padding)
    return classifier(inputs, x, 10, "residual" if residual else "plain")


def unit_names(depth):
    """Return the names of a network's units, in their order."""
    return [name for name, _, _ in _units(depth)]


@contextmanager
def removed(model, unit):
    """Take a unit out of a model from `build`, for as long as the context lasts.

    With a shortcut, the branch gives 0. Without one, both convolutions hand on what they read, new
    channels 0, and neither normalization changes it; rectifiers do nothing to what is not negative.

    Args:
        model: the network.
        unit: the unit's name.
    """
    from keras import ops

    first, second = (
        (model.get_layer(f"{unit}_conv{i}"), model.get_layer(f"{unit}_conv{i}_bn")) for i in (1, 2)
    )
    touched = [layer for pair in (first, second) for layer in pair]
    before = [layer.get_weights() for layer in touched]
    if any(layer.name == f"{unit}_add" for layer in model.layers):
        _, normalization = second
        normalization.gamma.assign(0 * normalization.gamma)
        normalization.beta.assign(0 * normalization.beta)
    else:
        for convolution, normalization in (first, second):
            kernel = np.zeros(convolution.kernel.shape, "float32")
            np.fill_diagonal(kernel[1, 1], 1)
            convolution.kernel.assign(kernel)
            spread = normalization.moving_variance + normalization.epsilon
            normalization.gamma.assign(spread**0.5)
            normalization.beta.assign(ops.copy(normalization.moving_mean))
    yield
    for layer, weights in zip(touched, before, strict=True):
        layer.set_weights(weights)


def _units(depth):
    from cnnlib.models._parts import repeats
    from cnnlib.models._residual import units

    return units((repeats(depth, 6, 2),) * 3, 8)


@cache
def _compiled(depth, residual, steps):
    return _steps.compiled(build(depth, residual), RATE, steps)
