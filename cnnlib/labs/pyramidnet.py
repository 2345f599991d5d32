"""Exercises of the chapter "PyramidNet"."""

import numpy as np

from cnnlib.labs._judges import Array, Exercise, Function, Number


def _padded(x, channels):
    height, width, own = x.shape
    halved = x.reshape(height // 2, 2, width // 2, 2, own).mean(axis=(1, 3))
    return np.pad(halved, ((0, 0), (0, 0), (0, channels - own)))


def _skipped(x, channels):
    halved = x[::2, ::2]
    return np.pad(halved, ((0, 0), (0, 0), (0, channels - x.shape[2])))


def _in_front(x, channels):
    return np.roll(_padded(x, channels), channels - x.shape[2], axis=2)


def _summed(x, channels):
    return 4 * _padded(x, channels)


_RNG = np.random.default_rng(0)
_CASES = tuple(
    (_RNG.normal(size=shape), channels) for shape, channels in (((4, 4, 2), 3), ((6, 2, 3), 5))
)
_UNIT = 9 * 40 * 41 + 9 * 41 * 41

EXERCISES = {
    "widths": Exercise(
        Array(
            [58, 100],
            slips=(
                ([42, 84], "Units add to the 16 maps that are there at first."),
                ([57, 100], "16 + 84 · 27 / 54 is a whole number; nothing is cut off."),
                ([58, 84], "α is what is added; the network begins with 16."),
            ),
        ),
        hints=(
            "How many maps have 27 of 54 units added?",
            "Half of 84, and all 84 after the last.",
            "16 + 42 and 16 + 84.",
        ),
    ),
    "carried": Exercise(
        Array(
            [16, 48],
            slips=(
                (
                    [64, 48],
                    "Only maps that were there from the start have been carried all the way.",
                ),
                ([16, 54], "α is 48: some units add no map."),
                ([0, 48], "No shortcut loses a map; zeros are put beside those that are there."),
            ),
        ),
        hints=(
            "What does a shortcut with zeros do to the maps that it reads?",
            "It hands all of them on. And a unit widens by one map at most, as 48 is less than 54.",
            "16 maps were there before the first unit; 48 maps are added one at a time.",
        ),
    ),
    "unit": Exercise(
        Number(
            _UNIT + 2 * (40 + 41 + 41),
            slips={
                _UNIT: "There are three batch normalizations, with two parameters for each map.",
                _UNIT + 2 * (41 + 41): "The first batch normalization, on 40 maps, is missing.",
                _UNIT + 2 * (40 + 41 + 41) + 40 * 41: "A shortcut with zeros has no weights.",
            },
        ),
        hints=(
            "Go along the branch: BN, convolution, BN, ReLU, convolution, BN.",
            "9 · 40 · 41 and 9 · 41 · 41 weights, and two parameters for each normalized map.",
            "14,760 + 15,129 + 2 · (40 + 41 + 41).",
        ),
    ),
    "shortcut": Exercise(
        Function(
            _padded,
            cases=_CASES,
            slips=(
                (_skipped, "That takes every second pixel, as ResNet's option A does."),
                (_in_front, "The zeros come behind the maps that are there."),
                (_summed, "The mean of four pixels is asked for, not their sum."),
            ),
        ),
        hints=(
            "First make the maps smaller, then put zeros beside them.",
            "Reshape to [height / 2, 2, width / 2, 2, maps] and take the mean over two axes.",
            "np.pad(halved, ((0, 0), (0, 0), (0, channels - x.shape[2])))",
        ),
    ),
    "factor": Exercise(
        Array(
            [4 ** (1 / 54), 32],
            tolerance=1e-3,
            slips=(
                ([4 / 54, 32], "Factors multiply: 54 of them make 4 together."),
                ([4 ** (1 / 54), 40], "That is where units add. Half of the factors make 2."),
            ),
        ),
        hints=(
            "Which factor has to be applied 54 times to make 64 of 16?",
            "The 54th root of 4. And 27 of these factors together are the square root of 4.",
            "4 ** (1 / 54), and 16 · 2.",
        ),
    ),
    "new": Exercise(
        Array(
            [1, 1, 0, 1, 0, 0],
            slips=(
                ([1, 0, 0, 1, 0, 0], "(b) Look at the shortcut of a unit that widens."),
                ([1, 1, 1, 1, 0, 0], "(c) ResNets keep the number of maps within a stage."),
                ([1, 1, 0, 1, 1, 0], "(e) Sides are halved as often as in ResNet."),
            ),
        ),
        hints=(
            "Three of the six are right.",
            "Look at the table of layers for (a), (c) and (e).",
            "The branch is BN, convolution, BN, ReLU, convolution, BN.",
        ),
    ),
}
