"""Exercises of the chapter "SENet"."""

import math

import numpy as np

from cnnlib.labs._judges import Array, Exercise, Function, Number


def _recalibrate(maps, first, second, *, rectified=True, squashed=True, squeeze=np.mean):
    squeezed = squeeze(maps, axis=(0, 1))
    units = squeezed @ first
    sums = (np.maximum(units, 0) if rectified else units) @ second
    return maps * (1 / (1 + np.exp(-sums)) if squashed else sums)


_RNG = np.random.default_rng(0)
_MAPS = tuple(
    (
        _RNG.normal(size=(*sides, maps)),
        _RNG.normal(size=(maps, between)),
        _RNG.normal(size=(between, maps)),
    )
    for sides, maps, between in (((4, 4), 6, 2), ((3, 5), 8, 4))
)

EXERCISES = {
    "parameters": Exercise(
        Array(
            [512 * 32 + 32 + 32 * 512 + 512, 2 * 512 * 32],
            slips=(
                ([2 * 512 * 32, 2 * 512 * 32], "Keras's dense layers have biases."),
                ([2 * 512 * 512 + 1024, 2 * 512 * 512], "The first layer narrows 512 maps to 32."),
                ([512 * 32 + 32, 512 * 32], "There are two dense layers."),
                (
                    [512 * 32 + 32 + 32 * 512 + 512, 28**2 * 2 * 512 * 32],
                    "The gates are computed once for a picture, not at every place.",
                ),
            ),
        ),
        hints=(
            "How many units stand between the two dense layers?",
            "Each layer has a weight for each pair of what it reads and gives, and biases.",
            "512·32 + 32 + 32·512 + 512; the multiply-adds are the weights without biases.",
        ),
    ),
    "block": Exercise(
        Function(
            _recalibrate,
            _MAPS,
            slips=(
                (
                    lambda *a: _recalibrate(*a, rectified=False),
                    "A ReLU stands between the two layers.",
                ),
                (lambda *a: _recalibrate(*a, squashed=False), "A gate comes out of a sigmoid."),
                (lambda *a: _recalibrate(*a, squeeze=np.max), "Squeeze takes the mean."),
                (lambda *a: _recalibrate(*a, squeeze=np.sum), "Squeeze takes the mean."),
            ),
        ),
        hints=(
            "The mean over the first two axes leaves one number for each map.",
            "np.maximum(squeezed @ first, 0) @ second goes into the sigmoid.",
            "maps * gates multiplies each map by its own gate.",
        ),
    ),
    "blind": Exercise(
        Array(
            [1, 1, 0, 0, 0],
            slips=(
                ([1, 0, 0, 0, 0], "The mean does not know which value stood where."),
                ([0, 1, 0, 0, 0], "A mirrored map has the same values."),
                ([1, 1, 1, 0, 0], "Twice the values have twice the mean."),
                ([1, 1, 0, 0, 1], "Each map has weights of its own in the dense layer."),
            ),
        ),
        hints=(
            "The gates read one number for each map. Which changes leave all of them as they are?",
            "Where a value stands does not matter, and which map it is in does.",
            "The first two leave the means alone; the others do not.",
        ),
    ),
    "held": Exercise(
        Number(
            math.log(9),
            slips={
                0.9: "That is the gate. What goes into the sigmoid?",
                -math.log(9): "That holds the gate at 0.1.",
                1 / (1 + math.exp(-0.9)): "That is the sigmoid of 0.9; you need its inverse.",
            },
            tolerance=1e-3,
        ),
        hints=(
            "With weights of 0 the sigmoid reads the bias alone.",
            "1 / (1 + exp(-b)) = 0.9 gives exp(-b) = 1/9.",
            "b is the natural logarithm of 9.",
        ),
    ),
    "last": Exercise(
        Number(
            951_600,
            slips={
                1_579_392: "That is what the last stage costs.",
                2_530_992: "That is what all of them cost.",
                25_557_032 + 951_600: "Without the parameters of ResNet-50 itself.",
            },
        ),
        hints=(
            "Three stages are left: 3 units of 256 maps, 4 of 512 and 6 of 1,024.",
            "A block on 256 maps costs 8,464, one on 512 maps 33,312.",
            "3 · 8,464 + 4 · 33,312 + 6 · 132,160.",
        ),
    ),
    "new": Exercise(
        Array(
            [0, 0, 1, 0, 1],
            slips=(
                ([1, 0, 1, 0, 1], "Lin, Chen and Yan had global average pooling in 2013."),
                ([0, 1, 1, 0, 1], "LSTM and highway networks have gates, too."),
                ([0, 0, 1, 1, 1], "ResNet had shortcuts two years earlier."),
                ([0, 0, 1, 0, 0], "The paper puts the same block into six families."),
            ),
        ),
        hints=(
            "Two of the five are new.",
            "Pooling, gates and shortcuts were there. What is computed from what?",
            "The gate that a map gets from all maps, and a block that other networks can take.",
        ),
    ),
}
