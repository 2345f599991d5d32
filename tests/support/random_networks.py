"""Random networks of linear layers, each beside an account of which cell reads which."""

from dataclasses import dataclass
from functools import cache

import keras
import numpy as np
import tensorflow as tf
from keras import layers

WINDOWS = ("Conv", "DepthwiseConv", "SeparableConv", "AveragePooling")


@dataclass(frozen=True, eq=False)
class Node:
    """A tensor and, for each tensor it is made from, the cells read along each axis."""

    tensor: keras.KerasTensor
    reads: tuple = ()

    @property
    def sizes(self):
        return self.tensor.shape[1:-1]


@cache
def seen(node, axis, u):
    """Return the input cells that cell `u` depends on if every layer went on without borders."""
    if not node.reads:
        return frozenset([u])
    return frozenset().union(
        *(seen(below, axis, v) for below, taps in node.reads for v in taps[axis](u))
    )


@cache
def inside(node, axis, u):
    """Tell whether cell `u` depends on real cells alone, never on padding."""
    return all(
        0 <= v < below.sizes[axis] and inside(below, axis, v)
        for below, taps in node.reads
        for v in taps[axis](u)
    )


def gradient_masks(model, positions, least=0.0):
    """Return where in the input the gradients of some output cells are not 0.

    Args:
        model: a model with one input and one output, channels last.
        positions: index tuples, without batch and channel.
        least: gradients up to this count as 0.

    Returns:
        A boolean array: a position, then the input's spatial axes.
    """
    shape = (len(positions), *model.input_shape[1:])
    x = tf.random.stateless_uniform(shape, seed=(1, 2), minval=0.5, maxval=1.5)
    with tf.GradientTape() as tape:
        tape.watch(x)
        picked = tf.gather_nd(model(x), [[i, *place] for i, place in enumerate(positions)])
    return np.abs(tape.gradient(picked, x)).max(axis=-1) > least


def hulls(mask):
    """Return the first and last True along each axis of an array, None where there is none."""
    others = [tuple(set(range(mask.ndim)) - {axis}) for axis in range(mask.ndim)]
    places = [np.flatnonzero(mask.any(axis=rest)) for rest in others]
    return [(found[0], found[-1]) if len(found) else None for found in places]


def clipped(cells, n):
    """Return an interval's part inside an axis of `n` cells, None where there is none."""
    first, last = max(cells[0], 0), min(cells[1], n - 1)
    return (first, last) if first <= last else None


def make_positive(model, rng):
    """Give a model weights that cannot cancel one another."""
    for weight in model.weights:
        weight.assign(rng.uniform(0.5, 1.5, weight.shape))


def random_network(rng, rank):
    """Return a model of positive linear layers and the `Node` of its output."""
    node = start = Node(layers.Input((*rng.integers(12, 25, rank).tolist(), 1), batch_size=None))
    for _ in range(rng.integers(2, 5)):
        choices = [1, 1, 2, 3] if max(node.sizes) > 24 else [1, 1, 2, 3, -2, -3]
        strides = rng.choice(choices, rng.integers(1, 3)).tolist()
        branches = [_stack(rng, node, order) for order in (strides, strides[::-1])]
        node = branches[0] if rng.random() < 0.3 else _merged(rng, *branches)
        if min(node.sizes) < 4:
            break
    model = keras.Model(start.tensor, node.tensor)
    make_positive(model, rng)
    return model, node


def _stack(rng, node, strides):
    for stride in strides:
        if stride < 0:
            node = rng.choice([_upsampled, _transposed])(rng, node, -stride)
        elif stride > 1 or rng.random() < 0.7:
            node = _windowed(rng, node, stride)
        else:
            node = _shifted(rng, node)
    return node


def _merged(rng, one, other):
    sizes = [min(pair) for pair in zip(one.sizes, other.sizes, strict=True)]
    branches = [_cropped(rng, node, sizes) for node in (one, other)]
    tensors = [node.tensor for node in branches]
    alike = tensors[0].shape[-1] == tensors[1].shape[-1]
    merge = layers.Add() if alike and rng.random() < 0.5 else layers.Concatenate()
    same = [lambda u: [u]] * len(sizes)
    return Node(merge(tensors), tuple((node, same) for node in branches))


def _windowed(rng, node, stride):
    rank, kind = len(node.sizes), rng.choice(WINDOWS)
    kernel, padding = rng.integers(1, 5, rank).tolist(), rng.choice(["valid", "same"])
    dilated = stride == 1 and kind != "AveragePooling"
    dilation = rng.integers(1, 4, rank).tolist() if dilated else [1] * rank
    axes = list(zip(node.sizes, kernel, dilation, strict=True))
    if any((k - 1) * d + 1 > n for n, k, d in axes):
        padding = "same"
    arguments = {"strides": stride, "padding": str(padding)}
    if kind == "AveragePooling":
        arguments |= {"pool_size": kernel if rank > 1 else kernel[0]}
    else:
        arguments |= {"kernel_size": kernel, "dilation_rate": dilation}
    if kind in ("Conv", "SeparableConv"):
        arguments |= {"filters": 1}
    taps = [_window_taps(n, k, stride, padding, d) for n, k, d in axes]
    return _on(node, getattr(layers, f"{kind}{rank}D")(**arguments), taps)


def _window_taps(n, kernel, stride, padding, dilation):
    before = 0
    if padding == "same":
        last = (-(-n // stride) - 1) * stride
        before = max(last + (kernel - 1) * dilation + 1 - n, 0) // 2
    return lambda u: [u * stride - before + k * dilation for k in range(kernel)]


def _transposed(rng, node, factor):
    # In 2D a kernel smaller than its stride cuts whole rows off from some paths; in 1D it may.
    rank, padding = len(node.sizes), rng.choice(["valid", "same"])
    kernel = rng.integers(1 if rank == 1 else factor, 6, rank).tolist()
    layer = getattr(layers, f"Conv{rank}DTranspose")
    taps = [_transposed_taps(k, factor, padding) for k in kernel]
    return _on(node, layer(1, kernel, strides=factor, padding=str(padding)), taps)


def _transposed_taps(kernel, stride, padding):
    before = max(kernel - stride, 0) // 2 if padding == "same" else 0
    return lambda u: [
        (u + before - k) // stride for k in range(kernel) if (u + before - k) % stride == 0
    ]


def _upsampled(rng, node, factor):
    layer = getattr(layers, f"UpSampling{len(node.sizes)}D")(factor)
    return _on(node, layer, [lambda u: [u // factor]] * len(node.sizes))


def _shifted(rng, node):
    if rng.random() < 0.5 and min(node.sizes) > 5:
        return _cropped(rng, node, [n - rng.integers(1, 3) for n in node.sizes])
    pairs = rng.integers(0, 3, (len(node.sizes), 2)).tolist()
    layer = getattr(layers, f"ZeroPadding{len(pairs)}D")(pairs if len(pairs) > 1 else pairs[0])
    return _on(node, layer, [_offset(-before) for before, _ in pairs])


def _cropped(rng, node, sizes):
    spare = [n - size for n, size in zip(node.sizes, sizes, strict=True)]
    before = [int(rng.integers(0, cells + 1)) for cells in spare]
    pairs = [(first, int(cells - first)) for first, cells in zip(before, spare, strict=True)]
    layer = getattr(layers, f"Cropping{len(pairs)}D")(pairs if len(pairs) > 1 else pairs[0])
    return _on(node, layer, [_offset(first) for first in before])


def _offset(cells):
    return lambda u: [u + cells]


def _on(node, layer, taps):
    return Node(layer(node.tensor), ((node, taps),))
