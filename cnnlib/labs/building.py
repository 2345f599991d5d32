"""Exercises of the chapter "Building and training a CNN"."""

import numpy as np

from cnnlib.labs._judges import Array, Exercise, Function, Number


def _softmax(scores, temperature):
    raised = np.exp((scores - scores.max()) / temperature)
    return raised / raised.sum()


def _loss(probabilities, labels, reduce=np.mean, log=np.log):
    return -reduce(log(probabilities[np.arange(len(labels)), labels]))


_RNG = np.random.default_rng(0)
_SCORES = tuple(
    (scale * _RNG.normal(size=classes), temperature)
    for scale, classes, temperature in ((1, 10, 1.0), (2, 4, 0.5), (2000, 10, 1.0))
)
_GUESSES = tuple(
    (_RNG.dirichlet(np.ones(classes), size=count), _RNG.integers(0, classes, count))
    for count, classes in ((1, 3), (32, 10))
)

EXERCISES = {
    "count": Exercise(
        Number(
            28 * 32 + 289 * 64 + (14 * 14 * 64 + 1) * 128 + 1290,
            slips={
                10 * 32 + 289 * 64 + (14 * 14 * 64 + 1) * 128 + 1290: "Each kernel of the first "
                "convolution reads three channels.",
                28 * 32 + 289 * 64 + (16 * 16 * 64 + 1) * 128 + 1290: "Without padding a "
                "convolution takes two rows and two columns.",
                27 * 32 + 288 * 64 + 14 * 14 * 64 * 128 + 1280: "The biases are missing.",
                1_199_882: "That is the recipe for grey pictures of 28×28 pixels.",
            },
        ),
        hints=(
            "Write the shape behind every layer first.",
            "32×32×3, 30×30×32, 28×28×64, 14×14×64; and then a row of 12,544 numbers.",
            "(9·3 + 1)·32 + (9·32 + 1)·64 + (12,544 + 1)·128 + (128 + 1)·10.",
        ),
    ),
    "steps": Exercise(
        Array(
            [12 * 430, 55_000 - 429 * 128],
            slips=(
                ([12 * 429, 88], "The pictures that are left make a batch, too."),
                ([430, 88], "That is one epoch; there are 12."),
                ([12 * 430, 128], "128 does not divide 55,000."),
            ),
        ),
        hints=(
            "How many batches has one epoch?",
            "55,000 / 128 is a little over 429: the rest makes a smaller batch.",
            "12 times 430 steps; 55,000 less 429 times 128 pictures.",
        ),
    ),
    "softmax": Exercise(
        Function(
            _softmax,
            _SCORES,
            slips=(
                (
                    lambda z, t: _softmax(z, 1.0),
                    "The scores are divided by the temperature first.",
                ),
                (
                    lambda z, t: _softmax(z, 1 / t),
                    "The scores are divided by the temperature, not multiplied.",
                ),
                (lambda z, t: _softmax(z, t) * len(z), "The probabilities add up to 1."),
            ),
        ),
        hints=(
            "What happens to the probabilities when the same number is added to all scores?",
            "Choose that number so that no exponent is above 0.",
            "raised = np.exp((scores - scores.max()) / temperature), divided by its sum.",
        ),
    ),
    "loss": Exercise(
        Function(
            _loss,
            _GUESSES,
            slips=(
                (lambda p, y: -_loss(p, y), "A loss is not negative: the logarithm of p is."),
                (lambda p, y: _loss(p, y, np.sum), "The mean is asked for, not the sum."),
                (lambda p, y: _loss(p, y, log=np.log10), "The logarithm is the natural one."),
                (
                    lambda p, y: -np.log(p).mean(),
                    "The probability of the right class alone counts.",
                ),
            ),
        ),
        hints=(
            "Which one number of each row does the loss look at?",
            "probabilities[np.arange(n), labels] picks it.",
            "The mean of -np.log of that.",
        ),
    ),
    "folds": Exercise(
        Number(
            2 * (4 * 3 * 2 * 5 + 1),
            slips={
                2 * 4 * 3 * 2 * 5: "The last training, on all training pictures, is missing.",
                2 * (4 * 3 * 2 + 1): "Each setting is trained once for each fold.",
                2 * ((4 + 3 + 2) * 5 + 1): "Every rate goes with every batch size and dropout.",
                4 * 3 * 2 * 5 + 1: "Those are the trainings; each takes 2 minutes.",
            },
        ),
        hints=(
            "How many settings are there?",
            "4·3·2 settings, each trained for each of 5 folds.",
            "120 trainings, and one more, 2 minutes each.",
        ),
    ),
}
