"""Output sizes, zero padding and receptive fields along one axis, in whole numbers.

Rows and columns never interact in this arithmetic, so every function treats a single axis.
See the chapters "Padding and strides" and "Receptive fields".
"""

from typing import NamedTuple

from cnnlib.checks import check_integer, check_padding


class ReceptiveField(NamedTuple):
    """What one cell of the last layer sees of the input, along one axis.

    Attributes:
        size: input cells that the cell depends on.
        stride: input cells between the fields of two neighbouring cells.
        padding: how many cells the field of the first cell starts before the input, or None
            where "same" padding makes that depend on the size of the input.
    """

    size: int
    stride: int
    padding: int | None


def output_size(n, kernel, stride=1, padding="valid", dilation=1):
    """Count the outputs of a convolution or pooling layer along one axis.

    With d(f - 1) + 1 cells spanned by the kernel this is floor((n - span) / s) + 1 for "valid",
    ceil(n / s) for "same" and floor((n + 2p - span) / s) + 1 for explicit padding p.

    Args:
        n: input cells.
        kernel: kernel (or pool) cells, f.
        stride: input cells from one output to the next, s.
        padding: "valid" (none), "same" (TensorFlow's rule) or p >= 0 zeros on each side.
        dilation: input cells from one kernel cell to the next, d.

    Returns:
        The number of outputs, at least 1.

    Raises:
        TypeError: an argument is not an integer, or `padding` neither integer nor string.
        ValueError: an argument is out of range, or the kernel spans more than the padded input.
    """
    n, kernel, stride, padding, dilation = _check_axis(n, kernel, stride, padding, dilation)
    padded = n + sum(pad_amounts(n, kernel, stride, padding, dilation))
    span = _span(kernel, dilation)
    if span > padded:
        raise ValueError(
            f"`kernel` spans {span} cells but the padded input has {padded}. Received: "
            f"n={n}, kernel={kernel}, stride={stride}, padding={padding!r}, dilation={dilation}"
        )
    return (padded - span) // stride + 1


def pad_amounts(n, kernel, stride=1, padding="same", dilation=1):
    """Count the zeros that a layer adds before and after its input along one axis.

    "same" adds just enough for ceil(n / s) outputs; when that number is odd, TensorFlow puts
    the extra zero after the input (at the bottom, at the right).

    Args:
        n: input cells.
        kernel: kernel (or pool) cells.
        stride: input cells from one output to the next.
        padding: "valid" (none), "same" (TensorFlow's rule) or p >= 0 zeros on each side.
        dilation: input cells from one kernel cell to the next.

    Returns:
        The pair (before, after).

    Raises:
        TypeError: an argument is not an integer, or `padding` neither integer nor string.
        ValueError: an argument is out of range.
    """
    n, kernel, stride, padding, dilation = _check_axis(n, kernel, stride, padding, dilation)
    if padding == "valid":
        return 0, 0
    if padding == "same":
        last_start = (n - 1) // stride * stride
        total = max(last_start + _span(kernel, dilation) - n, 0)
        return total // 2, total - total // 2
    return padding, padding


def receptive_field(layers):
    """Compute the receptive field of a plain stack of layers, along one axis.

    The closed forms of Araujo, Norris & Sim, "Computing Receptive Fields of Convolutional
    Neural Networks", Distill 2019, doi:10.23915/distill.00021: each layer adds its kernel's
    reach, and its padding, times the product of the strides below it.

    Args:
        layers: from input to output, tuples (kernel, stride), (kernel, stride, padding) or
            (kernel, stride, padding, dilation); padding "valid" and dilation 1 if left out.

    Returns:
        A `ReceptiveField`; its size is that of the theory and may exceed the input.

    Raises:
        TypeError: `layers` is not an iterable of tuples or holds something else than integers.
        ValueError: a tuple has the wrong length or a value out of range.
    """
    size, stride, padding = 1, 1, 0
    for index, layer in enumerate(_layers(layers)):
        if not 2 <= len(layer) <= 4:
            raise ValueError(
                f"`layers[{index}]` must be (kernel, stride[, padding[, dilation]]). "
                f"Received: {layer!r}"
            )
        span, before, step = _layer(*layer)
        size += (span - 1) * stride
        padding = None if before is None or padding is None else padding + before * stride
        stride *= step
    return ReceptiveField(size, stride, padding)


def _check_axis(n, kernel, stride, padding, dilation):
    return (
        check_integer("n", n, least=1),
        check_integer("kernel", kernel, least=1),
        check_integer("stride", stride, least=1),
        check_padding(padding),
        check_integer("dilation", dilation, least=1),
    )


def _span(kernel, dilation):
    return dilation * (kernel - 1) + 1


def _layers(layers):
    try:
        layers = list(layers)
    except TypeError:
        layers = [layers]
    for index, layer in enumerate(layers):
        if not isinstance(layer, (tuple, list)):
            raise TypeError(f"`layers[{index}]` must be a tuple. Received: {layer!r}")
    return layers


def _layer(kernel, stride, padding="valid", dilation=1):
    """Return the cells that the kernel spans, the padding before and the stride."""
    _, kernel, stride, padding, dilation = _check_axis(1, kernel, stride, padding, dilation)
    # "same" padding depends on the input's size n only through n modulo the stride.
    possible = {
        pad_amounts(stride + rest, kernel, stride, padding, dilation)[0] for rest in range(stride)
    }
    return _span(kernel, dilation), possible.pop() if len(possible) == 1 else None, stride
