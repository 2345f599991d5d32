import numpy as np

from answers import Answers
from cnnlib.layers import LocalResponseNormalization


def neuron(image, kernels, biases, i, j, k):
    size, _, channels, _ = kernels.shape
    z = biases[k]
    for u in range(size):
        for v in range(size):
            for c in range(channels):
                z += image[i + u, j + v, c] * kernels[u, v, c, k]
    return z


ANSWERS = {
    "count": Answers(right=73_856, wrong=[73_728, 1_280, 36_928]),
    "shape": Answers(right=(5, 5, 3, 16), wrong=[(5, 5, 16, 3), (16, 3, 5, 5), (8, 5, 5, 3)]),
    "neuron": Answers(
        right=neuron,
        wrong=[
            lambda x, w, b, *at: neuron(x, w, 0 * b, *at),
            lambda x, w, b, *at: neuron(x, w[::-1, ::-1], b, *at),
        ],
    ),
    "gray": Answers(right=[0.299, 0.587, 0.114], wrong=[[1 / 3] * 3, [0.2126, 0.7152, 0.0722]]),
    "permute": Answers(
        right=lambda a, b, order: (np.take(a, order, axis=3), np.take(b, order, axis=2)),
        wrong=[lambda a, b, order: (a[..., order], b), lambda a, b, order: (a, b)],
    ),
    "pixelwise": Answers(
        right=lambda image, kernel: image @ kernel,
        wrong=[lambda image, kernel: image[..., :1] * kernel[0], lambda image, kernel: image],
    ),
    "normalized": Answers(
        right=lambda maps, r, c, alpha, beta: LocalResponseNormalization(
            2 * r + 1, bias=c, alpha=alpha, beta=beta
        )(maps[np.newaxis])[0],
        wrong=[
            lambda maps, r, c, alpha, beta: maps / (c + alpha * maps**2) ** beta,
            lambda maps, r, c, alpha, beta: (
                maps / (c + alpha * (maps**2).sum(axis=-1, keepdims=True)) ** beta
            ),
            lambda maps, r, c, alpha, beta: maps * (c + alpha * maps**2) ** beta,
        ],
    ),
}
