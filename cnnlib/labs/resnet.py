"""Exercises of the chapter "ResNet"."""

import numpy as np

from cnnlib.labs._judges import Array, Exercise, Function, Number


def _unit(x, first, second, *, hidden=True, shortcut=1, last=True):
    inside = first @ x
    sums = shortcut * x + second @ (np.maximum(inside, 0) if hidden else inside)
    return np.maximum(sums, 0) if last else sums


_RNG = np.random.default_rng(0)
_UNITS = tuple(
    (_RNG.normal(size=side), _RNG.normal(size=(side, side)), _RNG.normal(size=(side, side)))
    for side in (3, 6)
)

EXERCISES = {
    "depth": Exercise(
        Array(
            [200, 66],
            slips=(
                ([198, 66], "The first convolution and the dense layer have weights, too."),
                ([134, 66], "A bottleneck has three layers."),
                ([200, 200], "A path chooses at each unit, not at each layer."),
                ([200, 2**66], "Give the power only: 2 to the power of what?"),
            ),
        ),
        hints=(
            "How many bottlenecks are there in all?",
            "Each has three convolutions; a path goes through it or past it.",
            "66 bottlenecks: 3 times 66, and 2; and 2 to the power of 66.",
        ),
    ),
    "projection": Exercise(
        Array(
            [64 * 128, 64 * 128 * 28**2],
            slips=(
                ([64 * 128, 64 * 128 * 56**2], "A stride of 2 leaves 28×28 places."),
                ([9 * 64 * 128, 9 * 64 * 128 * 28**2], "A projection's kernels are 1×1."),
                ([64 * 128 + 128, 64 * 128 * 28**2], "It has no bias."),
            ),
        ),
        hints=(
            "How large is one kernel, and how many pairs of maps are there?",
            "Each weight is used once at every place of the new maps.",
            "64 times 128; and that times 28 times 28.",
        ),
    ),
    "unit": Exercise(
        Function(
            _unit,
            _UNITS,
            slips=(
                (lambda *a: _unit(*a, last=False), "A ReLU follows the addition."),
                (lambda *a: _unit(*a, hidden=False), "A ReLU stands between the two layers."),
                (lambda *a: _unit(*a, shortcut=0), "The shortcut is missing."),
            ),
        ),
        hints=(
            "Compute the branch first: layer, ReLU, layer.",
            "Add x to what comes out of it.",
            "np.maximum(x + second @ np.maximum(first @ x, 0), 0)",
        ),
    ),
    "paths": Exercise(
        Array(
            [128, 21],
            slips=(
                ([1024, 45], "That is before any unit is removed."),
                ([896, 21], "Every removed unit halves the number of paths."),
                ([128, 42], "Which of the two units comes first is given."),
            ),
        ),
        hints=(
            "How many units can a path still go through?",
            "Each of the seven doubles the number of paths.",
            "2 to the power of 7; and the ways to choose 2 of 7.",
        ),
    ),
    "scaled": Exercise(
        Number(
            0.9**54,
            slips={
                0.1**54: "The shortcut keeps 0.9, and loses 0.1.",
                0.9: "Each of the 54 shortcuts is scaled.",
                54 * 0.9: "Factors in a row are multiplied.",
            },
            tolerance=1e-2,
        ),
        hints=(
            "What does the 1 in a factor 1 + f' become?",
            "0.9, in each of the 54 factors.",
            "0.9 to the power of 54.",
        ),
    ),
    "new": Exercise(
        Array(
            [1, 0, 0, 0, 1, 0],
            slips=(
                ([1, 1, 0, 0, 1, 0], "Batch normalization was published earlier in 2015."),
                ([1, 0, 1, 0, 1, 0], "GoogLeNet had global average pooling in 2014."),
                ([1, 0, 0, 1, 1, 0], "The paper says what it thinks of vanishing gradients."),
                ([1, 0, 0, 0, 1, 1], "The paper uses no dropout."),
            ),
        ),
        hints=(
            "Which of them does the chapter name with an earlier source?",
            "Look again at what degradation is not.",
            "Two of the six are right: one is a part of a unit, the other what it made possible.",
        ),
    ),
}
