"""Exercises of the chapter "DenseNet"."""

import numpy as np

from cnnlib.labs._judges import Array, Exercise, Function, Number


def _block(x, kernels):
    for kernel in kernels:
        x = np.concatenate([x, np.maximum(kernel @ x, 0)])
    return x


def _last_alone(x, kernels):
    for kernel in kernels:
        found = np.maximum(kernel @ x, 0)
        x = np.concatenate([x, found])
    return found


def _linear(x, kernels):
    for kernel in kernels:
        x = np.concatenate([x, kernel @ x])
    return x


def _in_front(x, kernels):
    for kernel in kernels:
        x = np.concatenate([np.maximum(kernel @ x, 0), x])
    return x


_RNG = np.random.default_rng(0)
_CASES = tuple(
    (
        _RNG.normal(size=start),
        [_RNG.normal(size=(growth, start + growth * before)) for before in range(count)],
    )
    for start, growth, count in ((3, 2, 1), (4, 3, 4))
)

EXERCISES = {
    "block": Exercise(
        Array(
            [78, 156, 168],
            slips=(
                ([78, 168, 168], "The last layer does not read what it gives itself."),
                ([66, 156, 168], "The first layer has a link, too: to the input of the block."),
                ([12, 156, 168], "That is a plain stack: here each layer reads all before it."),
                ([78, 132, 144], "The 24 maps of the input are read as well."),
            ),
        ),
        hints=(
            "How many links has the first layer, and how many the twelfth?",
            "1 + 2 + … + 12 links. Before the last layer, eleven have added 12 maps each.",
            "12 · 13 / 2 links; 24 + 11 · 12 maps are read, and 12 more are there in the end.",
        ),
    ),
    "depth": Exercise(
        Array(
            [265, 2688],
            slips=(
                ([264, 2688], "Count again: the name of this network is one too small."),
                ([135, 2688], "Each layer of a block is a 1×1 and a 3×3 convolution."),
                ([261, 2688], "Transitions and the dense layer have weights, too."),
                ([265, 1152], "With so many maps the last block begins."),
            ),
        ),
        hints=(
            "Which layers besides those of the blocks have weights?",
            "1 + 2 · 130 + 3 + 1 layers. The first block begins with 2k = 64 maps.",
            "The blocks end with 256, 512 and 2,304 maps; a transition keeps half of them.",
        ),
    ),
    "stack": Exercise(
        Function(
            _block,
            cases=_CASES,
            slips=(
                (_last_alone, "Everything is wanted: the input, and what each layer gave."),
                (_linear, "Each layer has a ReLU."),
                (_in_front, "The input comes first, then the layers in their order."),
            ),
        ),
        hints=(
            "What does a layer read, and what becomes of what it gives?",
            "Keep one vector of all that there is, and let it grow in a loop.",
            "x = np.concatenate([x, np.maximum(kernel @ x, 0)]) for each kernel.",
        ),
    ),
    "bottleneck": Exercise(
        Number(
            231,
            slips={
                230: "With 230 maps the bottleneck still has more weights.",
                129: "The 3×3 convolution behind the bottleneck has weights, too: 36,864.",
            },
        ),
        hints=(
            "Write both numbers of weights for m maps that are read.",
            "9 · 32 · m alone; 128 · m + 9 · 128 · 32 with a bottleneck.",
            "160 · m has to be more than 36,864.",
        ),
    ),
    "copies": Exercise(
        Array(
            [768, 10_368],
            slips=(
                ([768, 8832], "The 64 maps of the input are read as well, by every layer."),
                ([768, 11_136], "No layer reads what it gives itself."),
                ([832, 10_368], "The 64 maps of the input are not made by these layers."),
            ),
        ),
        hints=(
            "How many maps does the first layer read, and how many the last?",
            "64, 96, 128 … up to 64 + 23 · 32 = 800.",
            "24 layers with a mean of (64 + 800) / 2 maps.",
        ),
    ),
    "new": Exercise(
        Array(
            [1, 0, 1, 0, 0, 0],
            slips=(
                ([1, 1, 1, 0, 0, 0], "(b) GoogLeNet has them, and ResNet-50."),
                ([1, 0, 1, 1, 0, 0], "(d) Look at the table of measured memory."),
                ([1, 0, 1, 0, 1, 0], "(e) That is the second ResNet paper's order."),
                ([1, 0, 1, 0, 0, 1], "(f) GoogLeNet puts its branches side by side."),
            ),
        ),
        hints=(
            "Two of the six are right.",
            "Look at the sections on memory and on parameters for (c) and (d).",
            "1×1 bottlenecks and concatenation came in 2014, pre-activation in 2016.",
        ),
    ),
}
