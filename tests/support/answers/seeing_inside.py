import math

import numpy as np

from answers import Answers


def back(given, gradient, rule):
    kept = np.ones_like(gradient)
    if rule in ("gradient", "guided"):
        kept *= given > 0
    if rule in ("deconvnet", "guided"):
        kept *= gradient > 0
    return gradient * kept


def class_map(maps, weights, c):
    return np.einsum("hwk,k->hw", maps, weights[:, c])


BEFORE = math.exp(2) / (2 * math.exp(2) + 1)
AFTER = math.exp(2) / (math.exp(2) + math.exp(-1) + 1)

ANSWERS = {
    "places": Answers(right=(626, 0), wrong=[(625, 0), (626, 624_375), (577, 0), (50_176, 0)]),
    "rules": Answers(
        right=back,
        wrong=[
            lambda given, gradient, rule: gradient,
            lambda given, gradient, rule: gradient * (given > 0),
            lambda given, gradient, rule: back(given, gradient, "guided"),
        ],
    ),
    "cam": Answers(
        right=class_map,
        wrong=[
            lambda maps, weights, c: np.maximum(class_map(maps, weights, c), 0),
            lambda maps, weights, c: class_map(maps, weights, c).mean(),
            lambda maps, weights, c: class_map(maps, weights, 0),
        ],
    ),
    "gradcam": Answers(
        right=(0.05, 0, 0), wrong=[(9.8, 0, 0), (0.05, -0.025, 0), (0.7, 0, 0), (1, 1, 1)]
    ),
    "softmax": Answers(
        right=(BEFORE, AFTER), wrong=[(BEFORE, BEFORE), (0.5, 0.5), (AFTER, BEFORE)]
    ),
    "true": Answers(
        right=(False, True, True, False, True),
        wrong=[(True, True, True, False, True), (True,) * 5, (False, True, False, False, True)],
    ),
}
