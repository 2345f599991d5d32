"""Exercises of the chapter "Receptive fields"."""

from cnnlib.geometry import pad_amounts, receptive_field
from cnnlib.labs._judges import Array, Exercise, Function, Number

_LENET5 = ((5, 1), (2, 2), (5, 1), (2, 2), (5, 1))
_ALEXNET = (
    *((11, 4), (3, 2), (5, 1, 2), (3, 2)),
    *((3, 1, 1), (3, 1, 1), (3, 1, 1), (3, 2)),
)


def _sizes(layers):
    return [receptive_field(layers[: depth + 1]).size for depth in range(len(layers))]


def _centre(layers, neuron):
    size, jump, padding = receptive_field(layers)
    return (size - 1) / 2 - padding + neuron * jump


def _field(layers):
    return receptive_field(layers)[:2]


def _reach_only(layers):
    return 1 + sum(kernel - 1 for kernel, _ in layers), _field(layers)[1]


def _own_stride(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        jump *= stride
        size += (kernel - 1) * jump
    return size, jump


def _top_down(layers):
    size = 1
    for kernel, stride in layers:
        size = stride * size + kernel - stride
    return size, _field(layers)[1]


def _doubling(depth):
    return receptive_field([(3, 1, 0, 2**layer) for layer in range(depth)]).size


def _offset(n):
    main = receptive_field([(3, 2, pad_amounts(n, 3, 2)[0])])
    return (main.size - 1) / 2 - main.padding


def _variance(layers):
    total, jump = 0, 1
    for kernel, stride in layers:
        total += (kernel**2 - 1) / 12 * jump**2
        jump *= stride
    return total


_STACKS = (
    ([(3, 1)],),
    ([(3, 1), (3, 1)],),
    ([(3, 2), (3, 1)],),
    ([(5, 1), (2, 2), (5, 1), (2, 2)],),
    ([(7, 2), (3, 2), (1, 1), (3, 1), (1, 2), (3, 3)],),
)

EXERCISES = {
    "lenet": Exercise(
        Array(
            _sizes(_LENET5),
            slips=(
                (
                    [5, 6, 10, 11, 15],
                    "A kernel of a later layer steps over whole jumps, not over single pixels.",
                ),
                ([1, *_sizes(_LENET5)], "The five layers alone, without the image."),
                ([28, 14, 10, 5, 1], "These are the sizes of the maps."),
            ),
        ),
        hints=(
            "Keep two numbers from layer to layer, the field and the jump.",
            "Each layer adds $f - 1$ times the jump below it.",
            "The jumps below the layers are 1, 1, 2, 2 and 4.",
        ),
    ),
    "depth": Exercise(
        Number(
            (31 - 1) // 2,
            slips={
                10: "Each layer adds 2 pixels, not 3.",
                16: "The first layer turns 1 pixel into 3; count what it adds.",
                31: "Each layer adds 2 pixels.",
            },
        ),
        hints=(
            "At stride 1 all jumps are 1.",
            "A 3×3 layer adds 2 pixels to the 1 that a pixel sees of itself.",
            "$1 + 2L = 31$.",
        ),
    ),
    "field": Exercise(
        Function(
            _field,
            _STACKS,
            slips=(
                (_reach_only, "The strides of the layers below spread a kernel's cells apart."),
                (_own_stride, "A layer's own stride does not widen its own field."),
                (_top_down, "That recurrence runs from the last layer to the first."),
                (lambda layers: _field(layers)[::-1], "First the size, then the jump."),
            ),
        ),
        hints=(
            "Walk through the layers with two numbers, both 1 at the start.",
            "Update the size before you update the jump.",
            "`size += (kernel - 1) * jump`, then `jump *= stride`.",
        ),
    ),
    "centre": Exercise(
        Number(
            _centre(_ALEXNET, 3),
            slips={
                _centre(_ALEXNET, 0): "That is the centre of neuron 0.",
                _centre(_ALEXNET, 3) + 64: "The zeros before the image move the field back.",
                _centre(_ALEXNET, 2): "Neurons are counted from 0.",
            },
        ),
        hints=(
            "You need the field, the jump and the padding of the last pooling layer.",
            "They are 195, 32 and 64.",
            "$c = (195 - 1)/2 - 64 + 3 \\cdot 32$.",
        ),
    ),
    "doubling": Exercise(
        Function(
            _doubling,
            tuple((depth,) for depth in (1, 2, 3, 4, 7)),
            slips=(
                (lambda depth: 2 * depth + 1, "That is the field without dilation."),
                (lambda depth: 2**depth + 1, "Add up what all the layers contribute."),
                (lambda depth: 3**depth, "The dilations double; they do not triple."),
            ),
        ),
        hints=(
            "A kernel with dilation $d$ spans $d(f - 1) + 1$ cells.",
            "Layer $l$, counted from 0, adds $2 \\cdot 2^l$ pixels.",
            "$1 + 2(1 + 2 + 4 + \\dots + 2^{L - 1})$ is a geometric sum.",
        ),
    ),
    "offset": Exercise(
        Function(
            _offset,
            ((8,), (7,), (74,), (147,), (224,)),
            slips=(
                (lambda n: 1 - n % 2 + 0.5, "Both centres lie on whole pixels."),
                (lambda n: float(n % 2), "Which of an even and an odd side needs one zero only?"),
                (lambda n: 0.0, 'With "same" padding it depends on the side.'),
            ),
        ),
        hints=(
            "The centre of a 1×1 kernel is the pixel that it reads.",
            "How many zeros does `pad_amounts(n, 3, 2)` put before the map for even $n$?",
            "The 3×3 kernel's centre is $1 - p$, with $p$ zeros before the map.",
        ),
    ),
    "variance": Exercise(
        Function(
            _variance,
            _STACKS,
            slips=(
                (
                    lambda layers: sum((kernel**2 - 1) / 12 for kernel, _ in layers),
                    "A layer's steps are as long as the jump below it.",
                ),
                (
                    lambda layers: sum(kernel**2 / 12 for kernel, _ in layers),
                    "The steps are whole numbers, not spread evenly over an interval.",
                ),
                (lambda layers: _variance(layers) ** 0.5, "That is the standard deviation."),
            ),
        ),
        hints=(
            "The steps of a path are independent, so their variances add up.",
            "A step of one layer is one of $f$ whole numbers in a row, times the jump below.",
            "$f$ whole numbers in a row have the variance $(f^2 - 1)/12$; a jump $j$ multiplies "
            "it by $j^2$.",
        ),
    ),
}
