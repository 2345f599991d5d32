"""What TensorFlow on a CPU reads, keeps, overwrites and borrows for each kind of layer."""

import math
from functools import singledispatch

import keras
from keras import layers

from cnnlib.analysis import kinds
from cnnlib.analysis.graph import Step, steps_of
from cnnlib.analysis.modeltape import SAVED
from cnnlib.analysis.tape import Gradient

_WORKING_SET = 30 * 2**20
"""Bytes of unrolled windows that TensorFlow's convolution gradients aim at."""


@singledispatch
def record(layer, step, model):
    """Take down one call on a model's tape.

    What is not known is taken for one operation that keeps its inputs for the backward pass. Teach
    it a layer of your own with `record.register(YourLayer)`.

    Args:
        layer: the layer or operation; its type selects the rule.
        step: the `Step`.
        model: the `ModelTape` to write to.

    Returns:
        A list with a `Buffer` per output.
    """
    name, reads = type(layer).__name__, model.reads(step)
    if not isinstance(layer, keras.Layer):
        if name in kinds.VIEW_OPERATIONS:
            return [model.view(step, reads[0])]
        if name in ("Add", "Subtract"):
            return [model.add(step, reads) if len(reads) > 1 else model.scale(step, reads[0])]
        if name == "Multiply":
            many = len(reads) > 1
            return [model.multiply(step, *reads) if many else model.scale(step, reads[0])]
        if name.lower() in SAVED:
            return [model.activation(step, name.lower(), reads[0])]
        if name in kinds.FREE_OPERATIONS:
            return [_moved(model, step, reads, output) for output in step.outputs]
    weights = [model.weight(step, weight) for weight in getattr(layer, "weights", ())]
    keeps = (*reads, *(cast for cast, _ in weights if cast))
    gradients = [Gradient(x, keeps) for x in reads]
    gradients += [each for _, of_weight in weights for each in of_weight(keeps=keeps)]
    return [
        model.run(step, keeps, model.size(output), gradients=gradients) for output in step.outputs
    ]


def _moved(model, step, reads, output):
    return model.run(step, reads, model.size(output), gradients=[Gradient(x) for x in reads])


@kinds.rule(record, *kinds.CONVOLUTIONS)
def _convolution(layer, step, model):
    channels = layer.kernel.shape[-2]
    y = _convolved(model, step, model.reads(step)[0], step.outputs[0], layer.kernel, channels)
    return [_finished(layer, step, model, y)]


def _convolved(model, step, x, output, kernel, channels):
    cast, of_weight = model.weight(step, kernel)
    size, filters = math.prod(kernel.shape[:-2]) * channels, kernel.shape[-1]
    places = model.size(output) // model.precision.activation // output.shape[0] // filters
    into_input, into_weight = _unrolled(model, output.shape[0], places, size, filters)
    casts = (cast,) if cast else ()
    gradients = [
        *of_weight(keeps=(x,), workspace=into_weight, late=True, copied=x.differentiable),
        # TensorFlow runs both halves at once.
        Gradient(x, casts, workspace=into_input + into_weight),
    ]
    return model.run(step, (x, *casts), model.size(output), gradients=gradients)


def _unrolled(model, batch, places, window, filters):
    """Return the bytes of unrolled windows in the two halves of a convolution's gradient.

    Both copy the window of each output place into the row of a matrix, for one picture or for as
    many as the working set holds; the weight's gradient is summed up beside itself.
    """
    item = model.precision.activation
    unit = places * window + places * filters + window * filters
    shard = min(batch, -(-_WORKING_SET // item // unit))
    one = places * window * item
    return one, shard * one + window * filters * item


def _finished(layer, step, model, y):
    """Add the bias and apply the activation of a layer that has both."""
    if getattr(layer, "use_bias", False):
        y = model.bias(step, y, layer.bias)
    return _activated(layer, step, model, y)


def _activated(layer, step, model, y):
    activation = getattr(layer, "activation", None)
    return model.activation(step, getattr(activation, "__name__", "linear"), y)


@kinds.rule(record, *kinds.TRANSPOSED)
def _transposed(layer, step, model):
    x, (output,) = model.reads(step)[0], step.outputs
    cast, of_weight = model.weight(step, layer.kernel)
    batch, item = output.shape[0], model.precision.activation
    filters, channels = layer.filters, x.bytes // item // math.prod(step.inputs[0].shape[:-1])
    places = x.bytes // item // batch // channels
    window = math.prod(layer.kernel_size) * filters
    one, shard = _unrolled(model, batch, places, window, channels)
    casts = (cast,) if cast else ()
    gradients = [*of_weight(keeps=(x,), workspace=shard, late=True), Gradient(x, casts)]
    y = model.run(step, (x, *casts), model.size(output), workspace=one, gradients=gradients)
    return [_finished(layer, step, model, y)]


@kinds.rule(record, *kinds.DEPTHWISE)
def _depthwise(layer, step, model):
    y = _depthwise_convolved(model, step, model.reads(step)[0], step.outputs[0], layer.kernel)
    return [_finished(layer, step, model, y)]


def _depthwise_convolved(model, step, x, output, kernel):
    cast, of_weight = model.weight(step, kernel)
    casts = (cast,) if cast else ()
    gradients = [*of_weight(keeps=(x,)), Gradient(x, casts)]
    return model.run(step, (x, *casts), model.size(output), gradients=gradients)


@kinds.rule(record, *kinds.SEPARABLE)
def _separable(layer, step, model):
    (output,) = step.outputs
    channels = step.inputs[0].shape[-1 if layer.data_format == "channels_last" else 1]
    inner = list(output.shape)
    inner[-1 if layer.data_format == "channels_last" else 1] = channels * layer.depth_multiplier
    between = keras.KerasTensor(tuple(inner), output.dtype, name="between")
    x = _depthwise_convolved(model, step, model.reads(step)[0], between, layer.depthwise_kernel)
    y = _convolved(model, step, x, output, layer.pointwise_kernel, inner[-1])
    return [_finished(layer, step, model, y)]


@record.register(layers.Dense)
@record.register(layers.EinsumDense)
def _dense(layer, step, model):
    x = model.reads(step)[0]
    cast, of_weight = model.weight(step, layer.kernel)
    casts = (cast,) if cast else ()
    # For a single row the gradient of the input is done long before that of the weight.
    rows = math.prod(step.inputs[0].shape[:-1])
    copied = x.differentiable and rows > 1
    gradients = [*of_weight(keeps=(x,), late=True, copied=copied), Gradient(x, casts)]
    y = model.run(step, (x, *casts), model.size(step.outputs[0]), gradients=gradients)
    if layer.bias is not None:
        y = model.bias(step, y, layer.bias)
    return [_activated(layer, step, model, y)]


@record.register(layers.BatchNormalization)
def _batch_normalization(layer, step, model):
    x = model.float32(step, model.reads(step)[0])
    channels = 4 * step.inputs[0].shape[layer.axis]
    if not (model.training and layer.trainable):
        return [model.narrow(step, model.scale(step, x))]
    inverse = _inverse_deviation(step, model, x, channels)
    scaled = model.multiply(step, x, inverse)
    gradients = [Gradient(scaled, view=True), Gradient(channels)]
    shifted = model.run(step, [scaled], scaled.bytes, in_place=True, gradients=gradients)
    return [model.narrow(step, shifted)]


def _inverse_deviation(step, model, x, size):
    """Return 1 / the standard deviation, times a trained factor, from all of a batch."""
    mean = model.reduce(step, x, size)
    # The gradient of (x - mean)^2 subtracts once more.
    gradient = Gradient(x, (x, mean), in_place=True, workspace=x.bytes)
    squares = model.run(step, [x, mean], x.bytes, gradients=[gradient])
    variance = model.reduce(step, squares, size)
    gradients = [Gradient(variance), Gradient(size)]
    return model.run(step, [variance], size, gradients=gradients)


@record.register(layers.LayerNormalization)
@record.register(layers.GroupNormalization)
def _own_statistics(layer, step, model):
    """Normalize each picture by itself: its factors, times gamma, are as large as the picture."""
    x = model.float32(step, model.reads(step)[0])
    channels = 4 * step.inputs[0].shape[-1]
    groups = getattr(layer, "groups", 1)
    mean = model.reduce(step, x, x.bytes // channels * 4 * groups)
    inverse = _inverse_deviation(step, model, x, mean.bytes)
    factors = [Gradient(inverse, (inverse,), through=(x.bytes,)), Gradient(channels)]
    inverse = model.run(step, [inverse], x.bytes, gradients=factors)
    scaled = model.multiply(step, x, inverse)
    shift = model.multiply(step, mean, inverse)
    return [model.narrow(step, model.add(step, [scaled, shift]))]


@kinds.rule(record, *kinds.ACTIVATIONS)
def _activation(layer, step, model):
    x = model.reads(step)[0]
    if isinstance(layer, layers.Activation):
        return [_activated(layer, step, model, x)]
    if isinstance(layer, layers.PReLU):
        _, of_weight = model.weight(step, layer.alpha)
        gradients = [Gradient(x, (x,), in_place=True), *of_weight(keeps=(x,), through=(x.bytes,))]
        return [model.run(step, [x], x.bytes, gradients=gradients)]
    return [model.activation(step, type(layer).__name__.lower(), x)]


@record.register(layers.Add)
def _add(layer, step, model):
    return [model.add(step, model.reads(step))]


@record.register(layers.Average)
def _average(layer, step, model):
    return [model.scale(step, model.add(step, model.reads(step)))]


@record.register(layers.Multiply)
def _multiply(layer, step, model):
    product, *others = model.reads(step)
    for other in others:
        product = model.multiply(step, product, other)
    return [product]


@kinds.rule(record, *kinds.MAX_POOLING)
def _max_pooling(layer, step, model):
    x = model.reads(step)[0]
    size = model.size(step.outputs[0])
    places = 8 * size // model.precision.activation  # where each maximum was, as 64-bit integers

    def gradients(result):
        return [Gradient(x, (x, result), workspace=places)]

    return [model.run(step, [x], size, gradients=gradients)]


@kinds.rule(
    record,
    *kinds.AVERAGE_POOLING,
    *kinds.GLOBAL_AVERAGE_POOLING,
    *kinds.ZERO_PADDING,
    *kinds.CROPPING,
    *kinds.UPSAMPLING,
    layers.Concatenate,
    layers.Permute,
    layers.RepeatVector,
)
def _moving(layer, step, model):
    return [_moved(model, step, model.reads(step), step.outputs[0])]


@kinds.rule(record, *kinds.RESHAPING, *kinds.UNCHANGED)
def _view(layer, step, model):
    return [model.view(step, model.reads(step)[0])]


@kinds.rule(record, *kinds.NOISE)
def _noise(layer, step, model):
    x = model.reads(step)[0]
    if not model.training or not getattr(layer, "rate", 1):
        return [x]
    chosen = model.run(step, [], x.bytes)
    mask = model.run(step, [chosen], x.bytes // model.precision.activation)
    gradients = [Gradient(x, (mask,), in_place=True)]
    return [model.run(step, [x, mask], x.bytes, in_place=True, gradients=gradients)]


@record.register(layers.TimeDistributed)
def _time_distributed(layer, step, model):
    folded = [
        keras.KerasTensor((math.prod(x.shape[:2]), *x.shape[2:]), x.dtype, name="folded")
        for x in (step.inputs[0], step.outputs[0])
    ]
    model.bind(folded[0], model.reads(step)[0])
    inner = steps_of(Step(step.name, layer.layer, (folded[0],), {}, (folded[0],), (folded[1],)))
    model.steps(inner, record)
    return [model.buffer(inner[-1].outputs[0])]
