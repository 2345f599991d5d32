"""Exercises of the chapter "From the visual cortex to CNNs"."""

from cnnlib.labs._judges import Array, Exercise, Function, Number


def _connections(side, channels, units):
    return side * side * channels * units


EXERCISES = {
    "inputs": Exercise(
        Number(
            224 * 224 * 3,
            slips={
                224 * 224: "A colour picture has three channels.",
                224 * 3: "A picture has rows and columns.",
            },
        ),
        hints=(
            "How many pixels are there, and how many numbers for each?",
            "224 rows of 224 pixels, three numbers each.",
            "$224 \\cdot 224 \\cdot 3$",
        ),
    ),
    "connections": Exercise(
        Function(
            _connections,
            ((100, 1, 1000), (28, 1, 128), (224, 3, 4096)),
            slips=(
                (lambda side, channels, units: side * channels * units, "Rows and columns."),
                (lambda side, channels, units: side * side * units, "And the channels?"),
                (
                    lambda side, channels, units: _connections(side, channels, units) + units,
                    "Biases are no connections to pixels.",
                ),
            ),
        ),
        hints=(
            "Every unit is joined to every number of the picture.",
            "side² · channels numbers.",
            "Times `units`.",
        ),
    ),
    "order": Exercise(
        Array(
            [3, 1, 4, 2],
            slips=(
                ([1, 3, 4, 2], "The cat came before the network."),
                ([3, 1, 2, 4], "Graphics cards came before AlexNet used them."),
                ([3, 4, 1, 2], "Nobody ran a neocognitron on a graphics card in its year."),
            ),
        ),
        hints=(
            "Look for the four in the explorer.",
            "1959, 1980, 2004, 2012.",
            "The receptive fields of the cat are number 3.",
        ),
    ),
    "tuning": Exercise(
        Number(
            90,
            slips={
                45: "Half way the answer is weaker, but not yet the weakest.",
                180: "After half a turn the bar looks as before.",
                0: "That is where it is strongest.",
            },
        ),
        hints=(
            "Which bar touches as few of the filter's positive weights as it can?",
            "A bar turned by half a turn is the same bar.",
            "Half way between 0° and 180°.",
        ),
    ),
    "crossover": Exercise(
        Number(
            5 * 5 * 16,
            slips={
                25: "One kernel, but how many maps?",
                5 * 5 * 16 * 100 * 100: "Those are connections; only weights are asked for.",
                5 * 5 * 16 + 16: "Weights alone, without biases.",
            },
        ),
        hints=(
            "A convolution's weights do not depend on the size of the picture.",
            "One 5×5 kernel for each map.",
            "$5 \\cdot 5 \\cdot 16$",
        ),
        remark="The dense layer with 1,000 units has 25,000 times as many.",
    ),
}
