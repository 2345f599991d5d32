import numpy as np

from answers import Answers


def gradient(image, upstream):
    rows, columns = upstream.shape
    size = len(image) - rows + 1
    return np.array(
        [
            [(image[u : u + rows, v : v + columns] * upstream).sum() for v in range(size)]
            for u in range(size)
        ]
    )


def circular(image, kernel):
    out = np.zeros_like(image)
    for u, v in np.ndindex(kernel.shape):
        out += kernel[u, v] * np.roll(image, (u, v), axis=(0, 1))
    return out


ANSWERS = {
    "dense": Answers(right=(614_656, 7_056, 9), wrong=[(614_656, 9, 9), (7_056, 7_056, 9)]),
    "magnitude": Answers(right=np.hypot, wrong=[lambda x, y: x + y, lambda x, y: abs(x) + abs(y)]),
    "unsharp": Answers(
        right=lambda x, b, a: (1 + a) * x - a * b,
        wrong=[lambda x, b, a: x - a * b, lambda x, b, a: x + a * (b - x)],
    ),
    "shift": Answers(right=1.5, wrong=[2, 0, 0.5]),
    "gradient": Answers(
        right=gradient,
        wrong=[lambda x, g: gradient(x, g) / g.size, lambda x, g: gradient(x, 0 * g)],
    ),
    "spectrum": Answers(
        right=circular, wrong=[lambda x, k: circular(x, k[::-1, ::-1]), lambda x, k: x]
    ),
}
