"""What one call of a layer computes: multiply-adds, and the other arithmetic beside them.

MAC = one multiply-add. Convolutions (grouped, depthwise, separable, transposed), dense layers,
recurrent layers and the matrix products of attention count; what they spend on zero padding
counts too, as in the published figures. A transposed convolution spends one MAC per input value,
kernel cell and filter, even where the result is cropped away.
"""

import math
from functools import partial, singledispatch
from typing import NamedTuple

import keras
import numpy as np
from keras import layers

from cnnlib.analysis import kinds
from cnnlib.analysis.graph import Step, steps_of


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
    rule = _OPERATIONS.get(type(operation).__name__) if _is_keras_op(operation) else None
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


def _activation(layer, outputs):
    linear = getattr(layer, "activation", None) in (None, keras.activations.linear)
    return 0 if linear else outputs


def _finished(layer, step, macs):
    """Add the bias and the activation that a layer may have."""
    outputs = values(step.outputs)
    return Cost(macs, bias=outputs * layer.use_bias, elementwise=_activation(layer, outputs))


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
        macs=_einsum_macs(layer.equation, [step.inputs[0].shape, layer.kernel.shape]),
        bias=outputs * (layer.bias is not None),
        elementwise=_activation(layer, outputs),
    )


def _einsum_macs(equation, shapes):
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


@cost.register(layers.MultiHeadAttention)
def _multi_head_attention(layer, step):
    config = layer.get_config()
    return _heads(
        step,
        queries=layer.num_heads,
        shared=layer.num_heads,
        key_size=layer.key_dim,
        value_size=layer.value_dim,
        gated=config["use_gate"],
        biased=config["use_bias"],
        attended=config["attention_axes"],
    )


@cost.register(layers.GroupQueryAttention)
def _group_query_attention(layer, step):
    return _heads(
        step,
        queries=layer.num_query_heads,
        shared=layer.num_key_value_heads,
        key_size=layer.head_dim,
        value_size=layer.head_dim,
        gated=layer.use_gate,
        biased=layer.use_bias,
    )


def _heads(step, *, queries, shared, key_size, value_size, gated, biased, attended=None):
    """Count projections to heads, softmax(Q K^T) V in each, and the projection back."""
    query, value, key = attention_inputs(step)
    batch, targets, sources = query[0], math.prod(query[1:-1]), math.prod(value[1:-1])
    results = math.prod(step.outputs[0].shape[len(query) - 1 :])
    gate = targets * queries * value_size * gated
    asked = targets * queries * key_size + gate
    keys, contents = sources * shared * key_size, sources * shared * value_size
    scores = queries * targets * math.prod(value[a] for a in attended or range(1, len(value) - 1))
    projections = asked * query[-1] + keys * key[-1] + contents * value[-1]
    back = targets * queries * value_size * results
    return Cost(
        macs=batch * (projections + scores * (key_size + value_size) + back),
        bias=batch * (asked + keys + contents + targets * results) if biased else 0,
        elementwise=batch * (scores + 2 * gate),
    )


@cost.register(layers.Attention)
def _attention(layer, step):
    if layer.score_mode == "concat":
        return _additive_attention(layer, step)
    scores, query, value = _scores(step)
    macs = scores * (query[-1] + value[-1])
    return Cost(macs, elementwise=scores * (1 + layer.use_scale))


@cost.register(layers.AdditiveAttention)
def _additive_attention(layer, step):
    scores, query, value = _scores(step)
    added = scores * query[-1]
    elementwise = added * (2 + layer.use_scale) + scores
    return Cost(macs=scores * value[-1], elementwise=elementwise, pooling=added)


def _scores(step):
    query, value = (tensor.shape for tensor in step.inputs[:2])
    return math.prod(query[:-1]) * value[-2], query, value


def attention_inputs(step):
    """Return the shapes of an attention layer's query, value and key.

    Args:
        step: the call, as `layer(query, value, key=None)`.

    Returns:
        Three shapes; the key's is the value's where there is no key.
    """
    given = dict(zip(("query", "value", "key"), step.args, strict=False)) | step.kwargs
    query, value, key = given["query"], given["value"], given.get("key")
    return query.shape, value.shape, (value if key is None else key).shape


_CELLS = (layers.LSTMCell, layers.GRUCell, layers.SimpleRNNCell)


@cost.register(layers.RNN)
def _recurrent(layer, step):
    """Cover `LSTM`, `GRU`, `SimpleRNN`, `ConvLSTM1D` to `3D` and `RNN` over their cells."""
    cells = getattr(layer.cell, "cells", [layer.cell])
    if not isinstance(layer, kinds.CONV_LSTM) and not all(isinstance(c, _CELLS) for c in cells):
        return None
    batch, length = step.inputs[0].shape[:2]
    places = batch * length
    if isinstance(layer, kinds.CONV_LSTM):
        pixels = values(step.outputs[:1]) // layer.cell.filters
        places = pixels if layer.return_sequences else pixels * length
    weights = [w for cell in cells for w in (cell.kernel, cell.recurrent_kernel)]
    biases = [cell.bias for cell in cells if getattr(cell, "bias", None) is not None]
    return Cost(
        macs=places * sum(math.prod(weight.shape) for weight in weights),
        bias=places * sum(math.prod(bias.shape) for bias in biases),
    )


@cost.register(layers.Bidirectional)
def _bidirectional(layer, step):
    ways = layer.forward_layer, layer.backward_layer
    both = [cost(each, _one_way(each, step)) for each in ways]
    if None in both:
        return None
    merged = layer.merge_mode in ("sum", "mul", "ave")
    return sum(both, Cost(elementwise=values(step.outputs[:1]) * merged))


def _one_way(layer, step):
    shape = layer.compute_output_shape(step.inputs[0].shape)
    return _like(step, layer, step.inputs[0].shape, shape[0] if layer.return_state else shape)


@cost.register(layers.TimeDistributed)
def _time_distributed(layer, step):
    folded = tuple(
        (math.prod(x.shape[:2]), *x.shape[2:]) for x in (step.inputs[0], step.outputs[0])
    )
    inner = steps_of(_like(step, layer.layer, *folded))
    costs = [cost(each.operation, each) for each in inner]
    return None if None in costs else sum(costs, Cost())


@cost.register(layers.SpectralNormalization)
def _wrapper(layer, step):
    return cost(layer.layer, _like(step, layer.layer, step.inputs[0].shape, step.outputs[0].shape))


def _like(step, operation, input_shape, output_shape):
    """Return the step of a layer that another one wraps."""
    inputs = (keras.KerasTensor(input_shape, step.inputs[0].dtype, name="wrapped"),)
    outputs = (keras.KerasTensor(output_shape, step.outputs[0].dtype, name="wrapped"),)
    return Step(step.name, operation, inputs, {}, inputs, outputs)


@cost.register(layers.ReversibleEmbedding)
def _reversible_embedding(layer, step):
    reverse = any((*step.args[1:], step.kwargs.get("reverse")))
    return _matmul(step) if reverse else Cost()


@kinds.rule(cost, *kinds.ACTIVATIONS, layers.Rescaling, layers.UpSampling2D)
def _elementwise(layer, step):
    free = getattr(layer, "interpolation", None) == "nearest"
    free |= isinstance(layer, layers.Activation) and not _activation(layer, 1)
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


def _matmul(step):
    return Cost(macs=values(step.outputs) * _shape_of(step.args[0])[-1])


def _contraction(step):
    """Count a product of two operands: every axis is in two of them and the result."""
    sizes = [math.prod(_shape_of(operand)) for operand in step.args[:2]]
    return Cost(macs=math.isqrt(math.prod(sizes) * values(step.outputs)))


def _dot_product_attention(step):
    query, key = map(_shape_of, step.args[:2])
    scores = math.prod(query[:3]) * key[1]
    return Cost(macs=2 * scores * query[3], elementwise=scores)


def _einsum(step):
    shapes = [_shape_of(operand) for operand in step.args]
    known = len(shapes) == 2
    return Cost(macs=_einsum_macs(step.operation.subscripts, shapes)) if known else None


def _conv_operation(step):
    return Cost(macs=values(step.outputs) * math.prod(_shape_of(step.args[1])[:-1]))


def _depthwise_operation(step):
    return Cost(macs=values(step.outputs) * math.prod(_shape_of(step.args[1])[:-2]))


def _separable_operation(step):
    depthwise, pointwise = map(_shape_of, step.args[1:3])
    outputs = values(step.outputs) // pointwise[-1]
    return Cost(macs=outputs * (math.prod(depthwise) + math.prod(pointwise)))


def _transposed_operation(step):
    return Cost(macs=values(step.inputs[:1]) * math.prod(_shape_of(step.args[1])[:-1]))


def _pool_operation(step):
    size = step.operation.pool_size
    outputs = step.outputs[0]
    cells = size ** (len(outputs.shape) - 2) if isinstance(size, int) else math.prod(size)
    return Cost(pooling=values([outputs]) * cells)


def _shape_of(operand):
    return tuple(np.shape(operand))


_BY_VALUE = ("keras.src.ops.numpy", "keras.src.ops.nn", "keras.src.ops.math")
_NOT_BY_VALUE = {
    *("Argpartition", "Argsort", "Corrcoef", "Correlate", "Cross", "Fold", "Sort", "Unfold"),
    *("FFT", "FFT2", "IFFT2"),
}
_OPERATIONS = {
    "Matmul": _matmul,
    "Einsum": _einsum,
    "Conv": _conv_operation,
    "DepthwiseConv": _depthwise_operation,
    "SeparableConv": _separable_operation,
    "ConvTranspose": _transposed_operation,
    **dict.fromkeys(("Dot", "Inner", "Tensordot", "Vdot"), _contraction),
    "DotProductAttention": _dot_product_attention,
    **dict.fromkeys(("MaxPool", "AveragePool"), _pool_operation),
    **dict.fromkeys(("BatchNorm", "LayerNorm", "RMSNorm"), partial(_normalization, None)),
}
