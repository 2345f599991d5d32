"""Exercises of the chapter "Why convolution?"."""

import numpy as np
from scipy.signal import correlate2d

from cnnlib.labs._judges import Array, Exercise, Function, Number

_RNG = np.random.default_rng(0)


def _magnitude(x, y):
    return np.sqrt(x**2 + y**2)


def _sharpen(image, blurred, amount):
    return image + amount * (image - blurred)


def _gradient(image, upstream):
    return correlate2d(image, upstream, "valid")


_PAIR = (_RNG.normal(size=(4, 5)), _RNG.normal(size=(4, 5)))

EXERCISES = {
    "dense": Exercise(
        Array(
            [784 * 784, 784 * 9, 9],
            slips=(
                ([784 * 784, 9, 9], "Local weights differ from neuron to neuron."),
                ([784 * 9, 784 * 9, 9], "A dense layer joins every pixel with every neuron."),
                ([784 * 784, 784 * 9, 784], "Shared weights are the same for all neurons."),
            ),
        ),
        hints=(
            "28×28 pixels, and as many neurons.",
            "Locality leaves nine weights for each neuron (count the border like the rest).",
            "Sharing leaves nine altogether.",
        ),
    ),
    "magnitude": Exercise(
        Function(
            _magnitude,
            (_PAIR, (np.array([[3.0]]), np.array([[-4.0]]))),
            slips=(
                (lambda x, y: x + y, "Signed answers cancel each other."),
                (lambda x, y: abs(x) + abs(y), "That makes leaning edges too strong."),
                (lambda x, y: x**2 + y**2, "That is the square."),
            ),
        ),
        hints=(
            "The two answers are the components of a vector.",
            "How long is it?",
            "`np.hypot(x, y)`",
        ),
    ),
    "unsharp": Exercise(
        Function(
            _sharpen,
            ((*_PAIR, 1.0), (*_PAIR, 0.5), (*_PAIR, 0.0)),
            slips=(
                (
                    lambda image, blurred, amount: image - amount * blurred,
                    "That makes the picture darker: subtract the blurred one from the picture "
                    "first.",
                ),
                (
                    lambda image, blurred, amount: image + amount * (blurred - image),
                    "That blurs.",
                ),
            ),
        ),
        hints=(
            "The detail is what the blurred picture has lost.",
            "Detail = picture less blurred picture.",
            "Add `amount` times the detail to the picture.",
        ),
    ),
    "shift": Exercise(
        Number(
            1.5,
            slips={
                2: "Half of four, but where is the centre of four?",
                0: "There is no pixel at the centre.",
                0.5: "That is the shift with a window two wide, or with TensorFlow's same padding.",
            },
        ),
        hints=(
            "The first output's window covers pixels 0 to 3.",
            "Where is the middle of these four?",
            "The mean of 0, 1, 2 and 3.",
        ),
    ),
    "gradient": Exercise(
        Function(
            _gradient,
            tuple((_RNG.normal(size=(n, n)), _RNG.normal(size=(n - 2, n - 2))) for n in (3, 4, 7)),
            slips=(
                (
                    lambda image, upstream: _gradient(image, upstream) / upstream.size,
                    "The contributions of the positions add up; nothing is averaged.",
                ),
                (
                    lambda image, upstream: _gradient(image, np.ones_like(upstream)),
                    "Each position's contribution is weighted by its upstream gradient.",
                ),
            ),
        ),
        hints=(
            "At position (i, j) weight (u, v) is multiplied by the pixel (i + u, j + v).",
            "Multiply that pixel by `upstream[i, j]`, and sum over all positions.",
            "`(image[u : u + rows, v : v + columns] * upstream).sum()` for each weight.",
        ),
    ),
    "spectrum": Exercise(
        Function(
            lambda image, kernel: (
                np.fft.ifft2(np.fft.fft2(image) * np.fft.fft2(kernel, image.shape)).real
            ),
            tuple((_RNG.normal(size=(6, 8)), _RNG.normal(size=(k, k))) for k in (1, 2, 3)),
            slips=(
                (
                    lambda image, kernel: (
                        np.fft.ifft2(
                            np.fft.fft2(image) * np.conj(np.fft.fft2(kernel, image.shape))
                        ).real
                    ),
                    "With the conjugate it is the cross-correlation.",
                ),
            ),
        ),
        hints=(
            "Both transforms need the same size.",
            "`np.fft.fft2(kernel, image.shape)` frames the kernel with zeros.",
            "Multiply, transform back, take the real part.",
        ),
    ),
}
