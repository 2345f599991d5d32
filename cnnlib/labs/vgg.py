"""Exercises of the chapter "VGG"."""

import numpy as np

from cnnlib.labs._judges import Array, Exercise, Function, Number


def _composed(first, second):
    kernel = np.zeros(np.add(first.shape, second.shape) - 1)
    for (row, column), weight in np.ndenumerate(second):
        rows, columns = first.shape
        kernel[row : row + rows, column : column + columns] += weight * first
    return kernel


_RNG = np.random.default_rng(0)
_PAIRS = tuple(tuple(_RNG.normal(size=(2, 3, 3))) for _ in range(2))

_B = 9 * (3 * 64 + 64**2 + 64 * 128 + 128**2 + 128 * 256 + 256**2 + 256 * 512 + 3 * 512**2)
_RIVAL = 25 * (3 * 64 + 64 * 128 + 128 * 256 + 256 * 512 + 512**2)
_MAPS = 64 + 128 + 256 + 2 * 512

EXERCISES = {
    "stack": Exercise(
        Array(
            [9, 4 * 9 * 128**2, 81 * 128**2],
            slips=(
                ([12, 36 * 128**2, 144 * 128**2], "Each layer adds 2 to the side, not 3."),
                ([9, 36, 81], "Each kernel has 9 weights for every pair of maps."),
                ([9, 36 * 128, 81 * 128], "Every map reads all 128 maps below."),
            ),
        ),
        hints=(
            "By how much does a layer of 3×3 widen the field?",
            "A layer has 9 weights for each pair of an input map and an output map.",
            "The side is 2·4 + 1; the weights are 36 and 81 times 128².",
        ),
    ),
    "composed": Exercise(
        Function(
            _composed,
            _PAIRS,
            slips=(
                (lambda a, b: _composed(a, b[::-1, ::-1]), "The second kernel is turned round."),
                (lambda a, b: np.pad(a * b, 1), "The kernels are not multiplied cell by cell."),
            ),
        ),
        hints=(
            "A pixel reaches the last sum along several ways: through which cells of the kernels?",
            "A way through cell (u, v) and then (i, j) ends in cell (u + i, v + j).",
            "Add to a 5×5 kernel of zeros, for each (i, j), second[i, j] * first.",
        ),
    ),
    "rival": Exercise(
        Array(
            [_B + 2 * _MAPS, _RIVAL + _MAPS],
            slips=(
                ([_B, _RIVAL], "Every map has a bias."),
                (
                    [_B + 2 * _MAPS, 25 / 18 * _B + _MAPS],
                    "The first layer of a pair reads fewer maps than the second.",
                ),
                (
                    [_B + 2 * _MAPS + 123_642_856, _RIVAL + _MAPS + 123_642_856],
                    "The dense layers do not count here.",
                ),
            ),
        ),
        hints=(
            "Write the maps along the network: 3, 64, 128, 256, 512, 512.",
            "A pair of B has 9·(a·b + b·b) weights and 2·b biases, its 5×5 has 25·a·b and b.",
            "The sums of a·b and of b·b over the five blocks are 434,368 and 610,304.",
        ),
    ),
    "megabytes": Exercise(
        Array(
            [143_667_240 * 4 / 1e6, 143_667_240 * 4 / 2**20],
            slips=(
                ([143.667240, 137.011757], "A number in float32 takes four bytes."),
                ([548.047, 574.669], "A MiB is larger than a MB, so fewer of them fit."),
            ),
            tolerance=0.01,
        ),
        hints=(
            "How many bytes does a number take?",
            "Four; a MB is a million bytes, a MiB is 2²⁰.",
            "574,668,960 bytes.",
        ),
    ),
    "larger": Exercise(
        Number(
            10 * 10 * 512 * 4096 + 4096,
            slips={
                10 * 10 * 512 * 4096: "Its 4,096 units have a bias each.",
                7 * 7 * 512 * 4096 + 4096: "That holds for 224×224 pixels.",
                512 * 4096 + 4096: "It reads every place of the 512 maps.",
            },
        ),
        hints=(
            "How many rows have the maps behind the last pooling?",
            "Five poolings halve the sides: 320 becomes 10.",
            "10·10·512 inputs for each of 4,096 units, and a bias.",
        ),
    ),
    "slid": Exercise(
        Number(
            14,
            slips={
                1: "That holds for 224×224 pixels.",
                20: "Those are the maps that it reads; its kernels are 7 high.",
                417: "The maps have a 32nd of the picture's rows.",
            },
        ),
        hints=(
            "How many rows have the maps behind the last pooling?",
            "640 / 32 = 20.",
            "A kernel of 7 rows fits at 20 − 7 + 1 places.",
        ),
    ),
}
