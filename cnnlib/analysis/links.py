"""Along which axes, and how, the outputs of a layer depend on its inputs."""

import math
import string
from dataclasses import dataclass, field
from functools import singledispatch
from itertools import zip_longest

import keras
from keras import layers

from cnnlib import geometry
from cnnlib.analysis import kinds
from cnnlib.analysis.fields import SAME_CELL, Link
from cnnlib.analysis.graph import Step, passes_through, steps_of

WHOLE, UNKNOWN = "whole", "unknown"


@dataclass(frozen=True)
class Links:
    """How the axes of an output hang on those of the inputs; axis 0 is the batch.

    Attributes:
        axes: output axis -> (input axis, `Link`); an input axis below 0 counts from the last,
            which is how the operands of a merge may differ in rank.
        rest: what becomes of input axes that no output axis continues: `WHOLE` where the layer
            mixes all their cells, `UNKNOWN` where cells are laid out anew.
    """

    axes: dict = field(default_factory=dict)
    rest: str = WHOLE


EVERYTHING = Links()
OPERATIONS = {}
"""Rules for `keras.ops` by the names of their classes; `operation_links` fills it."""


@singledispatch
def links(operation, step):
    """Return how one call's outputs depend on its inputs.

    Normalization and softmax count as acting on each cell by itself, as is usual for receptive
    fields: the cells that share a statistic are not followed. Teach it a layer of your own with
    `links.register(YourLayer)`.

    Args:
        operation: the layer or operation; its type selects the rule.
        step: the `Step`.

    Returns:
        A `Links`, or None where nothing is known of the type.
    """
    if not isinstance(operation, keras.Layer) and type(operation).__name__ in OPERATIONS:
        return OPERATIONS[type(operation).__name__](step)
    known = type(operation).__module__.startswith("keras.")
    keeps = step.outputs[0].shape[1:] in _shapes(step)
    return _same(operation, step) if (known and keeps) or passes_through(step) else None


def _shapes(step):
    """Return the shapes of a step's inputs, and of all broadcast together; without the batch."""
    shapes = [tensor.shape[1:] for tensor in step.inputs]
    reversed_axes = zip_longest(*(shape[::-1] for shape in shapes), fillvalue=1)
    return [*shapes, tuple(map(max, reversed_axes))[::-1]]


def _same(operation, step):
    """Link every axis with itself, counted from the last."""
    rank = len(step.outputs[0].shape)
    return Links({axis: (axis - rank, SAME_CELL) for axis in range(1, rank)})


def window(n, kernel, stride, padding, dilation=1):
    """Return the link of a convolution or pooling window along one axis.

    Args:
        n: input cells.
        kernel: kernel cells.
        stride: input cells from one output to the next.
        padding: "valid", "same" or "causal".
        dilation: input cells from one kernel cell to the next.
    """
    reach = (kernel - 1) * dilation
    causal = padding == "causal"
    before = reach if causal else geometry.pad_amounts(n, kernel, stride, padding, dilation)[0]
    return Link(stride, -before, reach - before, dilation=dilation)


def _windows(step, data_format, kernel, strides, padding, dilation):
    shape = step.inputs[0].shape
    axes = kinds.spatial_axes(data_format, len(shape))
    return Links(
        {
            axis: (axis, window(shape[axis], k, s, padding, d))
            for axis, k, s, d in zip(axes, kernel, strides, dilation, strict=True)
        }
    )


@kinds.rule(links, *kinds.CONVOLUTIONS, *kinds.DEPTHWISE, *kinds.SEPARABLE)
def _convolution(layer, step):
    size, strides, dilation = layer.kernel_size, layer.strides, layer.dilation_rate
    return _windows(step, layer.data_format, size, strides, layer.padding, dilation)


@kinds.rule(links, *kinds.MAX_POOLING, *kinds.AVERAGE_POOLING)
def _pooling(layer, step):
    size = layer.pool_size
    return _windows(step, layer.data_format, size, layer.strides, layer.padding, [1] * len(size))


@kinds.rule(links, *kinds.TRANSPOSED)
def _transposed(layer, step):
    before, after = step.inputs[0].shape, step.outputs[0].shape
    linked = {}
    for axis, kernel, stride, dilation in zip(
        kinds.spatial_axes(layer.data_format, len(before)),
        layer.kernel_size,
        layer.strides,
        layer.dilation_rate,
        strict=True,
    ):
        # It is the transpose of the convolution that leads from its output to its input.
        pad, _ = geometry.pad_amounts(after[axis], kernel, stride, layer.padding, dilation)
        reach = (kernel - 1) * dilation
        linked[axis] = (axis, Link(1, pad - reach + stride - 1, pad, stride, dilation))
    return Links(linked)


@kinds.rule(links, *kinds.ADAPTIVE_POOLING)
def _adaptive(layer, step):
    before, after = step.inputs[0].shape, step.outputs[0].shape
    axes = kinds.spatial_axes(layer.data_format, len(before))
    return Links({axis: (axis, _resampled(before[axis], after[axis], "area")) for axis in axes})


@kinds.rule(links, *kinds.GLOBAL_POOLING, *kinds.ATTENTIONS, layers.RNN, layers.Bidirectional)
def _everything(layer, step):
    return EVERYTHING


@kinds.rule(links, *kinds.CONV_LSTM)
def _conv_lstm(layer, step):
    cell = layer.cell
    shape = step.inputs[0].shape
    shift = 0 if layer.return_sequences else -1
    linked = {}
    for axis, kernel, stride, dilation in zip(
        kinds.spatial_axes(cell.data_format, len(shape) - 1),
        cell.kernel_size,
        cell.strides,
        cell.dilation_rate,
        strict=True,
    ):
        seen = window(shape[axis + 1], kernel, stride, cell.padding, dilation)
        # From one moment to the next the state passes through a convolution of its own.
        spread = (shape[1] - 1) * stride
        before, after = (kernel - 1) // 2 * spread, kernel // 2 * spread
        link = Link(stride, seen.first - before, seen.last + after)
        linked[axis + 1 + shift] = (axis + 1, link)
    return Links(linked)


@links.register(layers.TimeDistributed)
def _time_distributed(layer, step):
    folded = [
        (keras.KerasTensor((math.prod(x.shape[:2]), *x.shape[2:]), x.dtype, name="folded"),)
        for x in (step.inputs[0], step.outputs[0])
    ]
    inner = steps_of(Step(step.name, layer.layer, folded[0], {}, *folded))
    linked = links(inner[0].operation, inner[0]) if len(inner) == 1 else None
    if linked is None:
        return None
    moved = {axis + 1: (below + (below >= 0), link) for axis, (below, link) in linked.axes.items()}
    return Links({1: (1, SAME_CELL)} | moved, linked.rest)


@links.register(layers.SpectralNormalization)
def _wrapper(layer, step):
    return links(layer.layer, step)


@kinds.rule(links, *kinds.ZERO_PADDING)
def _zero_padding(layer, step):
    return _shifted(layer, step, layer.padding, -1)


@kinds.rule(links, *kinds.CROPPING)
def _cropping(layer, step):
    return _shifted(layer, step, layer.cropping, 1)


def _shifted(layer, step, amounts, direction):
    pairs = [amounts] if isinstance(amounts[0], int) else amounts
    linked = dict(_same(layer, step).axes)
    for axis, (before, _) in zip(_spatial_axes(layer, step), pairs, strict=True):
        linked[axis] = (axis, Link(1, direction * before, direction * before))
    return Links(linked)


@kinds.rule(links, *kinds.UPSAMPLING)
def _upsampling(layer, step):
    sizes = layer.size if isinstance(layer.size, (tuple, list)) else (layer.size,)
    method = getattr(layer, "interpolation", "nearest")
    linked = dict(_same(layer, step).axes)
    for axis, factor in zip(_spatial_axes(layer, step), sizes, strict=True):
        linked[axis] = (axis, _resampled(1, factor, method))
    return Links(linked)


def _spatial_axes(layer, step):
    # Cropping1D and UpSampling1D always have their channels last.
    data_format = getattr(layer, "data_format", "channels_last")
    return kinds.spatial_axes(data_format, len(step.inputs[0].shape))


def _resampled(before, after, method):
    """Return the link of a resampling from `before` to `after` cells, pixel centres aligned."""
    if before == after:
        return SAME_CELL
    if method == "area":
        return Link(before, 0, before - 1, after)
    divisor = 2 * after
    if method == "nearest":
        return Link(2 * before, before, before, divisor)
    if method == "bilinear":  # the two cells around the centre, or the one that lies on it
        return Link(2 * before, before - after, before + after - 1, divisor)
    # The kernel's whole support; where the centre lies on a cell, the others weigh nothing.
    wide = {"bicubic": 2, "lanczos3": 3, "lanczos5": 5}[method]
    centre = before - after
    return Link(2 * before, centre - (wide - 1) * divisor, centre + wide * divisor, divisor)


@links.register(layers.Resizing)
def _resizing(layer, step):
    if layer.crop_to_aspect_ratio or layer.pad_to_aspect_ratio or layer.antialias:
        return None
    before, after = step.inputs[0].shape, step.outputs[0].shape
    axes = kinds.spatial_axes(layer.data_format, len(before))
    resampled = {
        axis: (axis, _resampled(before[axis], after[axis], layer.interpolation)) for axis in axes
    }
    return Links(_same(layer, step).axes | resampled)


@links.register(layers.Dense)
def _dense(layer, step):
    rank = len(step.inputs[0].shape)
    return Links({axis: (axis, SAME_CELL) for axis in range(1, rank - 1)})


@links.register(layers.EinsumDense)
def _einsum_dense(layer, step):
    inputs, output = layer.equation.replace(" ", "").split("->")
    inputs, rank = inputs.split(",")[0], len(step.inputs[0].shape)
    ellipsis = string.digits[: rank - len(inputs.replace("...", ""))]
    before, after = inputs.replace("...", ellipsis), output.replace("...", ellipsis)
    return Links(
        {
            axis: (before.index(letter), SAME_CELL)
            for axis, letter in enumerate(after)
            if axis and letter in before
        }
    )


@links.register(layers.Embedding)
def _embedding(layer, step):
    return Links({axis: (axis, SAME_CELL) for axis in range(1, len(step.inputs[0].shape))})


@links.register(layers.Concatenate)
def _concatenate(layer, step):
    return concatenated(step, layer.axis)


def concatenated(step, axis):
    """Link every axis with itself but the one along which tensors are laid side by side."""
    linked = dict(_same(None, step).axes)
    linked.pop(axis % len(step.outputs[0].shape), None)
    return Links(linked, UNKNOWN)


@links.register(layers.Permute)
def _permute(layer, step):
    return Links({axis: (below, SAME_CELL) for axis, below in enumerate(layer.dims, start=1)})


@links.register(layers.Dot)
def _dot(layer, step):
    return None


@kinds.rule(links, *kinds.RESHAPING)
def _reshape(layer, step):
    return reshaped(step)


def reshaped(step):
    """Link the axes that a new shape leaves as they are."""
    before, after = step.inputs[0].shape, step.outputs[0].shape
    linked, i, j = {}, 0, 0
    while i < len(before) and j < len(after):
        group_i, group_j = [i], [j]
        while math.prod(before[a] for a in group_i) != math.prod(after[a] for a in group_j):
            smaller = math.prod(before[a] for a in group_i) < math.prod(after[a] for a in group_j)
            (group_i if smaller else group_j).append((group_i if smaller else group_j)[-1] + 1)
        whole_i = [a for a in group_i if before[a] > 1]
        whole_j = [a for a in group_j if after[a] > 1]
        if len(whole_i) == len(whole_j) == 1:
            linked[whole_j[0]] = (whole_i[0], SAME_CELL)
        i, j = group_i[-1] + 1, group_j[-1] + 1
    linked.pop(0, None)
    return Links(linked, UNKNOWN)
