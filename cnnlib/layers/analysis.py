"""What `cnnlib.analyze` has to know about these layers: arithmetic, links and memory."""

import math

import keras

from cnnlib.analysis import Cost, Links, cost, kinds, links, record
from cnnlib.analysis.costs import values
from cnnlib.analysis.fields import SAME_CELL
from cnnlib.analysis.links import window
from cnnlib.analysis.tape import Gradient
from cnnlib.layers.channels import (
    DepthwiseMaxPooling2D,
    HighwayGate,
    LocalResponseNormalization,
    PadChannels,
)
from cnnlib.layers.lenet import PartialConvolution2D, RBFOutput, TrainableAveragePooling2D


@kinds.rule(links, HighwayGate, PadChannels, LocalResponseNormalization, DepthwiseMaxPooling2D)
def _same_pixel(layer, step):
    return Links({axis: (axis, SAME_CELL) for axis in range(1, len(step.outputs[0].shape) - 1)})


@links.register(TrainableAveragePooling2D)
def _pooling_links(layer, step):
    return _windows(step, layer.pool_size, stride=2)


@links.register(PartialConvolution2D)
def _convolution_links(layer, step):
    return _windows(step, layer.kernel_size, stride=1)


@links.register(RBFOutput)
def _rbf_links(layer, step):
    return Links({axis: (axis, SAME_CELL) for axis in range(1, len(step.inputs[0].shape) - 1)})


def _windows(step, sizes, stride):
    shape = step.inputs[0].shape
    return Links(
        {
            axis: (axis, window(shape[axis], size, stride, "valid"))
            for axis, size in enumerate(sizes, start=1)
        }
    )


@cost.register(HighwayGate)
def _gate_cost(layer, step):
    return Cost(elementwise=4 * values(step.outputs))


@cost.register(PadChannels)
def _pad_cost(layer, step):
    return Cost()


@cost.register(LocalResponseNormalization)
def _normalization_cost(layer, step):
    return Cost(normalization=2 * values(step.outputs), pooling=layer.size * values(step.outputs))


@cost.register(DepthwiseMaxPooling2D)
def _depthwise_pooling_cost(layer, step):
    return Cost(pooling=values(step.inputs))


@cost.register(TrainableAveragePooling2D)
def _pooling_cost(layer, step):
    outputs = values(step.outputs)
    return Cost(
        pooling=outputs * math.prod(layer.pool_size),
        bias=outputs,
        elementwise=outputs + _activation_cost(layer, outputs),
    )


@cost.register(PartialConvolution2D)
def _convolution_cost(layer, step):
    """Count the kernels of the table, not the zeros that stand for the others."""
    outputs = values(step.outputs)
    return Cost(
        macs=outputs // layer.filters * math.prod(layer.kernel.shape),
        bias=outputs,
        elementwise=_activation_cost(layer, outputs),
    )


@cost.register(RBFOutput)
def _rbf_cost(layer, step):
    """Count a subtraction and a multiply-add per cell of a bitmap."""
    cells = values(step.outputs) * step.inputs[0].shape[-1]
    return Cost(macs=cells, elementwise=cells)


def _activation_cost(layer, outputs):
    return 0 if layer.activation is keras.activations.linear else outputs


@record.register(HighwayGate)
def _gate(layer, step, model):
    h, x, t = model.reads(step)
    carried = model.multiply(step, x, model.scale(step, t))
    return [model.add(step, [model.multiply(step, h, t), carried])]


@record.register(PadChannels)
def _pad(layer, step, model):
    return [model.reduce(step, model.reads(step)[0], model.size(step.outputs[0]))]


@record.register(LocalResponseNormalization)
def _normalization(layer, step, model):
    x = model.float32(step, model.reads(step)[0])
    channels = step.inputs[0].shape[-1]
    squares = model.unary(step, x, "operand")
    padded = model.reduce(step, squares, x.bytes * (channels + layer.size - 1) // channels)
    total = model.add(step, [model.reduce(step, padded, x.bytes) for _ in range(layer.size)])
    power = model.unary(step, model.scale(step, total), "operand")
    return [model.narrow(step, model.multiply(step, x, power))]


@record.register(DepthwiseMaxPooling2D)
def _depthwise_pooling(layer, step, model):
    x = model.view(step, model.reads(step)[0])
    gradients = lambda result: [Gradient(x, (x, result))]  # noqa: E731
    return [model.run(step, [x], model.size(step.outputs[0]), gradients=gradients)]


@record.register(TrainableAveragePooling2D)
def _pooling(layer, step, model):
    mean = model.reduce(step, model.reads(step)[0], model.size(step.outputs[0]))
    y = model.scale(step, mean)
    cast, of_weight = model.weight(step, layer.coefficient)
    casts = (cast,) if cast else ()
    gradients = [Gradient(y, casts, in_place=True), *of_weight(keeps=(y,), through=(y.bytes,))]
    y = model.run(step, (y, *casts), y.bytes, in_place=True, gradients=gradients)
    return [_biased(layer, step, model, y)]


@record.register(PartialConvolution2D)
def _convolution(layer, step, model):
    x = model.reads(step)[0]
    cast, of_weight = model.weight(step, layer.kernel)
    casts = (cast,) if cast else ()
    kernel = math.prod(layer.kernel.shape) // layer.kernel.shape[-1]
    dense = kernel * step.inputs[0].shape[-1] * layer.filters * model.precision.activation
    kernels_in_place = model.run(step, casts, dense)
    gradients = [
        *of_weight(keeps=(x,), through=(dense,), late=True),
        Gradient(x, (kernels_in_place,)),
    ]
    size = model.size(step.outputs[0])
    y = model.run(step, (x, kernels_in_place), size, gradients=gradients)
    return [_biased(layer, step, model, y)]


def _biased(layer, step, model, y):
    name = getattr(layer.activation, "__name__", "linear")
    return model.activation(step, name, model.bias(step, y, layer.bias))


@record.register(RBFOutput)
def _rbf(layer, step, model):
    x = model.reads(step)[0]
    size = model.size(step.outputs[0]) * step.inputs[0].shape[-1]
    cast, _ = model.weight(step, layer.centers)
    reads = (x, cast) if cast else (x,)
    difference = model.run(step, reads, size, gradients=[Gradient(x, through=(size,))])
    squares = model.unary(step, difference, "operand")
    return [model.reduce(step, squares, model.size(step.outputs[0]))]
