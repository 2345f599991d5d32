import numpy as np

from answers import Answers


def pooled(image, c, b, reduce=np.sum):
    rows, columns = image.shape
    windows = image.reshape(rows // 2, 2, columns // 2, 2)
    return 1.7159 * np.tanh(2 / 3 * (c * reduce(windows, axis=(1, 3)) + b))


ANSWERS = {
    "c1": Answers(right=(400, 270_400), wrong=[(392, 264_992), (400, 409_600), (400, 400)]),
    "table": Answers(right=(816, 81_600), wrong=[(800, 80_000), (832, 83_200), (816, 159_936)]),
    "pooled": Answers(
        right=pooled,
        wrong=[
            lambda x, c, b: pooled(x, c, b, np.mean),
            lambda x, c, b: pooled(x, c, b) / 1.7159,
            lambda x, c, b: np.arctanh(pooled(x, c, b) / 1.7159) * 1.5,
        ],
    ),
    "distance": Answers(right=(92, 84), wrong=[(23, 84), (46, 84), (92, 0)]),
    "larger": Answers(right=8, wrong=[1, 29, 12, 7]),
    "softmax": Answers(right=-168, wrong=[168, -84, 0]),
}
