"""Exercises of the chapter "TensorFlow in one sitting"."""

import numpy as np
from scipy.signal import convolve2d, correlate2d

from cnnlib.labs._judges import Array, Exercise, Function, Number


def _windows(image, size):
    windows = np.lib.stride_tricks.sliding_window_view(image, (size, size))
    return windows.reshape(-1, size * size)


def _valid(image, kernel):
    return correlate2d(image, kernel, "valid")


def _wrapped(image, kernel):
    """Return what the Fourier transform gives without a thought to the borders."""
    spectrum = np.fft.rfft2(image) * np.conj(np.fft.rfft2(kernel, s=image.shape))
    return np.fft.irfft2(spectrum, s=image.shape)


_RNG = np.random.default_rng(0)
_PAIRS = tuple(
    (_RNG.normal(size=(side, side + 1)), _RNG.normal(size=(kernel, kernel)))
    for side, kernel in ((5, 3), (8, 2), (12, 5))
)

EXERCISES = {
    "traces": Exercise(
        Number(
            4,
            slips={
                6: "Calls of a kind that came before run the graph that is already there.",
                2: "Python numbers are part of the graph, every value anew.",
                3: "The numbers 1 and 2 are two different constants.",
                1: "A tensor of another shape needs another graph.",
            },
        ),
        hints=(
            "A graph is made for every new *kind* of argument. What is the kind of a tensor, and "
            "what is that of a Python number?",
            "A tensor's kind is its shape and dtype; a Python number's is its value.",
            "Count the shapes, and count the different Python numbers.",
        ),
    ),
    "batches": Exercise(
        Array(
            [-(-1797 // 64), 1797 % 64],
            slips=(
                ([28, 64], "28 full batches leave some pictures over."),
                ([29, 64], "The last batch is smaller."),
                ([28, 5], "The five that are left over make a batch of their own."),
            ),
        ),
        hints=(
            "`batch` does not throw anything away unless you ask for it.",
            "How many full batches of 64 are there in 1,797?",
            "`divmod(1797, 64)`; the remainder is one batch more.",
        ),
    ),
    "relu": Exercise(
        Number(
            1 / 8,
            slips={
                0.25: "Each result has to be written as well.",
                1: "Per number, but how many bytes does a number take?",
                0.5: "A float32 takes four bytes.",
                8: "That is bytes per operation.",
            },
        ),
        hints=(
            "Take one number: how many operations, how many bytes read, how many written?",
            "One comparison; a float32 is read and a float32 is written.",
            "One operation for 4 + 4 bytes.",
        ),
    ),
    "im2col": Exercise(
        Function(
            _windows,
            ((np.arange(12.0).reshape(3, 4), 2), (_RNG.normal(size=(6, 5)), 3)),
            slips=(
                (lambda image, size: _windows(image, size).T, "One *row* for each window."),
                (
                    lambda image, size: _windows(image, size)[:, ::-1],
                    "The windows are turned; a network's convolution turns nothing.",
                ),
            ),
        ),
        hints=(
            "A picture of height $h$ and width $w$ has $(h - k + 1)(w - k + 1)$ windows.",
            "Two loops over the windows' corners, and `image[i : i + k, j : j + k].ravel()`.",
            "`np.stack` the rows.",
        ),
    ),
    "fft": Exercise(
        Function(
            _valid,
            _PAIRS,
            slips=(
                (
                    lambda image, kernel: convolve2d(image, kernel, "valid"),
                    "That is convolution proper; a network's does not turn the kernel. Which "
                    "spectrum has to be conjugated?",
                ),
                (_wrapped, "The last rows and columns wrap around; cut them off."),
            ),
            tolerance=1e-6,
        ),
        hints=(
            "The product of two spectra is the spectrum of the circular convolution. "
            "Cross-correlation takes the conjugate of one of them.",
            "Give both transforms the picture's shape: `np.fft.rfft2(kernel, s=image.shape)`.",
            "Windows that leave the picture come back in on the other side: keep the first "
            "$n - k + 1$ rows and columns only.",
        ),
    ),
    "gradient": Exercise(
        Function(
            _valid,
            _PAIRS,
            slips=(
                (
                    lambda image, upstream: convolve2d(image, upstream, "valid"),
                    "The kernel's gradient comes out turned by 180°.",
                ),
                (
                    lambda image, upstream: _valid(image, upstream) / upstream.size,
                    "The positions' contributions add up; nothing is averaged.",
                ),
            ),
            tolerance=1e-6,
        ),
        hints=(
            "Neuron $(i, j)$ contributes its upstream gradient times the pixel under the weight, "
            "$x_{i+u,\\,j+v}$, to the gradient of weight $(u, v)$.",
            "Sum that over $i$ and $j$. You have seen this sum before.",
            "It is a cross-correlation of the picture, with the upstream gradient as the kernel.",
        ),
    ),
}
