import math

import numpy as np

from answers import Answers


def block(maps, first, second):
    gates = 1 / (1 + np.exp(-(np.maximum(maps.mean(axis=(0, 1)) @ first, 0) @ second)))
    return maps * gates


ANSWERS = {
    "parameters": Answers(
        right=(33_312, 32_768),
        wrong=[(32_768, 32_768), (33_312, 25_690_112), (16_416, 16_384), (525_312, 524_288)],
    ),
    "block": Answers(
        right=block,
        wrong=[
            lambda maps, first, second: maps * (maps.mean(axis=(0, 1)) @ first @ second),
            lambda maps, first, second: block(maps * 2, first, second),
            lambda maps, first, second: block(maps, first, second).mean(axis=(0, 1)),
        ],
    ),
    "blind": Answers(
        right=(True, True, False, False, False),
        wrong=[(True, False, False, False, False), (True,) * 5, (True, True, True, False, False)],
    ),
    "held": Answers(right=math.log(9), wrong=[0.9, -math.log(9), 9, 0.7109]),
    "last": Answers(right=951_600, wrong=[1_579_392, 2_530_992, 26_508_632]),
    "new": Answers(
        right=(False, False, True, False, True),
        wrong=[(True, False, True, False, True), (True,) * 5, (False, False, True, False, False)],
    ),
}
