"""Along which axes, and how, the outputs of a `keras.ops` operation depend on its inputs."""

from cnnlib.analysis import kinds
from cnnlib.analysis.fields import SAME_CELL, Link
from cnnlib.analysis.links import EVERYTHING, OPERATIONS, UNKNOWN, Links, concatenated, reshaped

_NOT_FOLLOWED = {
    *("Conv", "ConvTranspose", "DepthwiseConv", "SeparableConv", "MaxPool", "AveragePool"),
    *("AdaptiveAveragePool", "AdaptiveMaxPool", "DotProductAttention", "Fold", "Unfold"),
    *("Argpartition", "Argsort", "Cumprod", "Cumsum", "Flip", "Fliplr", "Flipud", "Nancumprod"),
    *("Nancumsum", "Roll", "Rot90", "Sort", "Take", "TakeAlongAxis", "TopK"),
    *("Correlate", "Dot", "Einsum", "Inner", "Kron", "Outer", "Tensordot"),
    *("Moveaxis", "Rearrange", "Scatter", "ScatterUpdate", "SliceUpdate", "Swapaxes"),
    *("AssociativeScan", "Cond", "ForiLoop", "Map", "Scan", "Switch", "VectorizedMap", "WhileLoop"),
    *("AffineTransform", "ElasticTransform", "GaussianBlur", "MapCoordinates"),
    *("PerspectiveTransform", "ScaleAndTranslate", "FFT", "FFT2", "IFFT2"),
    *("Cholesky", "CholeskyInverse", "Inv", "LuFactor", "Pinv", "Qr", "Solve", "SolveTriangular"),
}
"""Operations that may keep the shape but do not act on each cell by itself."""


@kinds.named(OPERATIONS, *_NOT_FOLLOWED)
def _not_followed(step):
    return None


@kinds.named(OPERATIONS, *kinds.RESHAPING_OPERATIONS)
def _reshaping(step):
    return reshaped(step)


@kinds.named(OPERATIONS, "Concatenate", "Split")
def _concatenation(step):
    return concatenated(step, step.operation.axis)


@kinds.named(OPERATIONS, *kinds.REDUCTIONS)
def _reduction(step):
    operation, rank = step.operation, len(step.inputs[0].shape)
    axis = getattr(operation, "axis", getattr(operation, "axes", None))
    if axis is None:
        return EVERYTHING
    reduced = {a % rank for a in ([axis] if isinstance(axis, int) else axis)}
    kept = [a for a in range(rank) if a not in reduced]
    above = kept if getattr(operation, "keepdims", False) else range(len(kept))
    return Links({a: (below, SAME_CELL) for a, below in zip(above, kept, strict=True) if a})


@kinds.named(OPERATIONS, "GetItem")
def _get_item(step):
    key = step.args[1] if len(step.args) > 1 else step.kwargs["key"]
    key = list(key) if isinstance(key, (tuple, list)) else [key]
    shape = step.inputs[0].shape
    if Ellipsis in key:
        at = key.index(Ellipsis)
        key[at : at + 1] = [slice(None)] * (len(shape) - sum(k is not None for k in key) + 1)
    linked, below, above = {}, 0, 0
    for item in key + [slice(None)] * (len(shape) - sum(k is not None for k in key)):
        if item is None:
            above += 1
        elif isinstance(item, int):
            below += 1
        elif isinstance(item, slice):
            start, _, stride = item.indices(shape[below])
            linked[above] = (below, Link(stride, start, start))
            above, below = above + 1, below + 1
        else:
            return None
    linked.pop(0, None)
    return Links(linked, UNKNOWN)


@kinds.named(OPERATIONS, "Transpose")
def _transpose(step):
    rank = len(step.inputs[0].shape)
    axes = step.operation.axes or range(rank - 1, -1, -1)
    return Links({a: (below % rank, SAME_CELL) for a, below in enumerate(axes) if a})


@kinds.named(OPERATIONS, "Pad")
def _pad(step):
    given = list(step.operation.pad_width)
    widths = given * (len(step.inputs[0].shape) // len(given))
    linked = {a: (a, Link(1, -before, -before)) for a, (before, _) in enumerate(widths) if a}
    return Links(linked)


@kinds.named(OPERATIONS, "Matmul")
def _matmul(step):
    rank = len(step.outputs[0].shape)
    # A matrix that is the same for all inputs mixes the first operand's last axis alone.
    mixed = 1 if len(step.inputs) == 1 and step.inputs[0] is step.args[0] else 2
    return Links({axis: (axis - rank, SAME_CELL) for axis in range(1, rank - mixed)})
