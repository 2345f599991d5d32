"""What one call of a layer computes: multiply-adds, and the other arithmetic beside them.

MAC = one multiply-add. Convolutions (grouped, depthwise, separable, transposed), dense layers,
recurrent layers and the matrix products of attention count; what they spend on zero padding
counts too, as in the published figures. A transposed convolution spends one MAC per input value,
kernel cell and filter, even where the result is cropped away.
"""

import math
from functools import singledispatch
from typing import NamedTuple

import keras
from keras import layers

from cnnlib.analysis import kinds


class Cost(NamedTuple):
    """Arithmetic of one call.

    Attributes:
        macs: multiply-adds.
        bias: additions of biases, one per output value.
        elementwise: activations and merges, one per output value and further operand; those
            inside recurrent cells are left out.
        normalization: scaling and shifting, two per value.
        pooling: values that pooling windows and other reductions read.
    """

    macs: int = 0
    bias: int = 0
    elementwise: int = 0
    normalization: int = 0
    pooling: int = 0

    def __add__(self, other):
        """Add two costs, item by item."""
        return Cost(*map(sum, zip(self, other, strict=True)))


OPERATIONS = {}
"""Rules for `keras.ops` by the names of their classes; `operation_costs` fills it."""

_BY_VALUE = ("keras.src.ops.numpy", "keras.src.ops.nn", "keras.src.ops.math")
_NOT_BY_VALUE = {
    *("Argpartition", "Argsort", "Corrcoef", "Correlate", "Cross", "Fold", "Sort", "Unfold"),
    *("FFT", "FFT2", "IFFT2"),
}


@singledispatch
def cost(operation, step):
    """Count the arithmetic of one call.

    Teach it a layer of your own with `cost.register(YourLayer)`.

    Args:
        operation: the layer or operation; its type selects the rule.
        step: the `Step`, with the shapes of its inputs and outputs.

    Returns:
        A `Cost`, or None where nothing is known of the type.
    """
    rule = OPERATIONS.get(type(operation).__name__) if _is_keras_op(operation) else None
    if rule:
        return rule(step)
    if isinstance(operation, kinds.FREE):
        return Cost()
    if _is_keras_op(operation):
        name = type(operation).__name__
        if name in kinds.FREE_OPERATIONS:
            return Cost()
        if name in kinds.REDUCTIONS:
            return Cost(pooling=values(step.inputs))
        by_value = name not in _NOT_BY_VALUE and type(operation).__module__ in _BY_VALUE
        if by_value and any(x.shape == step.outputs[0].shape for x in step.inputs):
            return Cost(elementwise=values(step.outputs[:1]))
    return None


def values(tensors):
    """Return how many numbers tensors hold together."""
    return sum(math.prod(tensor.shape) for tensor in tensors)


def _is_keras_op(operation):
    module = type(operation).__module__
    return not isinstance(operation, keras.Layer) and module.startswith("keras.")


def activation_cost(layer, outputs):
    """Return the operations of the activation that a layer may have."""
    linear = getattr(layer, "activation", None) in (None, keras.activations.linear)
    return 0 if linear else outputs


def _finished(layer, step, macs):
    """Add the bias and the activation that a layer may have."""
    outputs = values(step.outputs)
    return Cost(macs, bias=outputs * layer.use_bias, elementwise=activation_cost(layer, outputs))


@kinds.rule(cost, *kinds.CONVOLUTIONS)
def _convolution(layer, step):
    channels = _channels(layer, step.inputs[0]) // layer.groups
    return _finished(layer, step, values(step.outputs) * math.prod(layer.kernel_size) * channels)


@kinds.rule(cost, *kinds.DEPTHWISE)
def _depthwise(layer, step):
    return _finished(layer, step, values(step.outputs) * math.prod(layer.kernel_size))


@kinds.rule(cost, *kinds.SEPARABLE)
def _separable(layer, step):
    places = values(step.outputs) // layer.filters
    between = places * _channels(layer, step.inputs[0]) * layer.depth_multiplier
    return _finished(layer, step, between * (math.prod(layer.kernel_size) + layer.filters))


@kinds.rule(cost, *kinds.TRANSPOSED)
def _transposed(layer, step):
    kernel = math.prod(layer.kernel_size)
    return _finished(layer, step, values(step.inputs) * kernel * layer.filters)


def _channels(layer, tensor):
    return tensor.shape[-1 if layer.data_format == "channels_last" else 1]


@cost.register(layers.Dense)
def _dense(layer, step):
    return _finished(layer, step, values(step.outputs) * step.inputs[0].shape[-1])


@cost.register(layers.EinsumDense)
def _einsum_dense(layer, step):
    outputs = values(step.outputs)
    return Cost(
        macs=einsum_macs(layer.equation, [step.inputs[0].shape, layer.kernel.shape]),
        bias=outputs * (layer.bias is not None),
        elementwise=activation_cost(layer, outputs),
    )


def einsum_macs(equation, shapes):
    """Multiply the extents of all the letters of an einsum over two operands."""
    terms = equation.replace(" ", "").partition("->")[0].split(",")
    extents = {}
    for term, shape in zip(terms, shapes, strict=True):
        before, dots, after = term.partition("...")
        extents.update(zip(before, shape, strict=False))
        extents.update(zip(reversed(after), reversed(shape), strict=False))
        if dots:
            hidden = shape[len(before) : len(shape) - len(after)]
            extents["..."] = max(extents.get("...", 1), math.prod(hidden))
    return math.prod(extents.values())


@kinds.rule(cost, *kinds.ACTIVATIONS, layers.Rescaling, layers.UpSampling2D)
def _elementwise(layer, step):
    free = getattr(layer, "interpolation", None) == "nearest"
    free |= isinstance(layer, layers.Activation) and not activation_cost(layer, 1)
    return Cost() if free else Cost(elementwise=values(step.outputs))


@kinds.rule(cost, *kinds.MERGES)
def _merge(layer, step):
    return Cost(elementwise=values(step.outputs) * (len(step.inputs) - 1))


@cost.register(layers.Dot)
def _dot(layer, step):
    axis = layer.axes if isinstance(layer.axes, int) else layer.axes[0]
    return Cost(macs=values(step.outputs) * step.inputs[0].shape[axis])


@kinds.rule(cost, *kinds.NORMALIZATIONS)
def _normalization(layer, step):
    return Cost(normalization=2 * values(step.outputs))


@kinds.rule(cost, *kinds.MAX_POOLING, *kinds.AVERAGE_POOLING)
def _pooling(layer, step):
    return Cost(pooling=values(step.outputs) * math.prod(layer.pool_size))


@kinds.rule(cost, *kinds.GLOBAL_POOLING, *kinds.ADAPTIVE_POOLING)
def _global_pooling(layer, step):
    return Cost(pooling=values(step.inputs))
