"""Exercises of the chapter "Memory and compute"."""

from cnnlib.geometry import output_size
from cnnlib.labs._judges import Array, Exercise, Function, Number
from cnnlib.labs.spot_the_error import MEMORY

_PARAMETERS, _PARAMETER_BYTES, _LAST, _PREDICT, _TRAIN = MEMORY.values()


def _parameters(kernel, channels, maps):
    return (kernel**2 * channels + 1) * maps


def _macs(height, width, kernel, stride, channels, maps):
    rows, columns = (output_size(n, kernel, stride, "same") for n in (height, width))
    return rows * columns * kernel**2 * channels * maps


_LAYERS = ((150, 100, 5, 1, 3, 200), (224, 224, 7, 2, 3, 64), (25, 38, 3, 2, 200, 400))

EXERCISES = {
    "parameters": Exercise(
        Function(
            _parameters,
            ((5, 3, 200), (3, 64, 64), (1, 256, 64), (11, 3, 96)),
            slips=(
                (lambda f, c, m: f**2 * c * m, "Each map has a bias as well."),
                (lambda f, c, m: f**2 * c * m + 1, "There is a bias for each map."),
                (lambda f, c, m: (f**2 + 1) * m, "A kernel reaches across all channels."),
                (lambda f, c, m: (f * c + 1) * m, "A kernel has rows and columns."),
            ),
        ),
        hints=(
            "How many weights has one neuron, and how many neurons have different weights?",
            "One kernel for each map: its rows, its columns, and all channels below.",
            "(Kernel² × channels + 1) × maps.",
        ),
    ),
    "macs": Exercise(
        Function(
            _macs,
            _LAYERS,
            slips=(
                (lambda h, w, f, s, c, m: h * w * f**2 * c * m, "The stride leaves neurons out."),
                (
                    lambda h, w, f, s, c, m: 2 * _macs(h, w, f, s, c, m),
                    "Those are FLOPs, two for each MAC.",
                ),
                (
                    lambda h, w, f, s, c, m: (h // s) * (w // s) * f**2 * c * m,
                    "Same padding rounds up.",
                ),
            ),
        ),
        hints=(
            "One neuron makes one multiply-add for each of its weights.",
            "How many neurons are there? Same padding: the side over the stride, rounded up.",
            "Neurons of a map × kernel² × channels × maps.",
        ),
    ),
    "units": Exercise(
        Number(
            8e9 / 2**30,
            slips={
                8: "GB and GiB are not the same.",
                8 * 2**30 / 1e9: "The other way round: a GiB is larger than a GB.",
                8e9 / 2**20: "That is in MiB.",
            },
            tolerance=1e-3,
        ),
        hints=(
            "G means 10⁹, Gi means 2³⁰.",
            "First to bytes, then to GiB.",
            "$8 \\cdot 10^9 / 2^{30}$",
        ),
        remark="Seven per cent less than it seems.",
    ),
    "whole": Exercise(
        Array(
            list(MEMORY.values()),
            slips=(
                (
                    [902_700, 3_610_800, _LAST, 12_610_800, 565_610_800],
                    "Each map has a bias: 100 + 200 + 400 more.",
                ),
                (
                    [_PARAMETERS, _PARAMETERS, _LAST, _PREDICT - 3 * _PARAMETERS, 562_903_400],
                    "A float32 takes four bytes, parameters too.",
                ),
                (
                    [_PARAMETERS, _PARAMETER_BYTES, 1_480_000, _PREDICT, _TRAIN - 2_000_000],
                    "75 over 2, with same padding, is 38.",
                ),
                (
                    [_PARAMETERS, _PARAMETER_BYTES, _LAST, _PREDICT + _LAST, _TRAIN],
                    "Once the third layer is computed, the first is no longer needed.",
                ),
                (
                    [_PARAMETERS, _PARAMETER_BYTES, _LAST, _PREDICT, 50 * _PREDICT],
                    "The parameters are there once; but all layers and the pictures are kept.",
                ),
            ),
            tolerance=0.5,
        ),
        hints=(
            "(9 × channels + 1) × maps for each layer; sides 100×150, 50×75 and 25×38; four bytes "
            "to a number.",
            "To predict, you need the parameters and, at any moment, two consecutive layers.",
            "To train, you need the parameters once, and for each picture the picture itself and "
            "all three layers.",
        ),
    ),
    "batch": Exercise(
        Number(
            int((2e9 - _PARAMETER_BYTES * 4) // 11_240_000),
            slips={
                int(2e9 // 11_240_000): "The parameters, gradients and Adam's numbers need room.",
                int((2e9 - _PARAMETER_BYTES) // 11_240_000): (
                    "Besides the parameters there are their gradients and Adam's two numbers."
                ),
            },
            tolerance=1e-9,
        ),
        hints=(
            "Some of it is needed once, some for each picture.",
            "Once: weights, gradients and two numbers of Adam's for each weight, 16 bytes each. "
            "For each picture 11,240,000 bytes.",
            "Subtract the first from $2 \\cdot 10^9$, divide by the second, and round down.",
        ),
    ),
}
