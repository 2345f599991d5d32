import numpy as np

from answers import Answers


def pointwise(maps, weights, bias):
    return np.maximum(np.einsum("hwc,co->hwo", maps, weights) + bias, 0)


ANSWERS = {
    "branch": Answers(
        right=(253_952, 199_098_368),
        wrong=[(442_368, 346_816_512), (221_184, 173_408_256), (253_952, 253_952)],
    ),
    "widest": Answers(right=342, wrong=[343, 480, 48, 16]),
    "slip": Answers(right=376_320_000, wrong=[496_742_400, 15_052_800, 1_003_520_000, 353_000_000]),
    "pointwise": Answers(
        right=pointwise,
        wrong=[
            lambda maps, weights, bias: maps @ weights + bias,
            lambda maps, weights, bias: np.maximum(maps @ weights, 0) + bias,
            lambda maps, weights, bias: np.maximum(maps @ weights, 0),
        ],
    ),
    "flatten": Answers(right=49, wrong=[7, 1024, 50_176_000]),
    "loss": Answers(right=(3.65, 2), wrong=[(7.5, 2), (3.65, 3.65), (2.5, 2)]),
}
