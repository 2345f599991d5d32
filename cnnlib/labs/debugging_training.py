"""Exercises of the chapter "When training fails"."""

import math

import numpy as np

from cnnlib.labs._judges import Array, Exercise, Function, Number

RIGHT_ENOUGH = 0.85
"""Share of the validation digits that a cured network must name rightly after four epochs."""


def _dead(outputs, never=np.all, axis=0, value=0):
    return float(np.mean(never(outputs == value, axis=axis)))


def _outputs():
    rng = np.random.default_rng(0)
    for pictures, units in ((4, 3), (20, 8), (50, 5)):
        outputs = np.maximum(rng.normal(size=(pictures, units)), 0)
        outputs[:, :: units // 2] = 0
        yield (outputs,)


def cured(answer):
    """Judge a function that builds a network for digits: diagnose what it gives, and train it.

    Args:
        answer: a function without arguments that returns a compiled `keras.Model` for pictures
            [n, 16, 16, 1] of 0 to 255 and classes 0 to 9.

    Returns:
        What is wrong with it, or None.
    """
    import keras

    from cnnlib.data.digits import digits
    from cnnlib.training import NotFinite, diagnose, fit

    if not callable(answer):
        return f"The answer is a function that builds a network. Received: {answer!r}"
    keras.utils.set_random_seed(0)
    try:
        model = answer()
        data = digits(size=16)
        found = diagnose(model, data.x_train, data.y_train)
        if found:
            return f"{len(found)} finding{'s' * (len(found) > 1)} are left. The first: {found[0]}"
        fit(model, data, 4, seed=0)
        guesses = model.predict(data.x_val, verbose=0).argmax(axis=1)
    except NotFinite:
        return "`diagnose` finds nothing any more, but its loss or a weight becomes infinite."
    except Exception as error:  # the reader's code may fail in any way
        return f"Your network raises {type(error).__name__}: {error}"
    share = float((guesses == data.y_val).mean())
    if share < RIGHT_ENOUGH:
        return f"`diagnose` finds nothing any more, but after four epochs {share:.0%} are right."
    return None


EXERCISES = {
    "start": Exercise(
        Array(
            [math.log(26), 100 / 26],
            slips=(
                ([math.log10(26), 100 / 26], "The logarithm is the natural one."),
                ([math.log(26), 1 / 26], "In per cent it is a hundred times as much."),
                ([-math.log(26), 100 / 26], "A loss is not negative."),
                ([math.log(10), 10], "That is for ten classes."),
            ),
            tolerance=0.01,
        ),
        hints=(
            "Which probability does a network that knows nothing give to the right class?",
            "One in 26; the loss is minus its logarithm.",
            "The natural logarithm of 26, and 100 / 26 per cent.",
        ),
    ),
    "rare": Exercise(
        Number(
            -0.95 * math.log(0.95) - 0.05 * math.log(0.05),
            slips={
                math.log(2): "That is the least where both classes are equally common.",
                -math.log(0.95): "Every twentieth picture is of the other class, and costs more.",
                -math.log(0.05): "That is what each of the rare pictures costs.",
                -0.5 * (math.log(0.95) + math.log(0.05)): "Healthy pictures are more common: weigh "
                "the two losses by how often they occur.",
            },
            tolerance=0.003,
        ),
        hints=(
            "Which probability of illness is best, if the same is said of every picture?",
            "Say 5 %. What does it cost for a healthy picture, and what for an ill one?",
            "0.95 times -ln 0.95, and 0.05 times -ln 0.05.",
        ),
    ),
    "rate": Exercise(
        Number(
            2 / 255**2,
            slips={
                2 / 255: "The curve of the loss grows with the square of the input.",
                1 / 255**2: "There the steepest weight is at the bottom in one step; up to twice "
                "that it still goes down.",
                2.0: "That is the limit of the other weight.",
            },
            tolerance=0.01,
        ),
        hints=(
            "Which of the two weights limits the rate?",
            "Along the weight with an input of a, the loss is (a w)² / 2, and its slope a² w.",
            "A step turns w into (1 - rate · 255²) w, which must stay between -w and w.",
        ),
    ),
    "dead": Exercise(
        Function(
            _dead,
            tuple(_outputs()),
            slips=(
                (
                    lambda outputs: _dead(outputs, np.mean),
                    "A unit that is 0 for some pictures is not dead: it must be 0 for all.",
                ),
                (
                    lambda outputs: _dead(outputs, axis=1),
                    "Units are the columns, pictures the rows.",
                ),
                (
                    lambda outputs: float(np.all(outputs == 0, axis=0).sum()),
                    "The share is asked for, not the number.",
                ),
                (lambda outputs: 1 - _dead(outputs), "That is the share of those that live."),
            ),
        ),
        hints=(
            "When is one unit dead? Look at its column.",
            "(outputs == 0).all(axis=0) says so of each unit.",
            "The mean of that.",
        ),
    ),
    "memory": Exercise(
        Number(
            math.ceil(math.log(1e-3) / math.log(0.99)),
            slips={
                math.ceil(math.log(1e-3) / math.log(0.9)): "That is for a momentum of 0.9.",
                1000: "It is multiplied by 0.99 at every step, so it falls much faster at first.",
                math.floor(math.log(1e-3) / math.log(0.99)): "After so many it is still above a "
                "thousandth.",
            },
        ),
        hints=(
            "What is the variance of a batch of one, and what does a step make of what is "
            "remembered?",
            "Each step multiplies it by 0.99.",
            "The first whole number above ln 0.001 / ln 0.99.",
        ),
    ),
    "cure": Exercise(
        cured,
        hints=(
            "Run `training.diagnose(broken(), x, y)`, and read it from the top.",
            "Put right what comes first, then diagnose again: one fault may hide another.",
            'A `layers.Rescaling(1 / 255)` first, no `kernel_initializer`, `activation="softmax"` '
            "last, and a rate of 0.02.",
        ),
    ),
}
