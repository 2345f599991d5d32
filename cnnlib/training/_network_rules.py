"""Faults that show when a network is run once on its data."""

from typing import NamedTuple

import numpy as np
from keras import layers

from cnnlib.analysis.running import activation_of
from cnnlib.training._diagnosis import Finding
from cnnlib.training._probe import Passed

LARGE = 10  # root mean square of inputs; pixels of 0 to 255 have 50 and more
SMALL = 0.005  # of inputs; pixels that were divided by 255 twice have less
MOST_DEAD = 0.9  # of a layer's units; a third is common, two thirds occur before training
MOST_SATURATED = 0.5
ALIKE = 1e-5  # by how much of their size outputs differ between pictures
VANISHED = 1e-6  # a gradient's part of the largest one, both relative to their weights
FAST, SLOW = 0.3, 3e-5  # part of their size by which weights move in a step; 0.001 is common
STRANGE = 10  # standard deviations
NARROWED = (
    1000  # times that inputs vary more than a batch normalization remembers; about 1 is common
)

_NORMALIZATIONS = (
    layers.BatchNormalization,
    layers.LayerNormalization,
    layers.GroupNormalization,
)
_SHAPING = (layers.Flatten, layers.Reshape, layers.Dropout)


class Layer(NamedTuple):
    """What was measured in a layer.

    Attributes:
        name: the layer's.
        passed: its first call, a `Passed`.
        kernels: its trainable weights of two and more axes, as arrays.
        gradient: root mean square of their gradients; None if it was not computed.
        moved: part of their size by which a step moves them; None as before.
    """

    name: str
    passed: Passed
    kernels: list
    gradient: float | None = None
    moved: float | None = None


def of_scale(x, rows):
    """Yield what is wrong with the numbers that reach the first layer with weights."""
    for row in rows:
        norm = row.passed.strange
        if norm is not None and norm > STRANGE:
            yield Finding(
                "unprocessed inputs",
                row.name,
                f"what reaches this frozen layer lies {norm:.0f} standard deviations from what it "
                "was trained with.",
                "Give the pretrained network what it knows: its own preprocess_input.",
            )
            return
    first = next((row for row in rows if _has_kernel(row.passed.step.operation)), None)
    if first is None or isinstance(first.passed.step.operation, layers.Embedding):
        return
    size, made = first.passed.received, first.passed.step.outputs[0]
    frozen = not first.kernels
    normalized = any(
        row.passed.step.inputs[0] is made and isinstance(row.passed.step.operation, _NORMALIZATIONS)
        for row in rows
    )
    reach = f"from {x.min():g} to {x.max():g}"
    if size > LARGE and not normalized and (not frozen or x.min() >= 0):
        yield Finding(
            "unscaled inputs",
            first.name,
            f"it receives numbers of size {size:.3g}; the inputs go {reach}.",
            "Bring them to 0 to 1, for pixels by layers.Rescaling(1 / 255) as the first layer.",
        )
    elif 0 < size < SMALL and not normalized:
        yield Finding(
            "inputs too small",
            first.name,
            f"it receives numbers of size {size:.3g}; the inputs go {reach}.",
            "Were they scaled twice? Bring them to 0 to 1, once.",
        )


def _has_kernel(operation):
    return any(len(weight.shape) > 1 for weight in getattr(operation, "weights", ()))


def of_output(y, task, rows):
    """Yield what is wrong between the last activation and the loss."""
    last = next(
        row for row in reversed(rows) if not isinstance(row.passed.step.operation, _SHAPING)
    )
    has = activation_of(last.passed.step.operation)
    if has not in ("linear", "relu", "sigmoid", "tanh", "softmax"):
        return
    before = next(
        (row for row in rows if row.passed.step.outputs[0] is last.passed.step.inputs[0]), None
    )
    alone = has == "softmax" and not _has_kernel(last.passed.step.operation)
    if alone and before and activation_of(before.passed.step.operation) == "relu":
        yield Finding(
            "output activation",
            before.name,
            "relu in front of the softmax: a class whose score is below 0 gets no gradient.",
            "Leave it out: scores may be any numbers.",
        )
    one = task.outputs[-1] == 1
    right = {"sparse": "softmax", "categorical": "softmax", "binary": "sigmoid"}.get(task.kind)
    if right and one and (has == "softmax" or right == "softmax"):
        yield Finding(
            "one output",
            last.name,
            f"a {has} of one output with {task.loss}: there is nothing to choose between.",
            'Take a sigmoid with "binary_crossentropy", or one output per class.',
        )
    elif right and task.from_logits and has != "linear":
        yield Finding(
            "output activation",
            last.name,
            f"{has}, and {task.loss} with from_logits=True applies {right} itself.",
            "Leave out the activation, or from_logits=True.",
        )
    elif right and not task.from_logits and has not in (right, "softmax"):
        yield Finding(
            "output activation",
            last.name,
            f"{has} on the output, and {task.loss} takes the probabilities that {right} makes.",
            f'Use activation="{right}" there.',
        )
    elif task.kind == "regression":
        low, high = {"relu": (0, np.inf), "tanh": (-1, 1)}.get(has, (0, 1))
        if has != "linear" and (y.min() < low or y.max() > high):
            yield Finding(
                "output activation",
                last.name,
                f"{has} gives {low} to {high}, and the targets go from {y.min():g} to {y.max():g}.",
                "Leave out the output's activation, or scale the targets.",
            )


def of_weights(rows):
    """Yield what is wrong with the weights themselves."""
    if not any(row.kernels for row in rows):
        yield Finding(
            "nothing to train",
            "all layers",
            "no layer has weights that the training may change.",
            "Set layer.trainable = True where it shall learn, and compile again.",
        )
    for row in rows:
        for kernel in row.kernels:
            if not np.isfinite(kernel).all():
                yield Finding(
                    "weights not finite",
                    row.name,
                    f"{np.mean(~np.isfinite(kernel)):.0%} of its weights are NaN or infinite.",
                    "The training has exploded: build the model anew, and lower the learning rate.",
                )
            elif kernel.size > 1 and np.ptp(kernel) == 0:
                yield Finding(
                    "equal weights",
                    row.name,
                    f"all {kernel.size:,} weights are {kernel.flat[0]:g}, so its units learn the "
                    "same.",
                    "Start from random weights, as every layer does by itself.",
                )


def of_batches(rows):
    """Yield what a batch normalization remembers of batches in which nothing varied."""
    for row in rows:
        if (row.passed.narrowed or 0) >= NARROWED:
            yield Finding(
                "batches of one",
                row.name,
                f"what it receives varies {row.passed.narrowed:.0e} times more than what it "
                "remembers of its batches.",
                "Train with batches of many pictures: one alone is its own mean, and nothing is "
                "left of it.",
            )


def of_activations(rows, output, task):
    """Yield what is wrong with what the layers put out."""
    for row in rows[:-1]:
        if (row.passed.dead or 0) >= MOST_DEAD:
            yield Finding(
                "dead units",
                row.name,
                f"{row.passed.dead:.0%} of its units are 0 for every picture.",
                "Lower the learning rate, scale the inputs, and build the model anew: a dead ReLU "
                "gets no gradient.",
            )
        if (row.passed.saturated or 0) >= MOST_SATURATED:
            yield Finding(
                "saturated units",
                row.name,
                f"{row.passed.saturated:.0%} of its outputs are at the ends of their range, "
                "where the slope is nearly 0.",
                "Scale the inputs, take smaller first weights, batch normalization or ReLU.",
            )
    for row in rows:
        if not np.isfinite(row.passed.size):
            yield Finding(
                "outputs not finite",
                row.name,
                "it puts out NaN or infinite numbers.",
                "Look at the inputs and weights of this layer; lower the learning rate.",
            )
            return
    flat = output.reshape(len(output), -1)
    spread, size = float(flat.std(axis=0).max()), float(abs(flat).max())
    if len(output) > 1 and spread <= ALIKE * size:
        guessing = f"; its loss is that of guessing, {task.chance:.4f}" if task.chance else ""
        yield Finding(
            "same output for every picture",
            rows[-1].name,
            f"the outputs differ between pictures by at most {spread:.1g}: whatever it is shown, "
            f"the network says the same{guessing}.",
            "Look for the layer in which the signal dies: dead or saturated units, equal or very "
            "small weights.",
        )


def of_loss(loss, task):
    """Yield what the loss says by itself."""
    limit = task.chance and 2 * task.chance + 2
    if limit and not loss <= limit:
        yield Finding(
            "loss far above guessing",
            "loss",
            f"{loss:.4g}, and guessing gives {task.chance:.4g}.",
            "Outputs are far too large: scale the inputs, take smaller first weights or a lower "
            "learning rate.",
        )


def of_gradients(rows, loss, task):
    """Yield what is wrong with the gradients."""
    trained = [row for row in rows if row.kernels]
    parts = [row.gradient / max(np.sqrt(np.mean(row.kernels[0] ** 2)), 1e-30) for row in trained]
    vanished = []
    for row, part in zip(trained, parts, strict=True):
        if not np.isfinite(row.gradient):
            yield Finding(
                "gradient not finite",
                row.name,
                "its gradient is NaN or infinite.",
                "Look for NaN in the data, and lower the learning rate.",
            )
        elif part <= VANISHED * max(parts) and _to_learn(loss, task):
            vanished.append((row, part))
    if vanished:
        row, part = vanished[0]
        others = f" In {len(vanished)} of {len(trained)} layers it is as small."
        yield Finding(
            "vanishing gradient",
            row.name,
            f"its gradient is {row.gradient:.1g}{_beside(max(parts), part)}."
            f"{others * (len(vanished) > 1)}",
            "Nothing reaches this layer: take ReLU and batch normalization, or shortcuts.",
        )


def _beside(most, part):
    if not most:
        return ", and so is that of every kernel"
    times = f"{most / part:.0e}" if part else "infinitely many"
    return f", {times} times less than the largest, both beside the size of their weights"


def _to_learn(loss, task):
    return task.chance is None or loss > 0.1 * task.chance


def of_rate(rows, loss, task, optimizer, falls):
    """Yield what is wrong with the learning rate.

    Args:
        rows: the layers.
        loss: before any step.
        task: a `Task`.
        optimizer: the model's.
        falls: a function that tells whether some steps of the optimizer, at its rate or a multiple
            of it, lower the loss.
    """
    moved = {row.name: row.moved for row in rows if row.kernels and np.isfinite(row.moved)}
    if not moved:
        return
    name = max(moved, key=moved.get)
    most, rate = moved[name], float(optimizer.learning_rate)
    if most > FAST and not falls():
        yield Finding(
            "learning rate too high",
            "optimizer",
            f"at a rate of {rate:g} a step moves the weights of {name!r} by {most:.0%} of their "
            "size, and 20 steps on these pictures do not lower the loss.",
            "Divide it by 10 until they do.",
        )
    elif 0 < most < SLOW and _to_learn(loss, task) and any(map(falls, _higher(most))):
        yield Finding(
            "learning rate too low",
            "optimizer",
            f"at a rate of {rate:g} a step moves no layer's weights by more than {most:.1g} of "
            "their size.",
            "Multiply it by 10 until the loss falls; 0.001 of their size is common.",
        )


def _higher(most):
    """Yield by what to multiply a rate that moves weights by so small a part of their size."""
    times = 10
    while times * most <= FAST:
        yield times
        times *= 10
