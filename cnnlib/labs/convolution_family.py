"""Exercises of the chapter "The convolution family"."""

import numpy as np

from cnnlib.labs._judges import Array, Exercise, Function, Number


def _dilate(kernel, rate):
    wide = np.zeros((len(kernel) - 1) * rate + 1)
    wide[::rate] = kernel
    return wide


def _transpose(values, kernel, stride):
    out = np.zeros((len(values) - 1) * stride + len(kernel))
    for place, value in enumerate(values):
        out[place * stride : place * stride + len(kernel)] += value * np.asarray(kernel)
    return out


def _separable(kernel, channels, maps):
    return kernel**2 * channels + channels * maps


EXERCISES = {
    "dilate": Exercise(
        Function(
            _dilate,
            (([1, 2, 3], 1), ([1, 2, 3], 4), ([5, 6], 2), ([1, 2, 3, 4], 3)),
            slips=(
                (
                    lambda kernel, rate: _dilate(kernel, rate + 1),
                    "Rate $d$ puts $d - 1$ zeros between neighbours; rate 1 changes nothing.",
                ),
                (
                    lambda kernel, rate: np.pad(_dilate(kernel, rate), (0, rate - 1)),
                    "No zeros follow the last weight.",
                ),
            ),
        ),
        hints=(
            "How long is the result? $d(f - 1) + 1$.",
            "Start with zeros of that length.",
            "`wide[::rate] = kernel`",
        ),
    ),
    "grouped": Exercise(
        Number(
            3 * 3 * 256 * 256 // 32,
            slips={
                3 * 3 * 256 * 256: "That is without groups.",
                3 * 3 * 8 * 8: "That is one group of the 32.",
                3 * 3 * 256 * 32: "A map reads the channels of one group: how many are these?",
            },
        ),
        hints=(
            "How many channels does one map read?",
            "256/32 = 8 of them, in a 3×3 window.",
            "72 weights for each of the 256 maps.",
        ),
    ),
    "separable": Exercise(
        Function(
            _separable,
            ((3, 64, 128), (3, 3, 32), (5, 16, 16)),
            slips=(
                (lambda f, c, m: f**2 * c * m, "That is a plain convolution."),
                (lambda f, c, m: f**2 * c, "That is the depthwise part alone."),
                (lambda f, c, m: f**2 * m + c * m, "The depthwise part has a kernel per channel."),
            ),
        ),
        hints=(
            "Two layers, one after the other.",
            "The first has one $f \\times f$ kernel for each channel.",
            "The second is a 1×1 convolution from $c$ to $m$ maps.",
        ),
    ),
    "transpose": Exercise(
        Function(
            _transpose,
            (([1.0, 2, 3], [1, 1], 2), ([1.0, 2, 3], [1, 2, 1], 2), ([2.0, 1], [1, 2, 3], 1)),
            slips=(
                (
                    lambda values, kernel, stride: np.convolve(values, kernel),
                    "The stride moves the outputs apart.",
                ),
                (
                    lambda values, kernel, stride: _transpose(values, kernel[::-1], stride),
                    "The kernel is laid down as it is.",
                ),
            ),
        ),
        hints=(
            "Each input lays down a copy of the kernel, multiplied by its value.",
            "Copy number $i$ begins at place $i \\cdot s$. How long is the result?",
            "$(n - 1)s + f$ places; where copies overlap, they add up.",
        ),
    ),
    "even": Exercise(
        Array(
            [2, 4, 6],
            slips=(
                ([3, 5], "With stride 2 these overlap unevenly."),
                ([2], "There are more of them up to 6."),
                ([1, 2, 3, 4, 5, 6], "Measure it: sizes 3 and 5 leave a pattern."),
            ),
        ),
        hints=(
            "Count how many inputs reach each output, away from the ends.",
            "With kernel $f$ and stride $s$ it is $f/s$, rounded up at some outputs and down at "
            "others.",
            "It is even where $s$ divides $f$.",
        ),
    ),
    "conv3d": Exercise(
        Number(
            (3**3 * 1 * 16) * 64**3,
            slips={
                3**2 * 16 * 64**3: "The kernel is a cube.",
                3**3 * 16 * 64**2: "The scan has 64 slices.",
                2 * 3**3 * 16 * 64**3: "Those are FLOPs.",
            },
        ),
        hints=(
            "How many neurons are there in 16 maps of 64×64×64?",
            "Each has $3 \\cdot 3 \\cdot 3$ weights, with one channel.",
            "$64^3 \\cdot 16 \\cdot 27$",
        ),
    ),
}
