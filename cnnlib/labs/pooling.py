"""Exercises of the chapter "Pooling and invariance"."""

import numpy as np

from cnnlib import ops
from cnnlib.geometry import output_size
from cnnlib.labs._judges import Array, Exercise, Function, Number


def _max_pool(image, size):
    return ops.max_pool2d(image[np.newaxis, :, :, np.newaxis], size)[0, :, :, 0]


def _overlapping(image, size):
    return ops.max_pool2d(image[np.newaxis, :, :, np.newaxis], size, 1)[0, :, :, 0]


def _average_pool(image, size):
    return ops.average_pool2d(image[np.newaxis, :, :, np.newaxis], size)[0, :, :, 0]


_RNG = np.random.default_rng(0)
_IMAGES = tuple(
    (_RNG.normal(size=sides), size) for sides, size in (((4, 4), 2), ((6, 9), 3), ((5, 7), 2))
)
_BATCH = _RNG.normal(size=(3, 4, 5, 6))

EXERCISES = {
    "dropped": Exercise(
        Number(
            1 - 1 / 3**2,
            slips={
                1 / 9: "That is the share that is kept.",
                2 / 3: "That is the share along one axis; rows and columns both shrink.",
                0.75: "That is 2×2 pooling.",
            },
            tolerance=1e-3,
        ),
        hints=(
            "How many values are there in a window, and how many come out of it?",
            "The windows do not overlap, so every value belongs to one of them.",
            "One value out of nine is left.",
        ),
    ),
    "sizes": Exercise(
        Array(
            [output_size(55, 3, 2), output_size(55, 2, 2), output_size(55, 2, 2, "same")],
            slips=(
                ([27, 28, 27], "Valid padding rounds down, same padding rounds up."),
                ([26, 27, 28], "The first windows begin at 0, the last at 52."),
                ([18, 27, 28], "The stride of the first layer is 2, not 3."),
            ),
        ),
        hints=(
            "Pooling layers follow the same formulas as convolutions.",
            "Valid: $\\lfloor (n - f)/s \\rfloor + 1$; same: $\\lceil n/s \\rceil$.",
            "$(55 - 3)/2 + 1$, then $\\lfloor 53/2 \\rfloor + 1$, then $\\lceil 55/2 \\rceil$.",
        ),
    ),
    "maximum": Exercise(
        Function(
            _max_pool,
            _IMAGES,
            slips=(
                (_average_pool, "These are means."),
                (
                    lambda image, size: -_max_pool(-image, size),
                    "These are the smallest values.",
                ),
                (
                    lambda image, size: ops.max_pool2d(image[None, :, :, None], size, 1)[
                        0, :, :, 0
                    ],
                    "The stride is as large as the window unless you say otherwise.",
                ),
            ),
        ),
        hints=(
            "How many whole windows fit along each axis?",
            "Cut off what is left over, and reshape to [rows, size, columns, size].",
            "Take the maximum over axes 1 and 3.",
        ),
    ),
    "global": Exercise(
        Function(
            lambda maps: maps.mean(axis=(1, 2)),
            ((_BATCH,), (_BATCH[:1],)),
            slips=(
                (lambda maps: maps.mean(axis=(2, 3)), "These axes are columns and channels."),
                (lambda maps: maps.mean(axis=(0, 1, 2)), "Each picture of the batch has its own."),
                (lambda maps: maps.mean(axis=-1), "The channels stay, the places go."),
                (lambda maps: maps.max(axis=(1, 2)), "That is global max pooling."),
            ),
        ),
        hints=(
            "A batch of maps has the axes [pictures, rows, columns, channels].",
            "One number for each picture and channel is left.",
            "The mean over axes 1 and 2.",
        ),
    ),
    "linear": Exercise(
        Array(
            np.full((2, 2), 1 / 4),
            slips=(
                (np.ones((2, 2)), "That is the sum of the window."),
                (np.eye(2) / 2, "Every pixel of the window counts."),
                ([[1, 0], [0, 0]], "That is a stride alone."),
            ),
        ),
        hints=(
            "Average pooling is linear, so a convolution can do it.",
            "All four weights are alike.",
            "They must sum to 1.",
        ),
    ),
    "weights": Exercise(
        Array(
            [7 * 7 * 64 * 128, 64 * 128],
            slips=(
                ([14 * 14 * 64 * 128, 64 * 128], "Pooling comes before the dense layer."),
                (
                    [7 * 7 * 64 * 128 + 128, 64 * 128 + 128],
                    "That includes the biases; only weights are asked for.",
                ),
                ([7 * 7 * 64 * 128, 7 * 7 * 128], "Global pooling leaves one number per *map*."),
            ),
        ),
        hints=(
            "How many numbers does the dense layer get in each case?",
            "7×7×64 after 2×2 pooling; one for each map after global pooling.",
            "Each of them has a weight for each of the 128 units.",
        ),
    ),
}
