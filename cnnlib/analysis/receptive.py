"""What each tensor of a graph sees of one of the model's inputs."""

from dataclasses import dataclass, field
from functools import reduce

import keras

from cnnlib.analysis import kinds
from cnnlib.analysis.fields import SAME_CELL, Intervals, Link
from cnnlib.analysis.links import UNKNOWN, WHOLE, Links, links


@dataclass(frozen=True)
class LayerField:
    """The part of the input that a layer's cells see; tuples hold one value per spatial axis.

    The field is that of the theory: all paths count, and it may reach beyond the input. Along an
    axis on which every cell sees everything, the size is the input's, stride and padding are 0.
    None stands for what could not be followed.

    Attributes:
        size: input cells, from the first to the last that a cell sees; the largest of all cells
            where upsampling makes them differ.
        stride: input cells between the fields of neighbouring cells (effective stride).
        padding: how many cells the first cell's field begins before the input.
        aligned: whether the fields of all branches have the same centres and strides.
        whole: whether every cell sees the whole input.
    """

    size: tuple
    stride: tuple
    padding: tuple
    aligned: bool
    whole: bool
    _intervals: tuple = field(repr=False)

    def cells(self, *position):
        """Return the first and the last input cell that one cell of the layer sees.

        Args:
            *position: the cell's index along each spatial axis.

        Returns:
            A (first, last) pair per axis, 0 being the input's first cell; it may lie outside.

        Raises:
            ValueError: the wrong number of indices, or an axis that could not be followed.
        """
        if len(position) != len(self._intervals) or None in self._intervals:
            raise ValueError(
                f"`position` must have {len(self._intervals)} indices, on axes that could be "
                f"followed. Received: {position}"
            )
        return tuple(intervals(u) for intervals, u in zip(self._intervals, position, strict=True))

    def centre(self, *position):
        """Return the middle of the input cells that one cell of the layer sees.

        Args:
            *position: the cell's index along each spatial axis.

        Returns:
            A float per axis.

        Raises:
            ValueError: as for `cells`.
        """
        return tuple((first + last) / 2 for first, last in self.cells(*position))


def receptive_fields(graph, source, gates=True):
    """Follow one input through a graph.

    Args:
        graph: a `Graph`.
        source: the input tensor, one of `graph.inputs`.
        gates: whether paths on which everything has been pooled (squeeze and excitation) count
            where they meet paths that still have places.

    Returns:
        id of a tensor -> its `LayerField`, for tensors that depend on `source`.
    """
    rank = len(source.shape)
    every = range(1, rank)
    traces = {id(source): tuple((axis, Intervals()) for axis in every)}
    for step in graph.steps:
        below = [(x, traces[id(x)]) for x in step.inputs if id(x) in traces]
        if below:
            linked = links(step.operation, step) or Links({}, UNKNOWN)
            for output in step.outputs:
                traces[id(output)] = tuple(
                    _through(
                        linked,
                        [(x, *trace[axis - 1]) for x, trace in below],
                        output,
                        source.shape[axis],
                        gates,
                    )
                    for axis in every
                )
    axes = kinds.spatial_axes(data_format(graph), rank)
    return {
        key: _field([trace[axis - 1][1] for axis in axes], [source.shape[axis] for axis in axes])
        for key, trace in traces.items()
    }


def _through(linked, branches, output, extent, gates):
    """Carry one input axis through a step.

    Args:
        linked: the step's `Links`.
        branches: for each of the step's inputs the tensor, the tensor's axis along which the
            seen cells move (None where all see the same), and its `Intervals`, `WHOLE` or
            `UNKNOWN`.
        output: the output tensor.
        extent: the input's cells along its axis.
        gates: as for `receptive_fields`.

    Returns:
        Such an axis and such cells for the output.
    """
    seen = [_over(linked, *branch, output, extent) for branch in branches]
    local = [pair for pair in seen if pair[1] is not WHOLE]
    if not local or (gates and len(local) < len(seen)):
        return None, WHOLE
    axes = {axis for axis, _ in local if axis is not None}
    if any(cells is UNKNOWN for _, cells in local) or len(axes) > 1:
        return None, UNKNOWN
    joined = reduce(Intervals.joined, (cells for _, cells in local))
    return axes.pop() if axes else None, joined


def _over(linked, tensor, axis, cells, output, extent):
    if axis is None:
        mixed = linked.rest is WHOLE and not linked.axes
        return None, WHOLE if cells is UNKNOWN and mixed else cells
    for above, (below, link) in linked.axes.items():
        if below + len(tensor.shape) * (below < 0) == axis:
            if tensor.shape[axis] == 1 < output.shape[above] and link == SAME_CELL:
                break  # one cell serves a whole axis
            return above, cells.over(link)
    if tensor.shape[axis] > 1:
        return None, linked.rest
    first, last = cells(0)
    return None, WHOLE if first <= 0 and last >= extent - 1 else cells.over(Link(0))


def data_format(graph):
    """Return where a graph's first layer that cares has its channels."""
    formats = (getattr(step.operation, "data_format", None) for step in graph.steps)
    return next(filter(None, formats), keras.config.image_data_format())


def _field(seen, extents):
    intervals = tuple(
        Intervals(0, (0,), (n - 1,)) if cells is WHOLE else None if cells is UNKNOWN else cells
        for cells, n in zip(seen, extents, strict=True)
    )
    return LayerField(
        size=tuple(None if each is None else each.size for each in intervals),
        stride=tuple(None if each is None else each.stride for each in intervals),
        padding=tuple(None if each is None else -each(0)[0] for each in intervals),
        aligned=all(each is None or each.aligned for each in intervals),
        whole=all(cells is WHOLE for cells in seen),
        _intervals=intervals,
    )
