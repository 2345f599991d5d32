"""What `cnnlib.analyze` returns: a model's costs, memory and receptive fields, layer by layer."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import keras

from cnnlib.analysis import memory, report
from cnnlib.analysis.costs import Cost, cost
from cnnlib.analysis.graph import Graph, passes_through, walk
from cnnlib.analysis.kinds import spatial_axes
from cnnlib.analysis.precision import Precision
from cnnlib.analysis.receptive import LayerField, data_format, receptive_fields
from cnnlib.checks import check_choice, check_integer


class LayerReport(NamedTuple):
    """One call of a layer.

    Attributes:
        name: the layer's name, after those of the models that hold it.
        kind: its class.
        output_shape: the shape of its output, or a tuple of shapes where it has several.
        params: numbers that it stores; 0 when a shared layer is called again.
        trainable_params: those that training changes.
        macs: multiply-adds for the batch; None where they are not counted.
        activation_bytes: bytes of its outputs.
        receptive_field: `LayerField` towards the model's first input that it depends on, or
            None where that input has no spatial axes.
        other: further arithmetic as a `Cost`; None where it is not counted.
    """

    name: str
    kind: str
    output_shape: tuple
    params: int
    trainable_params: int
    macs: int | None
    activation_bytes: int
    receptive_field: LayerField | None
    other: Cost | None


@dataclass(frozen=True, eq=False, repr=False)
class Analysis:
    """What a model costs and sees at one input shape, batch size and precision.

    Attributes:
        model: the model.
        graph: its `Graph`.
        batch_size: pictures in a batch.
        input_shape: as given to `analyze`.
        precision: bytes per value.
    """

    model: keras.Model
    graph: Graph
    batch_size: int
    input_shape: tuple | None
    precision: Precision

    @classmethod
    def of(cls, model, batch_size=1, input_shape=None, dtype="float32"):
        """Analyse a `keras.Model`; arguments as for `cnnlib.analyze`."""
        precision = Precision.of(dtype)
        graph = walk(model, batch_size, input_shape)
        return cls(model, graph, batch_size, input_shape, precision)

    @cached_property
    def layers(self):
        """Tuple of `LayerReport`, in an order in which the layers can run."""
        fields, seen, reports = self._fields(gates=True), set(), []
        for step in self.graph.steps:
            weights = [w for w in getattr(step.operation, "weights", ()) if id(w) not in seen]
            seen.update(map(id, weights))
            spent = cost(step.operation, step)
            shapes = tuple(tuple(tensor.shape) for tensor in step.outputs)
            reports.append(
                LayerReport(
                    name=step.name,
                    kind=type(step.operation).__name__,
                    output_shape=shapes[0] if len(shapes) == 1 else shapes,
                    params=count(weights),
                    trainable_params=count(w for w in weights if w.trainable),
                    macs=spent.macs if spent else None,
                    activation_bytes=sum(map(self.precision.bytes_of, step.outputs)),
                    receptive_field=fields.get(id(step.outputs[0])),
                    other=spent,
                )
            )
        rest = [weight for weight in self.model.weights if id(weight) not in seen]
        if rest:
            trained = count(w for w in rest if w.trainable)
            name, kind = f"{self.model.name} (its own weights)", type(self.model).__name__
            reports.append(LayerReport(name, kind, (), count(rest), trained, 0, 0, None, None))
        return tuple(reports)

    @cached_property
    def params(self):
        """Numbers that the model stores, as Keras counts: moving statistics included."""
        return count(self.model.weights)

    @cached_property
    def trainable_params(self):
        """Numbers that training changes."""
        return count(self.model.trainable_weights)

    @cached_property
    def other(self):
        """A `Cost`: all the arithmetic, MACs and what is listed apart from them."""
        return sum((layer.other for layer in self.layers if layer.other), Cost())

    @property
    def macs(self):
        """Multiply-adds for one batch."""
        return self.other.macs

    @property
    def flops(self):
        """Floating-point operations of the multiply-adds: two for each."""
        return 2 * self.macs

    @property
    def not_counted(self):
        """Names of layers whose arithmetic is not known; nothing is guessed for them."""
        return self._unknown(passed=False)

    @property
    def passed_through(self):
        """Names of unknown layers that keep the shape and hold no matrix: taken as free."""
        return self._unknown(passed=True)

    def _unknown(self, passed):
        return tuple(
            layer.name
            for layer, step in zip(self.layers, self.graph.steps, strict=False)
            if layer.other is None and passes_through(step) is passed
        )

    def receptive_field(self, layer=None, *, source=None, gates=True):
        """Return what the cells of a layer see of the input.

        Args:
            layer: the layer's name, as in `layers`. None takes the last layer whose cells still
                have places: the one before global pooling or flattening.
            source: the name of the input layer or tensor to look back to; None for the first.
            gates: False leaves out the paths on which everything has been pooled (squeeze and
                excitation) where they meet others. True is the truth: with them, every cell
                sees everything.

        Returns:
            A `LayerField`.

        Raises:
            ValueError: an unknown layer or source, an input without spatial axes, or a layer
                that does not depend on it.
        """
        inputs = {tensor.name: tensor for tensor in self.graph.inputs}
        first = next(iter(inputs))
        tensor = inputs[check_choice("source", first if source is None else source, inputs)]
        if len(tensor.shape) < 3:
            raise ValueError(
                f"`source` must have spatial axes. Received: {tensor.name!r} of {tensor.shape}"
            )
        fields = self._fields(gates, tensor)
        steps = {step.name: step for step in self.graph.steps if id(step.outputs[0]) in fields}
        if not steps:
            raise ValueError(f"`source` must lead to some layer. Received: {tensor.name!r}")
        if layer is None:
            axes = spatial_axes(data_format(self.graph), len(tensor.shape))
            placed = [
                step
                for step in steps.values()
                if len(step.outputs[0].shape) >= len(tensor.shape)
                and any(step.outputs[0].shape[axis] > 1 for axis in axes)
            ]
            chosen = (placed or [*steps.values()])[-1]
        elif layer in steps:
            chosen = steps[layer]
        else:
            raise ValueError(
                f"`layer` must be one of the names in `layers` that depend on the input. "
                f"Received: {layer!r}"
            )
        return fields[id(chosen.outputs[0])]

    def _fields(self, gates, source=None):
        source = self.graph.inputs[0] if source is None else source
        return receptive_fields(self.graph, source, gates) if len(source.shape) > 2 else {}

    @cached_property
    def inference(self):
        """`Memory` for predicting one batch."""
        return memory.inference(self.model, self.graph, self.precision)

    @property
    def inference_bytes(self):
        """Bytes for predicting one batch: weights, inputs and the peak of live tensors."""
        return self.inference.total

    def training(self, optimizer="adam", *, batch_size=None, dtype=None):
        """Return the memory for training, item by item.

        Args:
            optimizer: a name ("adam", "sgd", "momentum", "rmsprop" ...), a Keras optimizer, or
                None for loss and gradients alone.
            batch_size: pictures in a batch; None for that of the analysis.
            dtype: as for `analyze`; None for that of the analysis.

        Returns:
            A `cnnlib.analysis.memory.Memory`.

        Raises:
            ValueError: an unknown optimizer or dtype.
        """
        precision = self.precision if dtype is None else Precision.of(dtype)
        graph = self._graph(self.batch_size if batch_size is None else batch_size)
        return memory.training(self.model, graph, precision, optimizer)

    def training_bytes(self, optimizer="adam", *, batch_size=None, dtype=None):
        """Return the bytes for one training step; arguments as for `training`."""
        return self.training(optimizer, batch_size=batch_size, dtype=dtype).total

    def fits(self, device_bytes, optimizer="adam", *, training=True):
        """Tell whether a batch fits a device.

        Args:
            device_bytes: the device's memory, less what the framework takes for itself.
            optimizer: as for `training`.
            training: False asks about prediction.

        Returns:
            True or False.

        Raises:
            TypeError: `device_bytes` is not an integer.
            ValueError: it is negative, or the optimizer is unknown.
        """
        device_bytes = check_integer("device_bytes", device_bytes, least=0)
        return self._needs(self.batch_size, optimizer, training) <= device_bytes

    def largest_batch(self, device_bytes, optimizer="adam", *, training=True):
        """Return the largest batch that fits a device, 0 if not even one picture does.

        Args:
            device_bytes: as for `fits`.
            optimizer: as for `training`.
            training: False asks about prediction.

        Returns:
            The number of pictures.

        Raises:
            TypeError: `device_bytes` is not an integer.
            ValueError: it is negative, or the optimizer is unknown.
        """
        device_bytes = check_integer("device_bytes", device_bytes, least=0)
        fits, too_large = 0, 1
        while self._needs(too_large, optimizer, training) <= device_bytes:
            fits, too_large = too_large, 2 * too_large
        while too_large - fits > 1:
            middle = (fits + too_large) // 2
            if self._needs(middle, optimizer, training) <= device_bytes:
                fits = middle
            else:
                too_large = middle
        return fits

    def _needs(self, batch_size, optimizer, training):
        graph = self._graph(batch_size)
        if training:
            return memory.training(self.model, graph, self.precision, optimizer).total
        return memory.inference(self.model, graph, self.precision).total

    def _graph(self, batch_size):
        if batch_size == self.batch_size:
            return self.graph
        return walk(self.model, batch_size, self.input_shape)

    def to_frame(self):
        """Return the layers as a `pandas.DataFrame`, one row per call."""
        return report.frame(self)

    def totals(self):
        """Return the figures of the whole model as a dict of plain values, memory in bytes."""
        return report.totals(self)

    def compare(self, *others):
        """Return a table of this model and others.

        Args:
            *others: `Analysis` objects.

        Returns:
            A `pandas.DataFrame` with a row per model.

        Raises:
            TypeError: something else than an `Analysis`.
        """
        for other in others:
            if not isinstance(other, Analysis):
                raise TypeError(f"`others` must be analyses. Received: {type(other).__name__}")
        return report.comparison([self, *others])

    def __repr__(self):
        """Describe the model in one line; the same in every session."""
        return report.line(self)

    def __str__(self):
        """Return the table as text."""
        return report.text(self)

    def _repr_html_(self):
        return report.html(self)


def count(weights):
    """Return how many numbers weights hold together."""
    return sum(math.prod(weight.shape) for weight in weights)
