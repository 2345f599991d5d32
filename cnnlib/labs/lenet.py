"""Exercises of the chapter "LeNet-5"."""

import numpy as np

from cnnlib.labs._judges import Array, Exercise, Function, Number


def _pooled(image, c, b, reduce=np.sum, squash=np.tanh):
    rows, columns = image.shape
    windows = image.reshape(rows // 2, 2, columns // 2, 2)
    return 1.7159 * squash(2 / 3 * (c * reduce(windows, axis=(1, 3)) + b))


_RNG = np.random.default_rng(0)
_MAPS = tuple((_RNG.normal(size=sides), c, b) for sides, c, b in (((2, 2), 1, 0), ((4, 6), 2, -1)))

EXERCISES = {
    "c1": Exercise(
        Array(
            [8 * 50, 8 * 50 * 26**2],
            slips=(
                ([8 * 49, 8 * 49 * 26**2], "Each map has a bias, and a unit reads it, too."),
                ([8 * 50, 8 * 50 * 32**2], "Without padding a map is smaller than the picture."),
                ([8 * 50, 8 * 50], "Every unit of a map uses the parameters once."),
            ),
        ),
        hints=(
            "How many numbers belong to one kernel, bias included?",
            "How many units has a map, if the kernel must stay inside the picture?",
            "Parameters: 8 times 50. Connections: as many at each of 26×26 places.",
        ),
    ),
    "table": Exercise(
        Array(
            [32 * 25 + 16, 100 * (32 * 25 + 16)],
            slips=(
                ([32 * 25, 100 * 32 * 25], "Each of the 16 maps has a bias."),
                ([32 * 26, 100 * 32 * 26], "A map has one bias, however many maps it reads."),
                ([32 * 25 + 16, 196 * (32 * 25 + 16)], "C3's maps are 10×10, S2's are 14×14."),
            ),
        ),
        hints=(
            "How many kernels are there, one for each connection of two maps?",
            "Each has 25 weights; each of the 16 maps has one bias.",
            "816 parameters, each used at all places of a map of 10×10.",
        ),
    ),
    "pooled": Exercise(
        Function(
            _pooled,
            _MAPS,
            slips=(
                (lambda x, c, b: _pooled(x, c, b, np.mean), "The paper adds the four inputs."),
                (
                    lambda x, c, b: _pooled(x, c, b, squash=lambda a: a) / 1.7159 * 1.5,
                    "The scaled tanh is missing.",
                ),
                (lambda x, c, b: _pooled(x, c, b) / 1.7159, "The tanh is scaled by 1.7159."),
            ),
        ),
        hints=(
            "Reshape to [rows / 2, 2, columns / 2, 2].",
            "Sum over axes 1 and 3, times c, plus b.",
            "1.7159 * np.tanh(2 / 3 * ...)",
        ),
    ),
    "distance": Exercise(
        Array(
            [23 * 4, 84],
            slips=(
                ([23, 84], "+1 and −1 are 2 apart, and distances are squared."),
                ([46, 84], "The difference of 2 is squared."),
                ([92, 0], "A cell of 0 is 1 away from both +1 and −1."),
            ),
        ),
        hints=(
            "What does one cell that differs add to the sum?",
            "The square of 1 − (−1).",
            "23 times 4; and 84 times the square of 1.",
        ),
    ),
    "larger": Exercise(
        Number(
            8,
            slips={
                1: "That holds for 32 columns.",
                29: "The subsampling layers move the windows four pixels on.",
                12: "Those are S4's; C5's kernels are 5 wide.",
            },
        ),
        hints=(
            "Follow the columns through C1, S2, C3, S4 and C5.",
            "A convolution with 5×5 kernels takes 4 columns, subsampling halves them.",
            "60, 56, 28, 24, 12, and 4 less.",
        ),
    ),
    "softmax": Exercise(
        Number(
            -168,
            slips={
                168: "It is subtracted.",
                -84: "Two sums of squares are left out, that of x and that of the bitmap.",
            },
        ),
        hints=(
            "Multiply the square out.",
            "The two sums of squares do not depend on which bitmap it is.",
            "Each is a sum of 84 ones.",
        ),
    ),
}
