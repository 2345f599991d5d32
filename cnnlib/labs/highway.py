"""Exercises of the chapter "Highway networks"."""

import math

import numpy as np

from cnnlib.labs._judges import Array, Exercise, Function, Number

HALF = 2 ** (-1 / 50)


def _sigmoid(sums):
    return 1 / (1 + np.exp(-sums))


def _highway(x, transform, gate, bias, *, rectified=True, swapped=False):
    h = transform @ x
    h = np.maximum(h, 0) if rectified else h
    t = _sigmoid(gate @ x + bias)
    t = 1 - t if swapped else t
    return h * t + x * (1 - t)


_RNG = np.random.default_rng(0)
_LAYERS = tuple(
    (_RNG.normal(size=n), _RNG.normal(size=(n, n)), _RNG.normal(size=(n, n)), -1.0) for n in (3, 6)
)

EXERCISES = {
    "gate": Exercise(
        Array(
            [0.75, 1],
            slips=(
                ([0.75, -1], "An open gate lets h through, a closed one x."),
                ([0.25, -1], "The sigmoid of ln 3 is 1/(1 + 1/3)."),
                ([0.75, 1.5], "What the gate does not take from h it takes from x."),
            ),
        ),
        hints=(
            "The sigmoid of a is 1/(1 + exp(−a)).",
            "exp(−ln 3) is a third, so t is three quarters.",
            "2 times 0.75 and −2 times 0.25.",
        ),
    ),
    "parameters": Exercise(
        Array(
            [36_928, 73_856],
            slips=(
                ([36_864, 73_728], "Every map has a bias, in the gate as well."),
                ([36_928, 36_992], "The gate is a whole convolution, not one number for each map."),
            ),
        ),
        hints=(
            "A 3×3 convolution from 64 maps to 64 has 9·64·64 weights.",
            "Add a bias for each map.",
            "The gate is a second convolution of the same size: twice as many.",
        ),
    ),
    "half": Exercise(
        Number(
            math.log((1 - HALF) / HALF),
            slips={
                math.log(
                    HALF / (1 - HALF)
                ): "Each layer must carry nearly all: the bias is negative.",
                math.log(1 / 99): "With 1 % in each layer, 61 % arrive.",
            },
            tolerance=0.005,
        ),
        hints=(
            "If each layer carries the share c, fifty carry c to the 50th power.",
            "c is 2 to the power of −1/50, and the gate t is 1 − c.",
            "The bias whose sigmoid is t is ln(t/(1 − t)).",
        ),
    ),
    "layer": Exercise(
        Function(
            _highway,
            _LAYERS,
            slips=(
                (lambda *a: _highway(*a, rectified=False), "The transform ends in a ReLU."),
                (lambda *a: _highway(*a, swapped=True), "An open gate lets h through, not x."),
                (
                    lambda x, transform, gate, bias: np.maximum(transform @ x, 0) + x,
                    "That is a residual layer: the gate is missing.",
                ),
                (
                    lambda x, transform, gate, bias: _highway(x, transform, gate, 0),
                    "The bias is added to the gate's sum.",
                ),
            ),
        ),
        hints=(
            "h = np.maximum(transform @ x, 0) is what the layer would give without a gate.",
            "t = 1 / (1 + np.exp(-(gate @ x + bias))) is one gate for each unit.",
            "h * t + x * (1 - t)",
        ),
    ),
    "width": Exercise(
        Number(
            71,
            slips={
                100: "A layer of twice the width has four times the weights.",
                70: "70² is 4,900, which is further from 5,000 than 71².",
            },
        ),
        hints=(
            "How many weights has a highway layer of 50 units, biases not counted?",
            "Two matrices of 50×50: 5,000.",
            "The root of 5,000, to the nearest whole number.",
        ),
    ),
    "true": Exercise(
        Array(
            [1, 0, 0, 1, 0],
            slips=(
                ([1, 1, 0, 1, 0], "x and h are added: they must have one shape."),
                ([1, 0, 1, 1, 0], "A gate reads x, and so it differs from picture to picture."),
                ([1, 0, 0, 0, 0], "Set both gates of the general form to 1."),
                ([1, 0, 0, 1, 1], "Ours did learn, only more slowly."),
            ),
        ),
        hints=(
            "Two of the five are true.",
            "A gate is computed from what the layer reads; in general there is a second one for x.",
            "The bias, and the shortcut of ResNet.",
        ),
    ),
}
