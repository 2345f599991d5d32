"""Exercises of the chapter "Convolution is a matrix"."""

import numpy as np
from scipy.signal import convolve2d, correlate2d

from cnnlib.labs._judges import Array, Exercise, Function, Number


def _matrix(kernel, height, width):
    pixels = np.eye(height * width).reshape(-1, height, width)
    return np.stack([correlate2d(p, kernel, "valid").ravel() for p in pixels], axis=1)


def _gain(kernel, n):
    return abs(np.fft.fft2(kernel, (n, n))).max()


_RNG = np.random.default_rng(0)
_KERNELS = (np.arange(1.0, 5).reshape(2, 2), _RNG.normal(size=(3, 3)), _RNG.normal(size=(2, 2)))

EXERCISES = {
    "shape": Exercise(
        Array(
            [4, 30],
            slips=(
                ([30, 4], "Rows are outputs, columns are pixels."),
                ([12, 30], "At stride 2 there are fewer windows."),
                ([4, 9], "Each row has a place for every pixel, not only for those it reads."),
            ),
        ),
        hints=(
            "How many neurons are there, and how many pixels?",
            "Along an axis of $n$ pixels there are $\\lfloor (n - 3)/2 \\rfloor + 1$ windows.",
            "Two rows of neurons and two columns; five rows of pixels and six columns.",
        ),
    ),
    "flip": Exercise(
        Array(
            [[4, 3], [2, 1]],
            slips=(
                ([[1, 3], [2, 4]], "That is transposed, not turned."),
                ([[3, 4], [1, 2]], "The rows are flipped, and the columns?"),
                ([[2, 1], [4, 3]], "The columns are flipped, and the rows?"),
                ([[2, 4], [1, 3]], "That is a turn by 90°."),
                ([[3, 1], [4, 2]], "That is a turn by 90°."),
            ),
        ),
        hints=(
            "The formula of the convolution has minus signs in both indices.",
            "Flip the rows, then the columns.",
            "`kernel[::-1, ::-1]`",
        ),
    ),
    "share": Exercise(
        Number(
            9 / 1024,
            slips={
                9 / 900: "There are as many columns as pixels, 32×32.",
                1 - 9 / 1024: "That is the share of zeros.",
                8100: "That is their number; divide it by the number of all entries.",
                9 / 32: "A row has 32×32 entries.",
            },
            tolerance=1e-4,
        ),
        hints=(
            "All rows have equally many weights, so one row is enough.",
            "How many weights has the kernel, and how many pixels the picture?",
            "Nine in 32×32.",
        ),
    ),
    "matrix": Exercise(
        Function(
            _matrix,
            tuple((kernel, *size) for kernel in _KERNELS for size in ((3, 4), (5, 3))),
            slips=(
                (
                    lambda kernel, height, width: _matrix(kernel[::-1, ::-1], height, width),
                    "The kernel is turned: this is the matrix of convolution proper.",
                ),
                (
                    lambda kernel, height, width: _matrix(kernel, height, width).T,
                    "This is the transposed matrix.",
                ),
            ),
        ),
        hints=(
            "Row number $i\\,o_w + j$ belongs to neuron $(i, j)$ of a map that is $o_w$ wide.",
            "Make a picture of zeros, put the kernel into the window of neuron $(i, j)$, and "
            "`ravel()` it.",
            "`picture[i : i + k, j : j + k] = kernel`; the raveled picture is the row.",
        ),
    ),
    "backward": Exercise(
        Function(
            lambda upstream, kernel: convolve2d(upstream, kernel, "full"),
            tuple(
                (_RNG.normal(size=size), kernel)
                for size, kernel in zip(((2, 2), (3, 4), (5, 3)), _KERNELS, strict=True)
            ),
            slips=(
                (
                    lambda upstream, kernel: correlate2d(upstream, kernel, "full"),
                    "The kernel has to be turned on the way back.",
                ),
                (
                    lambda upstream, kernel: convolve2d(upstream, kernel, "same"),
                    "The gradient is as large as the picture was, larger than the map.",
                ),
            ),
        ),
        hints=(
            "Neuron $(i, j)$ read pixel $(i + u, j + v)$ with weight $w_{u,v}$. To which pixels "
            "does it send its gradient back?",
            "Add `upstream[i, j] * kernel` to the window of neuron $(i, j)$, for every neuron.",
            "That is convolution proper, with zeros all around: mode `full`.",
        ),
    ),
    "gain": Exercise(
        Function(
            _gain,
            tuple((kernel, n) for kernel in _KERNELS for n in (4, 7)),
            slips=(
                (
                    lambda kernel, n: abs(kernel.sum()),
                    "That is the gain of an even picture, not always the largest.",
                ),
                (
                    lambda kernel, n: abs(kernel).sum(),
                    "That bounds the gain from above, but no picture may reach it.",
                ),
                (lambda kernel, n: np.linalg.norm(kernel, 2), "That is the kernel's own norm."),
            ),
        ),
        hints=(
            "The Fourier transform turns the circulant matrix into a diagonal one, and changes no "
            "lengths but by a constant.",
            "The entries on the diagonal are the Fourier transform of the kernel, framed with "
            "zeros to the picture's size.",
            "`abs(np.fft.fft2(kernel, (n, n)))`, and the largest of these.",
        ),
    ),
}
