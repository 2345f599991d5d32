import numpy as np

from answers import Answers


def dilate(kernel, rate):
    wide = []
    for weight in kernel:
        wide += [weight] + [0] * (rate - 1)
    return wide[: len(wide) - rate + 1]


def transpose(values, kernel, stride):
    spread = np.zeros((len(values) - 1) * stride + 1)
    spread[::stride] = values
    return np.convolve(spread, kernel)


ANSWERS = {
    "dilate": Answers(
        right=dilate, wrong=[lambda k, r: dilate(k, r + 1), lambda k, r: [1, 0, 0, 2, 0, 3]]
    ),
    "grouped": Answers(right=18_432, wrong=[589_824, 576, 73_728]),
    "separable": Answers(
        right=lambda f, c, m: f * f * c + c * m,
        wrong=[lambda f, c, m: f * f * c * m, lambda f, c, m: f * f * c],
    ),
    "transpose": Answers(
        right=transpose,
        wrong=[lambda v, k, s: np.convolve(v, k), lambda v, k, s: transpose(v, k[::-1], s)],
    ),
    "even": Answers(right=[2, 4, 6], wrong=[[3, 5], [2], range(1, 7)]),
    "conv3d": Answers(right=113_246_208, wrong=[37_748_736, 1_769_472, 226_492_416]),
}
