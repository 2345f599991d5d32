"""The operations of a convolutional network in NumPy, written to be read.

Layout as in `tf.nn`: images are [batch, height, width, channels] and kernels [height, width,
input channels / groups, output channels]. See the chapters "Padding and strides", "Filters and
feature maps", "Pooling and invariance" and "The convolution family".
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cnnlib.checks import check_integer, check_padding
from cnnlib.geometry import pad_amounts


def conv2d(images, kernels, strides=1, padding="valid", dilations=1, groups=1):
    """Convolve images with kernels (cross-correlation, as in every deep-learning library).

    Args:
        images: numbers [batch, height, width, channels].
        kernels: numbers [kernel height, kernel width, channels / groups, output channels].
        strides: pixels from one output to the next: an integer, a pair (rows, columns) or
            TensorFlow's [1, rows, columns, 1].
        padding: "valid" (none), "same" (TensorFlow's rule), p zeros on each side, or
            ((top, bottom), (left, right)).
        dilations: pixels from one kernel cell to the next, in the forms of `strides`.
        groups: parts into which the channels are split; each output channel sees one part.

    Returns:
        Array [batch, output height, output width, output channels]; float32, or wider where
        `images` or `kernels` is.

    Raises:
        TypeError: an argument has the wrong type, or an array does not hold real numbers.
        ValueError: an argument has the wrong rank or value, the channels do not fit, or a
            kernel spans more than the padded images.
    """
    images, kernels = _array("images", images), _array("kernels", kernels)
    _check_channels(images, kernels, check_integer("groups", groups, least=1))
    dtype = np.result_type(images, kernels, np.float32)
    window = _Window("kernels", kernels.shape[:2], strides, padding, dilations, images.shape)
    images = window.pad(images.astype(dtype, copy=False), 0)
    # A grouped convolution is `groups` convolutions side by side.
    parts = zip(
        np.split(images, groups, axis=3),
        np.split(kernels.astype(dtype, copy=False), groups, axis=3),
        strict=True,
    )
    return np.concatenate([_correlate(part, kernel, window) for part, kernel in parts], axis=3)


def max_pool2d(images, size, strides=None, padding="valid"):
    """Keep the largest value of each window, channel by channel.

    Args:
        images: numbers [batch, height, width, channels].
        size: the window: an integer, a pair (rows, columns) or [1, rows, columns, 1].
        strides: pixels from one window to the next, in the forms of `size`; None: `size`.
        padding: as in `conv2d`, with cells that never win instead of zeros; explicit padding is
            smaller than the window.

    Returns:
        Array [batch, output height, output width, channels] of the images' dtype.

    Raises:
        TypeError: an argument has the wrong type, or `images` does not hold real numbers.
        ValueError: an argument has the wrong rank or value, or the window spans more than the
            padded images.
    """
    images = _array("images", images)
    window = _pool_window(size, strides, padding, images.shape)
    lowest = -np.inf if images.dtype.kind == "f" else np.iinfo(images.dtype).min
    return window.slide(window.pad(images, lowest)).max(axis=(4, 5))


def average_pool2d(images, size, strides=None, padding="valid"):
    """Average each window, channel by channel; padding cells do not count, as in TensorFlow.

    Args:
        images: numbers [batch, height, width, channels].
        size: the window: an integer, a pair (rows, columns) or [1, rows, columns, 1].
        strides: pixels from one window to the next, in the forms of `size`; None: `size`.
        padding: as in `conv2d`; explicit padding is smaller than the window.

    Returns:
        Array [batch, output height, output width, channels]; float32, or wider where `images`
        is.

    Raises:
        TypeError: an argument has the wrong type, or `images` does not hold real numbers.
        ValueError: an argument has the wrong rank or value, or the window spans more than the
            padded images.
    """
    images = _array("images", images)
    images = images.astype(np.result_type(images, np.float32), copy=False)
    window = _pool_window(size, strides, padding, images.shape)
    sums = window.slide(window.pad(images, 0)).sum(axis=(4, 5))
    inside = np.ones((1, *images.shape[1:3], 1), images.dtype)
    return sums / window.slide(window.pad(inside, 0)).sum(axis=(4, 5))


class _Window:
    """Where a kernel or a pool lies on the images: its cells, steps and padding per axis."""

    def __init__(self, name, size, strides, padding, dilations, shape):
        self.size = size
        self.strides = _pair("strides", strides)
        self.dilations = _pair("dilations", dilations)
        self.spans = [d * (k - 1) + 1 for k, d in zip(size, self.dilations, strict=True)]
        self.pads = _pads(padding, shape[1:3], size, self.strides, self.dilations)
        padded = [n + sum(pads) for n, pads in zip(shape[1:3], self.pads, strict=True)]
        if self.spans[0] > padded[0] or self.spans[1] > padded[1]:
            raise ValueError(
                f"`{name}` must not span more than the padded images, {padded[0]}x{padded[1]}. "
                f"Received: a span of {self.spans[0]}x{self.spans[1]}"
            )

    def pad(self, images, value):
        return np.pad(images, ((0, 0), *self.pads, (0, 0)), constant_values=value)

    def slide(self, padded):
        """Return a view [batch, rows, columns, channels, window rows, window columns]."""
        (row_step, column_step), (row_gap, column_gap) = self.strides, self.dilations
        windows = sliding_window_view(padded, self.spans, axis=(1, 2))
        return windows[:, ::row_step, ::column_step, :, ::row_gap, ::column_gap]


def _correlate(padded, kernels, window):
    """Add up, over the kernel's cells, what each cell sees times its weights."""
    seen = window.slide(padded)
    output = np.zeros((*seen.shape[:3], kernels.shape[3]), kernels.dtype)
    for row, column in np.ndindex(*window.size):
        output += seen[..., row, column] @ kernels[row, column]
    return output


def _pool_window(size, strides, padding, shape):
    size = _pair("size", size)
    window = _Window("size", size, size if strides is None else strides, padding, 1, shape)
    for cells, pads in zip(size, window.pads, strict=True):
        if max(pads) >= cells:
            raise ValueError(f"`padding` must be smaller than `size`. Received: {padding!r}")
    return window


def _array(name, values):
    array = np.asarray(values)
    if array.dtype.kind not in "iuf":
        raise TypeError(f"`{name}` must hold real numbers. Received: dtype {array.dtype}")
    if array.ndim != 4 or 0 in array.shape:
        raise ValueError(f"`{name}` must have 4 non-empty axes. Received: shape {array.shape}")
    return array


def _check_channels(images, kernels, groups):
    channels, per_group, maps = images.shape[3], *kernels.shape[2:]
    if channels % groups or maps % groups:
        raise ValueError(
            f"`groups` must divide {channels} input and {maps} output channels. "
            f"Received: {groups!r}"
        )
    if per_group * groups != channels:
        raise ValueError(
            f"`kernels` must have {channels // groups} input channels, for {channels} channels "
            f"in {groups} groups. Received: shape {kernels.shape}"
        )


def _pair(name, value):
    """Return (rows, columns) from an integer, a pair or TensorFlow's [1, rows, columns, 1]."""
    if not isinstance(value, (tuple, list, np.ndarray)):
        return (check_integer(name, value, least=1),) * 2
    numbers = tuple(check_integer(name, number, least=1) for number in value)
    if len(numbers) == 4 and numbers[0] == numbers[3] == 1:
        numbers = numbers[1:3]
    if len(numbers) != 2:
        raise ValueError(
            f"`{name}` must be an integer, (rows, columns) or [1, rows, columns, 1]. "
            f"Received: {value!r}"
        )
    return numbers


def _pads(padding, sizes, kernel, strides, dilations):
    """Return ((top, bottom), (left, right))."""
    if not isinstance(padding, (tuple, list, np.ndarray)):
        padding = check_padding(padding)
        axes = zip(sizes, kernel, strides, dilations, strict=True)
        return tuple(pad_amounts(n, k, s, padding, d) for n, k, s, d in axes)
    try:
        (top, bottom), (left, right) = padding
    except (TypeError, ValueError):
        raise ValueError(
            '`padding` must be "valid", "same", an integer or ((top, bottom), (left, right)). '
            f"Received: {padding!r}"
        ) from None
    top, bottom, left, right = (
        check_integer("padding", zeros, least=0) for zeros in (top, bottom, left, right)
    )
    return (top, bottom), (left, right)
