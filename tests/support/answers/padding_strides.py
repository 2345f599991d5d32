from math import gcd

import numpy as np

from answers import Answers


def keep(f, d):
    zeros, odd = divmod(d * (f - 1), 2)
    return None if odd else zeros


def repaired(maps, kernel, padding=1):
    import keras

    layer = keras.layers.Conv2D(6, 3, 2, "valid", use_bias=False)
    padded = keras.layers.ZeroPadding2D(padding)(maps)
    layer.build(padded.shape)
    layer.set_weights([kernel])
    return layer(padded)


ANSWERS = {
    "chain": Answers(right=[28, 14, 10, 5], wrong=[[32, 16, 16, 8], [32, 28, 14, 10, 5], 5]),
    "keep": Answers(
        right=keep,
        wrong=[lambda f, d: d * (f - 1) // 2, lambda f, d: d * (f - 1) / 2, 2],
    ),
    "depth": Answers(right=(13, 2), wrong=[(14, 0), (12, 4), 13]),
    "alexnet": Answers(right=3, wrong=[4, 1.5, 7]),
    "ignored": Answers(right=0.25, wrong=[0.75, 0.5, "a quarter"]),
    "port": Answers(
        right=repaired,
        wrong=[
            lambda maps, kernel: repaired(maps, kernel, ((0, 1), (0, 1))),
            lambda maps, kernel: repaired(maps, kernel, 2),
            lambda maps, kernel: np.zeros((1, 6, 6, 6)),
        ],
    ),
    "gaps": Answers(
        right=lambda f, s, d: gcd(s, d) == 1 and f >= s,
        wrong=[lambda f, s, d: gcd(s, d) == 1, lambda f, s, d: d * (f - 1) + 1 >= s],
    ),
}
