"""Exercises of the chapter "Stacks of feature maps"."""

import numpy as np

from cnnlib import ops
from cnnlib.labs._judges import Array, Exercise, Function, Number

_RNG = np.random.default_rng(0)


def _neuron(image, kernels, biases, i, j, k):
    size = len(kernels)
    window = image[i : i + size, j : j + size]
    return float((window * kernels[..., k]).sum() + biases[k])


def _layer(side, channels, maps, i, j, k):
    image = _RNG.normal(size=(side, side, channels))
    return image, _RNG.normal(size=(3, 3, channels, maps)), _RNG.normal(size=maps), i, j, k


def _normalized(maps, r, c, alpha, beta, own=1.0):
    squares = np.pad(maps**2, [(0, 0), (0, 0), (r, r)])
    windows = np.lib.stride_tricks.sliding_window_view(squares, 2 * r + 1, axis=-1)
    return maps / (c + alpha * (windows.sum(axis=-1) - (1 - own) * maps**2)) ** beta


EXERCISES = {
    "count": Exercise(
        Number(
            3 * 3 * 64 * 128 + 128,
            slips={
                3 * 3 * 64 * 128: "Each map has a bias.",
                3 * 3 * 128 + 128: "A kernel reaches across all maps below.",
                (3 * 3 * 64 + 1) * 64: "There are 128 maps above.",
                3 * 3 * 64 * 128 + 1: "There is a bias for each map.",
            },
        ),
        hints=(
            "How many weights has the kernel of one map?",
            "Three rows, three columns, and all 64 maps below.",
            "Times 128 maps, and 128 biases more.",
        ),
    ),
    "shape": Exercise(
        Array(
            [5, 5, 3, 16],
            slips=(
                ([5, 5, 16, 3], "Channels in come before maps out."),
                ([16, 5, 5, 3], "Height and width come first in TensorFlow."),
                ([16, 3, 5, 5], "That is PyTorch's order."),
                ([8, 5, 5, 3], "The batch has nothing to do with the kernels."),
            ),
        ),
        hints=(
            "Nothing in a kernel depends on how many pictures there are.",
            "Height, width, then?",
            "[height, width, channels in, maps out]",
        ),
    ),
    "neuron": Exercise(
        Function(
            _neuron,
            (_layer(6, 3, 4, 0, 0, 0), _layer(7, 2, 5, 1, 3, 4), _layer(5, 1, 1, 2, 1, 0)),
            slips=(
                (
                    lambda x, w, b, i, j, k: float((x[i : i + 3, j : j + 3] * w[..., k]).sum()),
                    "The bias of the map is missing.",
                ),
                (
                    lambda x, w, b, i, j, k: float(
                        (x[i : i + 3, j : j + 3, 0] * w[:, :, 0, k]).sum() + b[k]
                    ),
                    "The sum runs over all channels, not the first alone.",
                ),
                (
                    lambda x, w, b, i, j, k: float(
                        (x[i : i + 3, j : j + 3] * w[::-1, ::-1, :, k]).sum() + b[k]
                    ),
                    "The kernel is turned; a network's convolution turns nothing.",
                ),
            ),
        ),
        hints=(
            "Cut the window out of all channels at once.",
            "`image[i : i + 3, j : j + 3]` has the shape of `kernels[..., k]`.",
            "Multiply, sum over everything, add `biases[k]`.",
        ),
    ),
    "gray": Exercise(
        Array(
            [0.299, 0.587, 0.114],
            slips=(
                ([1 / 3] * 3, "Green looks brighter than blue of the same strength."),
                ([0.114, 0.587, 0.299], "That is the order of BGR."),
                (
                    [0.2126, 0.7152, 0.0722],
                    "That is Rec. 709; `grey=True` means ITU-R 601.",
                ),
            ),
            tolerance=2e-3,
        ),
        hints=(
            "A 1×1 kernel with one map is a weighted sum of the three channels.",
            "`help(data.picture)` names the standard.",
            "ITU-R 601: almost six tenths for green.",
        ),
    ),
    "permute": Exercise(
        Function(
            lambda first, second, order: (first[..., order], second[:, :, order]),
            tuple(
                (
                    _RNG.normal(size=(3, 3, 2, maps)),
                    _RNG.normal(size=(1, 1, maps, 3)),
                    _RNG.permutation(maps),
                )
                for maps in (3, 5)
            ),
            slips=(
                (
                    lambda first, second, order: (first[..., order], second),
                    "The layer above still expects the old order.",
                ),
                (
                    lambda first, second, order: (first[..., order], second[..., order]),
                    "The last axis of the second layer holds its own maps.",
                ),
            ),
        ),
        hints=(
            "Which axis of the first kernels counts the maps? Which axis of the second meets them?",
            "The last of the first, the third of the second.",
            "`first[..., order]` and `second[:, :, order]`.",
        ),
    ),
    "pixelwise": Exercise(
        Function(
            lambda image, kernel: ops.conv2d(image[np.newaxis], kernel[np.newaxis, np.newaxis])[0],
            ((_RNG.normal(size=(4, 5, 3)), _RNG.normal(size=(3, 2))),),
            slips=(
                (
                    lambda image, kernel: image[..., :1] * kernel[0],
                    "All channels take part.",
                ),
            ),
        ),
        hints=(
            "A 1×1 kernel sees one pixel at a time.",
            "At each pixel, a vector of channels becomes a vector of maps.",
            "A matrix product along the last axis: `image @ kernel`.",
        ),
    ),
    "normalized": Exercise(
        Function(
            _normalized,
            (
                (_RNG.uniform(size=(3, 4, 6)), 1, 2.0, 0.5, 0.75),
                (_RNG.uniform(size=(2, 2, 3)), 2, 1.0, 2.0, 0.5),
            ),
            slips=(
                (
                    lambda a, r, c, alpha, beta: _normalized(a, r, c, alpha / (2 * r + 1), beta),
                    "The sum is not divided by the number of maps; Caffe does that.",
                ),
                (
                    lambda a, r, c, alpha, beta: _normalized(a, r, c, alpha, beta, own=0),
                    "A map's own square belongs to the sum.",
                ),
                (
                    lambda a, r, c, alpha, beta: (
                        a / (c + alpha * (a**2).sum(axis=-1, keepdims=True)) ** beta
                    ),
                    "Only the maps at most `r` away take part, not all of them.",
                ),
                (
                    lambda a, r, c, alpha, beta: _normalized(a, r, c, alpha, -beta),
                    "Divide by the power, do not multiply.",
                ),
            ),
        ),
        hints=(
            "Square all maps first. Which of the squares belong to map `k`?",
            "The slice from `max(0, k - r)` to `k + r + 1` of the last axis; sum along it.",
            "Stack the sums of all `k`; divide by `(c + alpha * sums) ** beta`.",
        ),
    ),
}
