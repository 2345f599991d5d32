"""What attention, recurrent layers and layers around other layers compute."""

import math

import keras
from keras import layers

from cnnlib.analysis import kinds
from cnnlib.analysis.costs import Cost, cost, values
from cnnlib.analysis.graph import Step, steps_of
from cnnlib.analysis.operation_costs import matmul


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
    return matmul(step) if reverse else Cost()
