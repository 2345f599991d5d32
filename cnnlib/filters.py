"""Named kernels, as float32 arrays [size, size].

Libraries for neural networks compute cross-correlation, so a kernel is written here the way it
is laid over the picture: `sobel_x` answers positively where the picture is dark on the left and
bright on the right, `sobel_y` where it is dark above and bright below. A kernel of even size has
no middle; its centre is the cell before it, which is where TensorFlow's "same" padding puts it.

See the chapter "Filters and feature maps".
"""

from math import comb, inf
from types import MappingProxyType

import numpy as np

from cnnlib.checks import check_choice, check_integer, check_number

_ANY = range(1, 32)
_ODD = range(3, 32, 2)
_ONLY_3 = range(3, 4)
_ONLY_5 = range(5, 6)


def vertical_line(size=7):
    """Return zeros with a column of ones in the centre: it answers to vertical lines.

    Args:
        size: side in cells, 1 to 31.

    Returns:
        Float32 array [size, size].

    Raises:
        TypeError: `size` is not an integer.
        ValueError: `size` is out of range.
    """
    kernel = _zeros("vertical_line", size)
    kernel[:, (len(kernel) - 1) // 2] = 1
    return kernel


def horizontal_line(size=7):
    """Return zeros with a row of ones in the centre: it answers to horizontal lines.

    Args:
        size: side in cells, 1 to 31.

    Returns:
        Float32 array [size, size].

    Raises:
        TypeError: `size` is not an integer.
        ValueError: `size` is out of range.
    """
    return np.ascontiguousarray(vertical_line(size).T)


def sobel_x(size=3):
    """Return Sobel's horizontal derivative: binomial smoothing down, central difference across.

    Sizes above 3 extend both factors by further binomial smoothing, as OpenCV does
    (Bradski & Kaehler, "Learning OpenCV", 2008). Not normalised.

    Args:
        size: side in cells, odd, 3 to 31.

    Returns:
        Float32 array [size, size]; sums to 0.

    Raises:
        TypeError: `size` is not an integer.
        ValueError: `size` is even or out of range.
    """
    size = _check_size("sobel_x", size)
    difference = np.convolve(_binomial(size - 2), [-1, 0, 1])
    return np.outer(_binomial(size), difference).astype("float32")


def sobel_y(size=3):
    """Return Sobel's vertical derivative, the transpose of `sobel_x`.

    Args:
        size: side in cells, odd, 3 to 31.

    Returns:
        Float32 array [size, size]; sums to 0.

    Raises:
        TypeError: `size` is not an integer.
        ValueError: `size` is even or out of range.
    """
    return np.ascontiguousarray(sobel_x(size).T)


def prewitt_x():
    """Return Prewitt's horizontal derivative (1970): Sobel's without the weighting of rows.

    Returns:
        Float32 array [3, 3]; sums to 0.
    """
    return np.float32([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])


def prewitt_y():
    """Return Prewitt's vertical derivative, the transpose of `prewitt_x`.

    Returns:
        Float32 array [3, 3]; sums to 0.
    """
    return np.float32([[-1, -1, -1], [0, 0, 0], [1, 1, 1]])


def laplacian():
    """Return the five-point Laplacian: the second derivatives across and down, added.

    Returns:
        Float32 array [3, 3]; sums to 0.
    """
    return np.float32([[0, 1, 0], [1, -4, 1], [0, 1, 0]])


def mean(size=3):
    """Return the box blur: every cell is 1 / size^2.

    Args:
        size: side in cells, 1 to 31.

    Returns:
        Float32 array [size, size]; sums to 1.

    Raises:
        TypeError: `size` is not an integer.
        ValueError: `size` is out of range.
    """
    kernel = _zeros("mean", size)
    kernel[:] = 1 / kernel.size
    return kernel


def gaussian(size=5, sigma=None):
    """Return the Gaussian blur.

    Args:
        size: side in cells, 1 to 31.
        sigma: standard deviation in cells; None takes the rule of OpenCV's getGaussianKernel,
            0.3 * ((size - 1) * 0.5 - 1) + 0.8.

    Returns:
        Float32 array [size, size]; sums to 1.

    Raises:
        TypeError: `size` is not an integer or `sigma` not a number.
        ValueError: `size` is out of range, or `sigma` not positive and finite.
    """
    size = _check_size("gaussian", size)
    if sigma is None:
        sigma = 0.3 * ((size - 1) * 0.5 - 1) + 0.8
    sigma = check_number("sigma", sigma, above=0, below=inf)
    distance = np.arange(size) - (size - 1) / 2
    # Measured from the nearest cell, so that a tiny sigma does not underflow to 0 / 0.
    profile = np.exp((np.min(distance**2) - distance**2) / (2 * sigma**2))
    profile /= profile.sum()
    return np.outer(profile, profile).astype("float32")


def sharpen():
    """Return the picture minus its Laplacian.

    Returns:
        Float32 array [3, 3]; sums to 1.
    """
    return identity() - laplacian()


def unsharp():
    """Return unsharp masking: twice the picture minus its blur by the 5x5 binomial.

    Returns:
        Float32 array [5, 5]; sums to 1.
    """
    return 2 * identity(5) - (np.outer(_binomial(5), _binomial(5)) / 256).astype("float32")


def emboss():
    """Return a relief lit from the lower right: a diagonal derivative plus the picture.

    Returns:
        Float32 array [3, 3]; sums to 1.
    """
    return np.float32([[-2, -1, 0], [-1, 1, 1], [0, 1, 2]])


def identity(size=3):
    """Return zeros with a single one in the centre: the map is the picture.

    Args:
        size: side in cells, 1 to 31.

    Returns:
        Float32 array [size, size]; sums to 1.

    Raises:
        TypeError: `size` is not an integer.
        ValueError: `size` is out of range.
    """
    kernel = _zeros("identity", size)
    centre = (len(kernel) - 1) // 2
    kernel[centre, centre] = 1
    return kernel


SIZES = MappingProxyType(
    {
        "vertical_line": _ANY,
        "horizontal_line": _ANY,
        "sobel_x": _ODD,
        "sobel_y": _ODD,
        "prewitt_x": _ONLY_3,
        "prewitt_y": _ONLY_3,
        "laplacian": _ONLY_3,
        "mean": _ANY,
        "gaussian": _ANY,
        "sharpen": _ONLY_3,
        "unsharp": _ONLY_5,
        "emboss": _ONLY_3,
        "identity": _ANY,
    }
)
"""The sizes that each named kernel can have."""


def names():
    """Return the names that `named` knows.

    Returns:
        List of strings.
    """
    return list(SIZES)


def named(name, size=None):
    """Return a kernel by its name.

    Args:
        name: one of `names()`.
        size: side in cells, one of `SIZES[name]`; None takes the kernel's usual size.

    Returns:
        Float32 array [size, size].

    Raises:
        TypeError: `name` is not a string or `size` not an integer.
        ValueError: `name` is unknown, or the kernel cannot have this size.
    """
    make = globals()[check_choice("name", name, SIZES)]
    if size is None:
        return make()
    size = _check_size(name, size)
    return make() if len(SIZES[name]) == 1 else make(size)


def _check_size(name, size):
    size = check_integer("size", size, least=1)
    sizes = SIZES[name]
    if size not in sizes:
        allowed = f"{sizes[0]}"
        if len(sizes) > 1:
            allowed = f"{'odd, ' if sizes.step == 2 else ''}{sizes[0]} to {sizes[-1]}"
        raise ValueError(f"`size` of {name} must be {allowed}. Received: {size!r}")
    return size


def _zeros(name, size):
    size = _check_size(name, size)
    return np.zeros((size, size), "float32")


def _binomial(size):
    return np.array([comb(size - 1, k) for k in range(size)], "float64")
