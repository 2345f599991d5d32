"""A ResNet and a PyramidNet of equal size, and what they lose with each of their units.

The ResNets are those of the experiment "degradation": 8, 16 and 32 maps. The PyramidNets have as
many layers and, within 1 % from 20 layers on, as many parameters; they begin with 8 maps and widen
at every unit. Both learn digits of scikit-learn, enlarged to 16x16, as there. Then each unit in
turn is taken out: its branch gives 0, and what it reads goes on, with half the pixels and zeros in
new maps where the unit changes them. (A ResNet's shortcut takes every second pixel, a PyramidNet's
the mean of four.) The paper took a ResNet with pre-activation. See the chapter "PyramidNet".
"""

from functools import cache

import numpy as np

from cnnlib.data.digits import digits
from cnnlib.experiments import _steps, degradation
from cnnlib.experiments._declaration import Experiment, Rule

BATCH, RATE, START = 32, 0.001, 8
"""Pictures of a step, Adam's first rate, and a PyramidNet's first maps."""

ALPHA = {8: 17, 20: 22, 32: 23}
"""Layers with weights -> maps that the units of a PyramidNet add."""

PLACES = ("shallow", "deep")


def _rules():
    for place in PLACES:
        yield Rule(
            f"A unit that halves the maps costs a {place} ResNet more than its neighbours.",
            *("halving", f"ResNet, {place}"),
            above=0,
            unit="percentage points",
        )
        yield Rule(
            f"How much more is less in a {place} PyramidNet.",
            *("halving", f"PyramidNet, {place}", f"ResNet, {place}"),
            below=0,
            unit="percentage points",
        )
        yield Rule(
            f"In the mean of all units, a unit costs a {place} PyramidNet less than a ResNet.",
            *("lost", f"PyramidNet, {place}", f"ResNet, {place}"),
            below=0,
            unit="percentage points",
        )


EXPERIMENT = Experiment(
    question="Does a network that widens at every unit depend less on single units, and on those "
    "that halve the maps, than one that widens where it halves them?",
    claim="Deleting a unit that halves the maps harms a ResNet more than deleting others. A "
    "PyramidNet spreads this burden over all units, and loses less with one of them.",
    source="Han, Kim & Kim 2017, sections 1 and 4; Veit, Wilber & Belongie 2016, figure 3",
    variants={
        f"{network}, {place}": {"pyramid": network == "PyramidNet", "place": number}
        for network in ("ResNet", "PyramidNet")
        for number, place in enumerate(PLACES)
    },
    scales={
        "glimpse": {"depths": [8, 8], "epochs": 2},
        "small": {"depths": [20, 32], "epochs": 8},
        "full": {"depths": [20, 32], "epochs": 60},
    },
    seeds={"glimpse": 1, "small": 3, "full": 5},
    measures={
        "depth": "layers with weights",
        "parameters": "of the network, moving statistics not counted",
        "accuracy": "per cent of the held-out pictures right",
        "without": "per cent right without the first unit, without the second ...",
        "lost": "percentage points that the loss of a unit costs, the mean of the units",
        "halving": "points by which the two units that halve the maps cost more than the two "
        "units beside each of them, in the mean",
    },
    rules=tuple(_rules()),
)


def measure(seed, pyramid, place, depths, epochs):
    """Train a network from new weights, judge it, and take its units out one by one.

    Args:
        seed: of the first weights and of the pictures of each step.
        pyramid: whether it is a PyramidNet.
        place: of the network's depth in `depths`.
        depths: layers with weights, 6n+2, of the shallow and of the deep network.
        epochs: steps, in passes through the training pictures.

    Returns:
        The measures.
    """
    data, depth = digits(size=16), depths[place]
    steps = epochs * (len(data.x_train) // BATCH)
    model = _compiled(depth, pyramid, steps)
    _steps.train(model, data.x_train, data.y_train, seed, steps, BATCH)
    held_out = _steps.held_out(data)
    accuracy = _steps.right(model, *held_out)
    without = []
    for unit in degradation.unit_names(depth):
        with degradation.removed(model, unit):
            without.append(_steps.right(model, *held_out))
    lost = accuracy - np.array(without)
    stage = len(without) // 3
    halve = [stage, 2 * stage]
    beside = [unit + step for unit in halve for step in (-1, 1) if unit + step < len(without)]
    return {
        "depth": depth,
        "parameters": sum(int(np.prod(one.shape)) for one in model.trainable_weights),
        "accuracy": accuracy,
        "without": without,
        "lost": round(float(lost.mean()), 3),
        "halving": round(float(lost[halve].mean() - lost[beside].mean()), 3),
    }


def build(depth, pyramid):
    """Build a network, not trained.

    Args:
        depth: layers with weights, 6n+2.
        pyramid: whether it is a PyramidNet.

    Returns:
        A `keras.Model` from pictures [batch, 16, 16, 1] of 0 to 255 to ten probabilities.
    """
    if not pyramid:
        return degradation.build(depth, residual=True)
    from keras import layers

    from cnnlib.models._parts import classifier, conv, image_input, norm, repeats
    from cnnlib.models._residual import basic
    from cnnlib.models.pyramidnet import _pyramid

    inputs = image_input((16, 16, 1), least=16)
    x = conv(layers.Rescaling(1 / 127.5, offset=-1)(inputs), START, 3, name="conv1")
    counts = (repeats(depth, 6, 2),) * 3
    x = _pyramid(norm(x, "conv1"), counts, ALPHA[depth], basic)
    return classifier(inputs, x, 10, "pyramid")


@cache
def _compiled(depth, pyramid, steps):
    return _steps.compiled(build(depth, pyramid), RATE, steps)
