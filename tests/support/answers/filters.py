import numpy as np

from answers import Answers
from cnnlib import data, filters, ops


def sobel_map():
    temple = data.picture("temple", 128, grey=True)[np.newaxis, :, :, np.newaxis]
    return ops.conv2d(temple / np.float32(255), filters.sobel_x()[:, :, np.newaxis, np.newaxis])


def curvatures():
    names = ("temple", "flower", "camera", "astronaut", "coffee")
    photos = np.stack([data.picture(name, 64, grey=True) for name in names])
    photos = (photos - photos.mean()) / photos.std()
    windows = [photos[:, i : i + 62, j : j + 62].ravel() for i in range(3) for j in range(3)]
    return np.linalg.eigvalsh(np.cov(windows, bias=True) + np.outer(*2 * [np.mean(windows, 1)]))


BIAS = -np.quantile(sobel_map(), 0.95)
LOW, *_, HIGH = curvatures()

ANSWERS = {
    "move": Answers(right=(1, 0), wrong=[(0, 1), (1, 2), (1, 1), 1]),
    "diagonal": Answers(
        right=np.eye(5) - 0.2,
        wrong=[np.eye(5), np.eye(3) - 1 / 3, np.eye(5)[::-1] - 0.2, 2 * (np.eye(5) - 0.2)],
    ),
    "threshold": Answers(right=BIAS, wrong=[-BIAS, 0, -np.quantile(sobel_map(), 0.05)]),
    "halves": Answers(
        right=lambda p, n: (p - n, p + n),
        wrong=[lambda p, n: (p + n, p - n), lambda p, n: (p, p + n), lambda p, n: p - n],
    ),
    "twice": Answers(
        right=np.outer([1, 2, 3, 2, 1], [1, 2, 3, 2, 1]) / 81,
        wrong=[np.full((3, 3), 1 / 9), np.full((5, 5), 1 / 25)],
    ),
    "student": Answers(
        right=np.pad(filters.sobel_x(), 1) + 0.004,
        wrong=[filters.sobel_x(), np.zeros((5, 5)), np.pad(filters.sobel_y(), 1)],
    ),
    "slow": Answers(right=HIGH / LOW, wrong=[LOW / HIGH, (HIGH / LOW) ** 0.5, 1.0]),
}
