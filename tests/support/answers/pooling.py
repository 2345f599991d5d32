import numpy as np

from answers import Answers


def maximum(image, size, reduce=np.max):
    rows, columns = np.floor_divide(image.shape, size)
    whole = image[: rows * size, : columns * size]
    return reduce(whole.reshape(rows, size, columns, size), axis=(1, 3))


ANSWERS = {
    "dropped": Answers(right=8 / 9, wrong=[1 / 9, 2 / 3, 0.75]),
    "sizes": Answers(right=(27, 27, 28), wrong=[(27, 28, 27), (18, 27, 28), (27, 27, 27)]),
    "maximum": Answers(
        right=maximum,
        wrong=[lambda x, k: maximum(x, k, np.mean), lambda x, k: maximum(x, k, np.min)],
    ),
    "global": Answers(
        right=lambda maps: maps.mean((1, 2)),
        wrong=[lambda maps: maps.mean((2, 3)), lambda maps: maps.mean(-1), np.mean],
    ),
    "linear": Answers(right=[[1 / 4] * 2] * 2, wrong=[np.ones((2, 2)), [[1, 0], [0, 0]], 1 / 4]),
    "weights": Answers(right=(401_408, 8_192), wrong=[(1_605_632, 8_192), (401_536, 8_320)]),
}
