"""Exercises of the chapter "Xception"."""

import numpy as np

from cnnlib.labs._judges import Array, Exercise, Function, Number

_COUNT = 9 * 256 + 256 * 728
_LAYER = 9 * 728 + 728 * 728
_TRAINED = 22_855_952


def _plain(depthwise, pointwise):
    return depthwise[..., np.newaxis] * pointwise


def _summed(depthwise, pointwise):
    return _plain(depthwise, pointwise).sum(axis=2)


def _turned(depthwise, pointwise):
    return _plain(depthwise, pointwise).swapaxes(0, 1)


_RNG = np.random.default_rng(0)
_LAYERS = tuple(
    (_RNG.normal(size=(side, side, reads)), _RNG.normal(size=(reads, maps)))
    for side, reads, maps in ((3, 2, 2), (5, 3, 4))
)

EXERCISES = {
    "count": Exercise(
        Array(
            [_COUNT, 37**2 * _COUNT],
            slips=(
                ([_COUNT, _COUNT], "Each weight is used at every place of the maps."),
                (
                    [9 * 256 * 728, 37**2 * 9 * 256 * 728],
                    "That is a plain convolution: the 3×3 kernels of a separable one read one map.",
                ),
                (
                    [256 * 728, 37**2 * 256 * 728],
                    "That is the pointwise half; the depthwise one has weights, too.",
                ),
            ),
        ),
        hints=(
            "Count the two halves one after the other.",
            "The depthwise half has a kernel of 9 weights for each of the 256 maps.",
            "Weights: 9 · 256 + 256 · 728. Multiply-adds: 37 · 37 times as many.",
        ),
    ),
    "eighth": Exercise(
        Number(
            73,
            slips={
                72: "With 72 maps it is exactly an eighth.",
                8: "For 3×3 kernels the other term is 1/9, not 0.",
            },
        ),
        hints=(
            "Which share of the weights is left, and on what does it depend?",
            "1/M + 1/9 has to be below 1/8.",
            "1/8 − 1/9 = 1/72.",
        ),
    ),
    "plain": Exercise(
        Function(
            _plain,
            cases=_LAYERS,
            slips=(
                (_summed, "The sum over the channels comes later, when maps are read."),
                (_turned, "Rows and columns are exchanged."),
            ),
        ),
        hints=(
            "Which two numbers meet in the weight at [u, v, c, m]?",
            "It is depthwise[u, v, c] · pointwise[c, m].",
            "Give `depthwise` a fourth axis of one, and let NumPy broadcast.",
        ),
    ),
    "multiplier": Exercise(
        Array(
            [9 * 64 * 2 + 128 * 128, 2],
            slips=(
                (
                    [9 * 64 * 2 + 64 * 128, 2],
                    "The pointwise half reads what the depthwise half gives: 128 maps.",
                ),
                ([9 * 64 + 64 * 128, 1], "That is a multiplier of 1."),
                (
                    [9 * 64 * 2 + 128 * 128, 1],
                    "Each map is read with two patterns, in other shares for each map above.",
                ),
            ),
        ),
        hints=(
            "How many maps come out of the depthwise half?",
            "128 maps come out of it, and the pointwise half mixes them to 128.",
            "Weights: 9 · 64 · 2 + 128 · 128. A sum of two patterns has rank 2.",
        ),
    ),
    "middle": Exercise(
        Array(
            [60, _TRAINED + 24 * (_LAYER + 2 * 728)],
            slips=(
                ([60, _TRAINED + 24 * _LAYER], "Batch normalization has trained parameters, too."),
                (
                    [44, _TRAINED + 8 * (_LAYER + 2 * 728)],
                    "A module of the middle flow has three convolutions.",
                ),
                (
                    [60, _TRAINED + 24 * (_LAYER + 4 * 728)],
                    "Moving means and variances are not trained.",
                ),
            ),
        ),
        hints=(
            "How many convolutions do eight modules bring?",
            "24, each with 9 · 728 + 728 · 728 weights and 2 · 728 of its normalization.",
            "22,855,952 + 24 · 537,992.",
        ),
    ),
    "new": Exercise(
        Array(
            [0, 0, 1, 0, 0, 1],
            slips=(
                ([1, 0, 1, 0, 0, 1], "(a) Laurent Sifre had used them in 2013."),
                ([0, 0, 1, 0, 1, 1], "(e) Look at the last column of the table of results."),
                ([0, 0, 1, 1, 0, 1], "(d) The numbers of parameters differ by 3 %."),
            ),
        ),
        hints=(
            "Two of the six were there before, two are not true.",
            "Look at the table of results for (d), (e) and (f).",
            "Shortcuts came in 2015, separable convolutions in 2013.",
        ),
    ),
}
