"""Exercises of the chapter "AlexNet"."""

import numpy as np

from cnnlib.labs._judges import Array, Exercise, Function, Number


def _normalized(answers, r, k, alpha, beta, power=2, share=False):
    sums = []
    for i in range(len(answers)):
        near = answers[max(0, i - r) : i + r + 1]
        sums.append((near**power).sum() / (2 * r + 1 if share else 1))
    return answers / (k + alpha * np.array(sums)) ** beta


def _lit(picture, alphas, factor=np.sqrt, order=-1):
    values, vectors = np.linalg.eigh(np.cov(picture.reshape(-1, 3), rowvar=False))
    values, vectors = values[::order], vectors[:, ::order]
    return picture + vectors * np.sign(vectors[0]) @ (alphas * factor(values))


_RNG = np.random.default_rng(0)
_ANSWERS = tuple(
    (100 * _RNG.random(maps), r, 2.0, alpha, 0.75)
    for maps, r, alpha in ((5, 2, 1e-4), (8, 1, 1e-2), (3, 0, 1e-3))
)
_COLOURS = np.array([[50.0, 50, 45], [10, 0, -12], [1, -2, 1]])
_LIGHTS = tuple(
    (128 + _RNG.normal(size=(6, 5, 3)) @ _COLOURS, np.array(alphas))
    for alphas in ((0.1, 0.0, 0.0), (0.1, -0.2, 0.05))
)

EXERCISES = {
    "conv2": Exercise(
        Array(
            [25 * 48 * 256 + 256, 25 * 96 * 256 + 256],
            slips=(
                ([25 * 48 * 256, 25 * 96 * 256], "Each of the 256 maps has a bias."),
                ([25 * 48 * 128 + 128, 25 * 96 * 256 + 256], "That is one of the two towers."),
                ([25 * 96 * 256 + 256, 25 * 48 * 256 + 256], "The other way round."),
            ),
        ),
        hints=(
            "How many maps does one map of conv2 read, with and without towers?",
            "A kernel has 25 weights for each map that it reads.",
            "256 maps of 25 times 48, or 25 times 96, weights and a bias.",
        ),
    ),
    "lrn": Exercise(
        Number(
            200,
            slips={
                (2 / 1e-4) ** 0.5: "There the two terms of the divisor are equal.",
                2 / (1e-4 * 0.5): "That is its square.",
            },
            tolerance=1e-3,
        ),
        hints=(
            "The neighbours are silent, so the sum is the square of a alone.",
            "Set the derivative of a (k + alpha a²)^(−beta) to 0.",
            "k + alpha a² = 2 beta alpha a².",
        ),
    ),
    "new": Exercise(
        Number(
            1.5,
            slips={
                1.8: "Those are the top-1 errors.",
                2.7: "That takes in the towers.",
            },
        ),
        hints=(
            "The chapter names two gains for each: of top-1 and of top-5 errors.",
            "The second number of each pair is about top-5 errors.",
            "1.2 and 0.3.",
        ),
    ),
    "normalized": Exercise(
        Function(
            _normalized,
            _ANSWERS,
            slips=(
                (lambda *given: _normalized(*given, power=1), "The sum is of squares."),
                (lambda *given: _normalized(*given, share=True), "That is Caffe's mean."),
            ),
        ),
        hints=(
            "For map i, which maps are at most r away, and exist?",
            "answers[max(0, i - r) : i + r + 1]",
            "Sum the squares of this slice, for every i; the rest is arithmetic on arrays.",
        ),
    ),
    "traffic": Exercise(
        Number(
            2 * 13 * 13 * 128 * 4 * 128,
            slips={
                13 * 13 * 128 * 4 * 128: "Each card needs what the other one has.",
                2 * 13 * 13 * 128 * 128: "A float32 takes four bytes.",
                2 * 13 * 13 * 128 * 4: "That is one picture.",
            },
        ),
        hints=(
            "What does one card lack of what conv3 reads?",
            "The other half of the maps: 13·13·128 numbers for a picture.",
            "Twice that, times 4 bytes, times 128 pictures.",
        ),
    ),
    "light": Exercise(
        Function(
            _lit,
            _LIGHTS,
            slips=(
                (
                    lambda picture, alphas: _lit(picture, alphas, lambda values: values),
                    "The eigenvalue is the variance; its root is the standard deviation.",
                ),
                (
                    lambda picture, alphas: _lit(picture, alphas, order=1),
                    "`np.linalg.eigh` gives the smallest eigenvalue first.",
                ),
            ),
        ),
        hints=(
            "Take the covariance of the three colours over all pixels: np.cov(..., rowvar=False).",
            "np.linalg.eigh gives values and, as columns, vectors, the smallest value first.",
            "Add vectors @ (alphas * np.sqrt(values)), after turning order and signs.",
        ),
    ),
}
