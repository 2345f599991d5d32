"""Exercises of the chapter "ZF Net"."""

import numpy as np

from cnnlib.labs._judges import Array, Exercise, Function


def _unpool(values, switches):
    rows, columns = np.indices(values.shape)
    back = np.zeros((2 * len(values), 2 * values.shape[1]))
    back[2 * rows + switches // 2, 2 * columns + switches % 2] = values
    return back


_RNG = np.random.default_rng(0)
_POOLED = tuple(
    (_RNG.uniform(1, 9, sides), _RNG.integers(0, 4, sides)) for sides in ((2, 2), (3, 5))
)

EXERCISES = {
    "alias": Exercise(
        Array(
            [5, 3, 5],
            slips=(
                ([19, 3, 7], "Waves beyond half of the samples look like slower ones."),
                ([5, 3, 7], "With 12 samples, 7 waves look like 5."),
            ),
        ),
        hints=(
            "How many samples does each stride leave of 48 pixels?",
            "Waves that differ by the number of samples look alike, and so do 7 and −7.",
            "24, 16 and 12 samples: 19 − 24, 19 − 16 and 19 − 24.",
        ),
    ),
    "sizes": Exercise(
        Array(
            [109, 54, 25, 12],
            slips=(
                ([110, 55, 26, 13], "These are the paper's sizes, with zeros around."),
                ([109, 54, 50, 24], "conv2 has a stride of 2, too."),
                ([109, 54, 25, 13], "The last pooling window must fit, too: ⌊(25 − 3)/2⌋ + 1."),
            ),
        ),
        hints=(
            "Without padding a side becomes ⌊(n − f)/s⌋ + 1.",
            "All four strides are 2; the windows are 7, 3, 5 and 3.",
            "⌊(224 − 7)/2⌋ + 1 = 109; go on with 3, 5 and 3.",
        ),
    ),
    "changed": Exercise(
        Array(
            [20_736, 32_776_800],
            slips=(
                ([20_736, 65_340_000], "conv2 changes, too: it gives 26×26 in place of 27×27."),
                ([6_912, 32_776_800], "A kernel of conv1 reads three colours."),
            ),
        ),
        hints=(
            "A layer's weights do not depend on its stride.",
            "Multiply-adds are weights times places: 110², 55², 26² and 27².",
            "96·3·(121 − 49) parameters; 96·3·(110²·49 − 55²·121) + 256·96·25·(26² − 27²).",
        ),
    ),
    "unpool": Exercise(
        Function(
            _unpool,
            _POOLED,
            slips=(
                (
                    lambda values, switches: _unpool(values, 0 * switches),
                    "The switches say where each value goes.",
                ),
                (
                    lambda values, switches: _unpool(values, 2 * (switches % 2) + switches // 2),
                    "A switch counts along the rows of its window: 1 is the top right cell.",
                ),
                (
                    lambda values, switches: np.kron(values, np.ones((2, 2))),
                    "One cell of each window gets the value, the others 0.",
                ),
            ),
        ),
        hints=(
            "Begin with zeros of twice the height and width.",
            "The value at (row, column) goes to row 2·row + switch // 2.",
            "And to column 2·column + switch % 2; np.indices gives all rows and columns.",
        ),
    ),
    "down": Exercise(
        Array(
            [2, -2, 0, 0, 0],
            slips=(
                ([1, -1, 0, 0, 0], "A deconvnet starts from the value itself, here 2."),
                (
                    [2, 0, 0, 0, 0],
                    "The kernel, transposed, spreads the value over both pixels it read.",
                ),
                ([2, -2, 2, -2, 0], "Only the first of the two numbers is sent down."),
                ([-2, 2, 0, 0, 0], "The first pixel was multiplied by 1, the second by −1."),
            ),
        ),
        hints=(
            "Go up first: the kernel gives four numbers, the ReLU drops one of them.",
            "The first window of the pooling holds 2 and 0: the switch points at its first cell.",
            "From there 2 goes to the first pixel times 1, and to the second times −1.",
        ),
    ),
    "true": Exercise(
        Array(
            [0, 0, 0, 1, 1, 0],
            slips=(
                ([1, 0, 0, 1, 1, 0], "The official winner was Clarifai."),
                ([0, 1, 0, 1, 1, 0], "It uses the weights of the network that is looked at."),
                ([0, 0, 1, 1, 1, 0], "AlexNet's towers save more than the smaller kernels do."),
                ([0, 0, 0, 0, 1, 0], "Count: its first layer works at four times as many places."),
                ([0, 0, 0, 1, 0, 0], "Stripes of three pixels are too fine for it."),
                ([0, 0, 0, 1, 1, 1], "Six networks voted; one makes 16.5 %."),
            ),
        ),
        hints=(
            "Two of the six are true.",
            "Compare 62,357,608 with 60,965,224, and 1,168 with 724 million.",
            "The contest was won by a company; errors of 14.8 % belong to six networks.",
        ),
    ),
}
