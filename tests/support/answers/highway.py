import numpy as np

from answers import Answers


def layer(x, transform, gate, bias):
    t = 1 / (1 + np.exp(-(gate @ x) - bias))
    return t * np.maximum(transform @ x, 0) + (1 - t) * x


ANSWERS = {
    "gate": Answers(right=(0.75, 1), wrong=[(0.75, -1), (0.25, -1), (0.75, 1.5)]),
    "parameters": Answers(
        right=(36_928, 73_856), wrong=[(36_864, 73_728), (36_928, 36_992), (73_856, 36_928)]
    ),
    "half": Answers(right=-4.2716, wrong=[4.2714, -4.5951, -2, 0]),
    "layer": Answers(
        right=layer,
        wrong=[
            lambda x, transform, gate, bias: np.maximum(transform @ x, 0) + x,
            lambda x, transform, gate, bias: layer(x, transform, gate, 0),
            lambda x, transform, gate, bias: layer(x, transform, -gate, -bias),
        ],
    ),
    "width": Answers(right=71, wrong=[100, 70, 50]),
    "true": Answers(
        right=(True, False, False, True, False),
        wrong=[(True,) * 5, (True, False, True, True, False), (True, False, False, True, True)],
    ),
}
