import numpy as np

from answers import Answers


def normalized(answers, r, k, alpha, beta, low=0, power=2):
    squares = [(answers[max(low, i - r) : i + r + 1] ** power).sum() for i in range(len(answers))]
    return answers / (k + alpha * np.array(squares)) ** beta


def lit(picture, alphas, order=-1, root=0.5):
    covariance = np.cov(picture.reshape(-1, 3), rowvar=False)
    values, vectors = np.linalg.eigh(covariance)
    values, vectors = values[::order], vectors[:, ::order]
    vectors = vectors * np.sign(vectors[0])
    return picture + vectors @ (alphas * values**root)


ANSWERS = {
    "conv2": Answers(
        right=(307_456, 614_656),
        wrong=[(307_200, 614_400), (153_728, 614_656), (614_656, 307_456)],
    ),
    "lrn": Answers(right=200.0, wrong=[141.4214, 40_000, 100]),
    "new": Answers(right=1.5, wrong=[1.8, 2.7, 1]),
    "normalized": Answers(
        right=normalized,
        wrong=[
            lambda *given: normalized(*given, power=1),
            lambda *given: normalized(*given, low=1),
        ],
    ),
    "traffic": Answers(right=22_151_168, wrong=[11_075_584, 5_537_792, 173_056]),
    "light": Answers(
        right=lit,
        wrong=[lambda p, a: lit(p, a, root=1), lambda p, a: lit(p, a, order=1)],
    ),
}
