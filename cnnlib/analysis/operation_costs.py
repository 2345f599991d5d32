"""What one call of a `keras.ops` operation computes."""

import math

import numpy as np

from cnnlib.analysis import kinds
from cnnlib.analysis.costs import OPERATIONS, Cost, einsum_macs, values


@kinds.named(OPERATIONS, "Matmul")
def matmul(step):
    """Count one multiply-add per result and column of the first operand."""
    return Cost(macs=values(step.outputs) * _shape_of(step.args[0])[-1])


@kinds.named(OPERATIONS, "Dot", "Inner", "Tensordot", "Vdot")
def _contraction(step):
    """Count a product of two operands: every axis is in two of them and the result."""
    sizes = [math.prod(_shape_of(operand)) for operand in step.args[:2]]
    return Cost(macs=math.isqrt(math.prod(sizes) * values(step.outputs)))


@kinds.named(OPERATIONS, "DotProductAttention")
def _dot_product_attention(step):
    query, key = map(_shape_of, step.args[:2])
    scores = math.prod(query[:3]) * key[1]
    return Cost(macs=2 * scores * query[3], elementwise=scores)


@kinds.named(OPERATIONS, "Einsum")
def _einsum(step):
    shapes = [_shape_of(operand) for operand in step.args]
    known = len(shapes) == 2
    return Cost(macs=einsum_macs(step.operation.subscripts, shapes)) if known else None


@kinds.named(OPERATIONS, "Conv")
def _conv(step):
    return Cost(macs=values(step.outputs) * math.prod(_shape_of(step.args[1])[:-1]))


@kinds.named(OPERATIONS, "DepthwiseConv")
def _depthwise(step):
    return Cost(macs=values(step.outputs) * math.prod(_shape_of(step.args[1])[:-2]))


@kinds.named(OPERATIONS, "SeparableConv")
def _separable(step):
    depthwise, pointwise = map(_shape_of, step.args[1:3])
    outputs = values(step.outputs) // pointwise[-1]
    return Cost(macs=outputs * (math.prod(depthwise) + math.prod(pointwise)))


@kinds.named(OPERATIONS, "ConvTranspose")
def _transposed(step):
    return Cost(macs=values(step.inputs[:1]) * math.prod(_shape_of(step.args[1])[:-1]))


@kinds.named(OPERATIONS, "MaxPool", "AveragePool")
def _pool(step):
    size = step.operation.pool_size
    outputs = step.outputs[0]
    cells = size ** (len(outputs.shape) - 2) if isinstance(size, int) else math.prod(size)
    return Cost(pooling=values([outputs]) * cells)


@kinds.named(OPERATIONS, "BatchNorm", "LayerNorm", "RMSNorm")
def _normalization(step):
    return Cost(normalization=2 * values(step.outputs))


def _shape_of(operand):
    return tuple(np.shape(operand))
