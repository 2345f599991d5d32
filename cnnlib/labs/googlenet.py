"""Exercises of the chapter "GoogLeNet and Inception"."""

import numpy as np

from cnnlib.labs._judges import Array, Exercise, Function, Number

_BRANCH = 256 * 128 + 9 * 128 * 192

_RNG = np.random.default_rng(0)
_CASES = tuple(
    (_RNG.normal(size=(*sides, reads)), _RNG.normal(size=(reads, units)), _RNG.normal(size=units))
    for sides, reads, units in (((2, 2), 3, 3), ((4, 5), 6, 2))
)


def _pointwise(maps, weights, bias):
    return np.maximum(maps @ weights + bias, 0)


EXERCISES = {
    "branch": Exercise(
        Array(
            [_BRANCH, 784 * _BRANCH],
            slips=(
                (
                    [9 * 256 * 192, 784 * 9 * 256 * 192],
                    "That is the naive branch: the 3×3 kernels read the 128 maps in between.",
                ),
                ([9 * 128 * 192, 784 * 9 * 128 * 192], "The 1×1 convolution has weights, too."),
                ([_BRANCH, _BRANCH], "Each weight is used at every place of the maps."),
            ),
        ),
        hints=(
            "The branch has two convolutions, one after the other.",
            "The first has 256 · 128 weights, a kernel of the second reads 3 · 3 · 128 numbers.",
            "Weights: 256 · 128 + 9 · 128 · 192. Multiplications: 28 · 28 times as many.",
        ),
    ),
    "widest": Exercise(
        Number(
            342,
            slips={
                343: "With 343 maps the bottleneck does slightly more than the convolution alone.",
                480: "That is as many as it reads; the 1×1 convolution has a cost, too.",
                48: "A bottleneck may be wider than what comes out, and still save.",
            },
        ),
        hints=(
            "Write the multiplications for one place with r maps in between.",
            "r · 480 + 25 · r · 48 has to be below 25 · 480 · 48.",
            "The two are equal at r = 342.9.",
        ),
    ),
    "slip": Exercise(
        Number(
            784 * 25 * 200 * 96,
            slips={
                784 * 25 * 264 * 96: "That is the whole branch; by how much is it dearer?",
                784 * 200 * 96: "A 5×5 kernel has 25 weights for each map that it reads.",
                784 * 25 * 200 * 256: "The branch puts out 96 maps; 256 is what the module reads.",
            },
        ),
        hints=(
            "Only the 5×5 convolution changes.",
            "It reads 200 maps more, at 784 places, for 96 maps.",
            "784 · 25 · 200 · 96.",
        ),
    ),
    "pointwise": Exercise(
        Function(
            _pointwise,
            _CASES,
            slips=(
                (lambda maps, weights, bias: maps @ weights + bias, "The ReLU is missing."),
                (
                    lambda maps, weights, bias: np.maximum(maps @ weights, 0) + bias,
                    "The bias comes before the ReLU.",
                ),
                (lambda maps, weights, bias: np.maximum(maps @ weights, 0), "The bias is missing."),
            ),
        ),
        hints=(
            "Channels are the last axis of the maps and the first of the weights.",
            "maps @ weights does it for all pixels at once.",
            "np.maximum(maps @ weights + bias, 0)",
        ),
    ),
    "flatten": Exercise(
        Number(
            49,
            slips={
                7: "A map has seven rows of seven numbers.",
                1024: "The number of maps is the same in both.",
                50_176_000: "That is how many weights it has; how many times 1,024,000 is it?",
            },
        ),
        hints=(
            "What does a map bring to the dense layer in each case?",
            "One average, or all of its 7×7 numbers.",
            "7 · 7 · 1,024 · 1,000 divided by 1,024 · 1,000.",
        ),
    ),
    "loss": Exercise(
        Array(
            [3.65, 2],
            slips=(
                ([7.5, 2], "The losses of the heads have a weight of 0.3."),
                ([3.65, 3.65], "After training the heads are thrown away."),
                ([2.5, 2], "The three losses are added, not averaged."),
            ),
        ),
        hints=(
            "Which of the three outputs are there after training?",
            "The heads' losses are added with a weight of 0.3 each.",
            "2.0 + 0.3 · 3.0 + 0.3 · 2.5, and 2.0.",
        ),
    ),
}
