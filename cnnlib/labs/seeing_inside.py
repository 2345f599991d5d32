"""Exercises of the chapter "Watching a network see"."""

import math

import numpy as np

from cnnlib.labs._judges import Array, Exercise, Function


def _back(given, gradient, rule, *, zero=False):
    on = given >= 0 if zero else given > 0
    passed = gradient * on if rule != "deconvnet" else gradient
    return passed if rule == "gradient" else np.maximum(passed, 0)


def _class_map(maps, weights, c):
    return maps @ weights[:, c]


_RNG = np.random.default_rng(0)
_RULES = tuple(
    (given, gradient, rule)
    for rule in ("gradient", "deconvnet", "guided")
    for given, gradient in (
        (np.array([-1.0, 0.0, 2.0, 3.0]), np.array([1.0, 1.0, -2.0, 3.0])),
        (_RNG.normal(size=(3, 4)), _RNG.normal(size=(3, 4))),
    )
)
_MAPS = tuple(
    (np.maximum(_RNG.normal(size=(*sides, maps)), 0), _RNG.normal(size=(maps, classes)), c)
    for sides, maps, classes, c in (((2, 2), 3, 4, 1), ((5, 7), 6, 3, 2))
)
_BEFORE = 1 / (2 + math.exp(-2))
_AFTER = 1 / (1 + math.exp(-3) + math.exp(-2))

EXERCISES = {
    "places": Exercise(
        Array(
            [626, 0],
            slips=(
                ([625, 0], "The whole picture is run once, too."),
                ([626, 999 * 625], "One run gives the probabilities of all classes."),
                ([626, 999 * 626], "One run gives the probabilities of all classes."),
                ([577, 0], "From 0 to 192 in steps of 8 there are 25 places."),
            ),
        ),
        hints=(
            "How many places are there along one side? What does one run tell?",
            "(224 − 32)/8 + 1 = 25 places along each side.",
            "25² + 1 runs, and each gives all 1,000 probabilities.",
        ),
    ),
    "rules": Exercise(
        Function(
            _back,
            _RULES,
            slips=(
                (
                    lambda x, g, rule: _back(x, g, rule, zero=True),
                    "A ReLU that was given 0 passes nothing on.",
                ),
                (lambda x, g, rule: g * (x > 0), "Only the gradient's rule is this one."),
                (
                    lambda x, g, rule: _back(x, g, "guided" if rule == "deconvnet" else rule),
                    "The deconvnet does not ask what the ReLU was given.",
                ),
            ),
        ),
        hints=(
            "Each rule multiplies the gradient by one or two conditions, which are 0 or 1.",
            "The gradient asks whether `given` is positive, the deconvnet whether `gradient` is.",
            "Guided: `gradient * (given > 0) * (gradient > 0)`.",
        ),
    ),
    "cam": Exercise(
        Function(
            _class_map,
            _MAPS,
            slips=(
                (
                    lambda maps, weights, c: np.maximum(_class_map(maps, weights, c), 0),
                    "Nothing is cut off: negative cells speak against the class.",
                ),
                (
                    lambda maps, weights, c: _class_map(maps, weights, c) / maps[..., 0].size,
                    "The sum is not divided by the number of cells: its mean is the score.",
                ),
            ),
        ),
        hints=(
            "Each map is multiplied by one number. Which?",
            "weights[:, c] is one number for each map.",
            "`maps @ weights[:, c]` sums along the last axis.",
        ),
    ),
    "gradcam": Exercise(
        Array(
            [0.05, 0, 0],
            slips=(
                ([9.8, 0, 0], "The gradient of a mean of 196 cells is a 196th of the weight."),
                ([0.05, -0.025, 0], "Grad-CAM keeps what is positive."),
                ([0.7, 0, 0], "The mean is over 14·14 cells."),
                ([0.7, -0.35, 0], "The mean is over 14·14 cells, and Grad-CAM is not negative."),
            ),
        ),
        hints=(
            "What is the gradient of the score with respect to one cell of a map?",
            "w/n with n = 196, in every cell, so that its mean is that as well.",
            "Divide by 196 and cut off what is negative.",
        ),
    ),
    "softmax": Exercise(
        Array(
            [_BEFORE, _AFTER],
            slips=(
                ([_BEFORE, _BEFORE], "Its score stays, but what it is divided by falls."),
                ([0.5, 0.5], "There are three classes."),
                ([_AFTER, _BEFORE], "The other way round: before, and then after."),
            ),
            tolerance=2e-3,
        ),
        hints=(
            "Softmax divides e to a score by the sum over all scores.",
            "Before: e²/(e² + e² + 1).",
            "After: e²/(e² + 1/e + 1).",
        ),
    ),
    "true": Exercise(
        Array(
            [0, 1, 1, 0, 1],
            slips=(
                ([1, 1, 1, 0, 1], "The gradient of a linear score is its weights."),
                ([0, 1, 0, 0, 1], "The rules act at ReLUs. Are there any?"),
                ([0, 1, 1, 1, 1], "Networks of random weights show outlines, too."),
                ([0, 1, 1, 0, 0], "The score is a mean and a bias, not a count of cells."),
            ),
        ),
        hints=(
            "Three of the five are true.",
            "Which of them did you see in a figure of this chapter?",
            "(a) and (d) are false.",
        ),
    ),
}
