import numpy as np

from answers import Answers


def matrix(kernel, height, width):
    size = len(kernel)
    rows = []
    for i in range(height - size + 1):
        for j in range(width - size + 1):
            picture = np.zeros((height, width))
            picture[i : i + size, j : j + size] = kernel
            rows.append(picture.ravel())
    return np.stack(rows)


def backward(upstream, kernel):
    size = len(kernel)
    gradient = np.zeros(np.add(upstream.shape, size - 1))
    for i, j in np.ndindex(upstream.shape):
        gradient[i : i + size, j : j + size] += upstream[i, j] * kernel
    return gradient


def gain(kernel, n):
    shifted = [
        np.roll(np.pad(kernel, (0, n - len(kernel))), (i, j), axis=(0, 1)).ravel()
        for i in range(n)
        for j in range(n)
    ]
    return np.linalg.norm(shifted, 2)


ANSWERS = {
    "shape": Answers(right=(4, 30), wrong=[(30, 4), (12, 30), (4, 9)]),
    "flip": Answers(right=[[4, 3], [2, 1]], wrong=[[[1, 3], [2, 4]], [[3, 4], [1, 2]]]),
    "share": Answers(right=9 / 32**2, wrong=[9 / 30**2, 1 - 9 / 1024, 8100]),
    "matrix": Answers(
        right=matrix,
        wrong=[lambda k, h, w: matrix(k, h, w).T, lambda k, h, w: matrix(k[::-1, ::-1], h, w)],
    ),
    "backward": Answers(
        right=backward, wrong=[lambda g, k: backward(g, k[::-1, ::-1]), lambda g, k: g]
    ),
    "gain": Answers(right=gain, wrong=[lambda k, n: abs(k).sum(), lambda k, n: k.sum()]),
}
