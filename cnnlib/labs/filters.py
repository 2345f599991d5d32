"""Exercises of the chapter "Filters and feature maps"."""

import numpy as np

from cnnlib import data, filters, ops
from cnnlib.labs._judges import Array, Exercise, Function

PHOTOGRAPHS = ("temple", "flower", "camera", "astronaut", "coffee")


def _filtered(picture, kernel):
    images = np.asarray(picture, "float32")[np.newaxis, :, :, np.newaxis]
    kernels = np.asarray(kernel, "float32")[:, :, np.newaxis, np.newaxis]
    return ops.conv2d(images, kernels)[0, :, :, 0]


def _judge_diagonal(kernel):
    """Find what a detector of falling diagonals does wrong."""
    kernel = np.asarray(kernel, "float64")
    if kernel.shape != (5, 5):
        return f"The kernel is 5×5. Received: shape {kernel.shape}"
    if abs(kernel.sum()) > 1e-4:
        return f"On even areas it answers {kernel.sum():.3g} times their brightness, not 0."
    falling, vertical = np.eye(15), np.zeros((15, 15))
    vertical[:, 7] = 1
    strongest = {
        name: _filtered(picture, kernel).max()
        for name, picture in (
            ("the falling diagonal", falling),
            ("the rising diagonal", falling[::-1]),
            ("a vertical line", vertical),
            ("a horizontal line", vertical.T),
        )
    }
    own = strongest.pop("the falling diagonal")
    if abs(own - 4) > 1e-4:
        return f"On the falling diagonal it answers {own:.3g}, not 4."
    for name, answer in strongest.items():
        if answer > 1 + 1e-4:
            return f"On {name} it answers {answer:.3g}, more than 1."
    return None


def _judge_threshold(bias):
    """Find what a bias that should leave 5 % of the neurons active does wrong."""
    temple = data.picture("temple", 128, grey=True) / np.float32(255)
    share = (_filtered(temple, filters.sobel_x()) + float(bias) > 0).mean()
    if abs(share - 0.05) < 0.001:
        return None
    return f"With this bias {share:.1%} of the neurons are active."


def _judge_slowness(ratio):
    """Find what is wrong with a ratio of largest to smallest curvature."""
    photos = np.stack([data.picture(name, 64, grey=True) for name in PHOTOGRAPHS])
    photos = (photos - photos.mean()) / photos.std()
    windows = np.lib.stride_tricks.sliding_window_view(photos, (3, 3), axis=(1, 2)).reshape(-1, 9)
    values = np.linalg.eigvalsh(windows.T @ windows)
    right = values[-1] / values[0]
    if abs(ratio / right - 1) < 0.02:
        return None
    if abs(ratio * right - 1) < 0.02:
        return "That is the smallest over the largest."
    if abs(ratio**2 / right - 1) < 0.02:
        return "That is the ratio of the singular values; curvatures are their squares."
    return f"{ratio:,.4g} is too {'small' if ratio < right else 'large'}."


EXERCISES = {
    "move": Exercise(
        Array(
            [1, 0],
            slips=(
                ([0, 1], "Rows come first: the 1 is in the middle row."),
                ([1, 2], "That pixel lies under the right column."),
                ([1, 1], "That is what the kernel with its 1 in the centre shows."),
                (
                    [0, -1],
                    "Count from the window's upper left corner: without padding, the map "
                    "starts there.",
                ),
            ),
        ),
        hints=(
            "Only one product in the window is not zero.",
            "The weight $w_{1,0}$ lies on the pixel in row $i + 1$, column $j$. In the map of "
            "`identity`, whose 1 is in the centre, $z_{i,j} = x_{i+1,\\,j+1}$.",
            "Each place in the map shows the pixel to the *left* of the one that `identity` "
            "shows there. Which way does the picture seem to move?",
        ),
    ),
    "diagonal": Exercise(
        _judge_diagonal,
        hints=(
            "Draw what you look for, as the 7×7 line filters do. `np.eye` helps.",
            "Five ones sum to 5. What must you take away from each of the 25 weights to bring "
            "the sum to 0?",
            "With `np.eye(5) - 0.2` the five weights on the diagonal are 0.8. How many of them "
            "does each of the lines touch?",
        ),
    ),
    "threshold": Exercise(
        _judge_threshold,
        hints=(
            "A neuron is active when its weighted sum exceeds $-b$.",
            "So $-b$ is the value that 95% of the answers stay below.",
            "`np.quantile`",
        ),
    ),
    "halves": Exercise(
        Function(
            lambda positive, negative: np.stack([positive - negative, positive + negative]),
            ((np.array([2.0, 0.0]), np.array([0.0, 3.0])), (np.zeros(3), np.arange(3.0))),
            slips=(
                (
                    lambda positive, negative: np.stack([positive + negative, positive - negative]),
                    "First z, then its absolute value.",
                ),
                (
                    lambda positive, negative: np.stack([positive, positive + negative]),
                    "The negative half is missing from z.",
                ),
            ),
        ),
        hints=(
            "The map of $-w$ is $-z$.",
            "At every place at least one of $\\max(0, z)$ and $\\max(0, -z)$ is zero. Which one "
            "is not?",
            "Try their difference and their sum.",
        ),
    ),
    "twice": Exercise(
        Array(
            np.outer([1, 2, 3, 2, 1], [1, 2, 3, 2, 1]) / 81,
            slips=(
                (filters.mean(3), "Once is not twice: the second map sees 5×5 pixels."),
                (filters.mean(5), "Not all 25 pixels reach the neuron in equally many ways."),
                (
                    np.outer([1, 2, 3, 2, 1], [1, 2, 3, 2, 1]),
                    "The weights must keep the brightness: they sum to 1.",
                ),
            ),
            tolerance=1e-4,
        ),
        hints=(
            "How large is the part of the picture that a neuron of the second map depends on?",
            "Count in how many ways a pixel of that 5×5 part reaches the neuron: once through "
            "the corner, nine times through the centre.",
            "The mean filter is a poor test for the ReLU, because its maps are never negative. "
            "Use the Laplacian.",
        ),
    ),
    "student": Exercise(
        Array(
            np.pad(filters.sobel_x(), 1),
            slips=(
                (filters.sobel_x(), "The student has 5×5 weights."),
                (np.pad(filters.sobel_x(), (0, 2)), "The centres of the kernels do not meet."),
            ),
            tolerance=0.05,
        ),
        hints=(
            "A 5×5 kernel without padding gives maps two pixels smaller than a 3×3 kernel does. "
            "Which rows and columns of the targets must go?",
            "`targets[:, 1:-1, 1:-1]`, so that the centres of both kernels lie on the same pixel.",
            "Random pixels are independent of each other, so no ring weight can help to predict "
            "the target.",
        ),
    ),
    "slow": Exercise(
        _judge_slowness,
        hints=(
            "`np.lib.stride_tricks.sliding_window_view(photos[..., 0], (3, 3), axis=(1, 2))` "
            "lists all windows; reshape it to nine columns.",
            "Compare the largest and the smallest eigenvalue of $H$ (`np.linalg.eigh`). The "
            "learning rate must stay below 2 divided by the largest; how fast does the error "
            "then shrink along the smallest?",
            "Look at the two eigenvectors as 3×3 images. Which of the two patterns is common in "
            "photographs, and which is rare?",
        ),
    ),
}
