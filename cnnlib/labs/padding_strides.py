"""Exercises of the chapter "Padding and strides"."""

from math import gcd

import numpy as np

from cnnlib.geometry import output_size
from cnnlib.labs._judges import Array, Exercise, Function, Number


def _chain(padding="valid"):
    sides = [32]
    for kernel, stride in ((5, 1), (2, 2), (5, 1), (2, 2)):
        sides.append(output_size(sides[-1], kernel, stride, padding))
    return sides[1:]


def _keep(kernel, dilation):
    return dilation * (kernel - 1) // 2 if dilation * (kernel - 1) % 2 == 0 else None


def _symmetric(maps, kernel, zeros=1):
    import tensorflow as tf

    every_side = [[0, 0], [zeros, zeros], [zeros, zeros], [0, 0]]
    return tf.nn.conv2d(maps, kernel, strides=2, padding=every_side).numpy()


def _same(maps, kernel):
    import tensorflow as tf

    return tf.nn.conv2d(maps, kernel, strides=2, padding="SAME").numpy()


def _layer(side, seed):
    rng = np.random.default_rng(seed)
    return (
        rng.normal(size=(1, side, side, 4)).astype("float32"),
        rng.normal(size=(3, 3, 4, 6)).astype("float32"),
    )


EXERCISES = {
    "chain": Exercise(
        Array(
            _chain(),
            slips=(
                (_chain("same"), "These are the sizes with same padding."),
                ([32, *_chain()], "The four maps alone, without the image."),
                ([28, 27, 23, 22], "The pooling layers have a stride of 2."),
            ),
        ),
        hints=(
            "Pooling layers follow the same formulas as convolutions.",
            "Without padding and at stride 1, a kernel of size $f$ takes off $f - 1$ cells.",
            "The first map is 28×28, and 2×2 pooling with stride 2 halves it.",
        ),
    ),
    "keep": Exercise(
        Function(
            _keep,
            ((3, 1), (5, 1), (1, 1), (3, 2), (2, 1), (4, 3), (4, 2), (11, 3)),
            slips=(
                (lambda f, d: d * (f - 1) // 2, "An even kernel needs an odd number of zeros."),
                (
                    lambda f, d: (f - 1) // 2 if (f - 1) % 2 == 0 else None,
                    "Dilation widens the kernel.",
                ),
                (lambda f, d: d * (f - 1), "These are the zeros of both sides together."),
            ),
        ),
        hints=(
            "In the formula for $p$ zeros on each side, set the output size to $n$ and $s$ to 1.",
            "Replace $f$ by the span $d(f - 1) + 1$ and solve for $p$.",
            "$2p = d(f - 1)$, and $p$ has to be a whole number.",
        ),
    ),
    "depth": Exercise(
        Array(
            [13, 2],
            slips=(
                ([14, 0], "The last layer would stand on a 2×2 map, where it does not fit."),
                ([12, 4], "One more layer fits on a 4×4 map."),
                ([2, 13], "First the number of layers, then the side."),
            ),
        ),
        hints=(
            "How much smaller is each map than the one before?",
            "A layer fits as long as the map below it is at least 3×3.",
            "After $k$ layers the side is $28 - 2k$.",
        ),
    ),
    "alexnet": Exercise(
        Number(
            3,
            slips={
                4: "With 4 zeros a cell is left over.",
                2: "With 2 zeros cells are left over, and there are 54 outputs.",
                7: "That fits too, but gives 56 outputs.",
                1.5: "That would be on each side; how many are there in all?",
            },
        ),
        hints=(
            "Nothing is left over when $224 + P - 11$ is divisible by 4.",
            "With $P = 2p$, is $213 + 2p$ odd or even?",
            "For (c), compute the remainder of $224 + 4 - 11$ divided by 4. "
            "Which cells are left over?",
        ),
    ),
    "ignored": Exercise(
        Number(
            0.25,
            slips={
                0.75: "That is the share that nobody reads.",
                0.5: "That is the share of rows; columns are skipped as well.",
            },
        ),
        hints=(
            "The number of zeros is a maximum with 0. When is the other term negative?",
            "Try strides larger than the kernel in the explorer.",
            "Between two windows lie $s - f$ cells.",
        ),
    ),
    "port": Exercise(
        Function(
            _symmetric,
            (_layer(12, seed=0), _layer(9, seed=1)),
            slips=(
                (_same, '"same" puts its zeros elsewhere.'),
                (
                    lambda maps, kernel: _symmetric(maps, kernel, zeros=0),
                    "There are no zeros at all.",
                ),
            ),
            tolerance=1e-4,
        ),
        hints=(
            'What are the amounts of zeros for $n = 112$, $f = 3$, $s = 2$ under "same"?',
            "The reference is `tf.nn.conv2d` with explicit padding, as in the example of the "
            "digits.",
            '`keras.layers.ZeroPadding2D(1)`, followed by a convolution with `padding="valid"`.',
        ),
    ),
    "gaps": Exercise(
        Function(
            lambda f, s, d: gcd(s, d) == 1 and f >= s,
            tuple((f, s, d) for f in range(1, 7) for s in range(1, 7) for d in range(1, 7)),
            slips=(
                (
                    lambda f, s, d: gcd(s, d) == 1,
                    "With few weights and a large stride there are gaps.",
                ),
                (lambda f, s, d: f >= s, "Stride and dilation with a common divisor leave gaps."),
                (
                    lambda f, s, d: d * (f - 1) + 1 >= s,
                    "A window may span more than the stride and still skip cells.",
                ),
            ),
        ),
        hints=(
            "Neuron $j$ reads the cells $j s + u d$, for $u = 0, \\dots, f - 1$. Look at their "
            "remainders when you divide by a common divisor of $s$ and $d$.",
            "If $g = \\gcd(s, d)$, all of them have the same remainder modulo $g$.",
            "If $g = 1$, the numbers $0, d, 2d, \\dots, (s - 1)d$ have $s$ different remainders "
            "modulo $s$. How many weights does that take?",
        ),
    ),
}
