"""What goes through a network in one step of its training, measured under any back end of Keras.

Nothing that the model or its optimizer hold is changed.
"""

from contextlib import contextmanager
from typing import NamedTuple

import keras
import numpy as np
from keras import layers, ops

from cnnlib.analysis.graph import walk
from cnnlib.analysis.running import activation_of, run_steps

STEPS = 10
"""Steps over which an optimizer's moves are averaged."""

SQUASHING = {"sigmoid": (0.01, 0.99), "tanh": (-0.99, 0.99)}
"""Activations that saturate, and where."""

_FEWEST = 16  # pictures among which a unit that is always 0 is called dead


class Passed(NamedTuple):
    """What one call of a layer made of a batch.

    Attributes:
        step: the `cnnlib.analysis.graph.Step`.
        size: root mean square of its output.
        received: root mean square of its first input.
        dead: share of its units that are 0 for every picture; None if they cannot die.
        saturated: share of its outputs at the ends of its activation's range; None without ends,
            and for a gate, which may well stay open or closed.
        strange: how far what a frozen batch normalization receives lies from its own statistics,
            in standard deviations (root mean square); None for other layers.
        narrowed: how many times more what a trained batch normalization receives varies than what
            it remembers (median of the channels); None for other layers.
    """

    step: object
    size: float
    received: float
    dead: float | None
    saturated: float | None
    strange: float | None
    narrowed: float | None


def rms(values):
    """Return the root mean square."""
    values = np.asarray(values, np.float64)
    with np.errstate(over="ignore", invalid="ignore"):
        return float(np.sqrt(np.mean(np.square(values))))


def array(value):
    """Return a tensor as an array that NumPy reckons with."""
    value = ops.convert_to_numpy(value)
    return value.astype("float32") if value.dtype.kind not in "iub" else value


@contextmanager
def unchanged(model):
    """Put the model's variables back when the work is done."""
    kept = [(variable, ops.convert_to_numpy(variable)) for variable in model.variables]
    try:
        yield
    finally:
        for variable, value in kept:
            variable.assign(value)


def run(model, x):
    """Run a model layer by layer as a training does.

    Args:
        model: a `keras.Model` with one input and one output.
        x: array [count, ...] that suits it.

    Returns:
        List of `Passed`, and the output as an array.
    """
    graph = walk(model, len(x), tuple(x.shape[1:]))
    passed = []
    with unchanged(model):
        output = _Followed(graph, passed)(x.astype(graph.inputs[0].dtype), training=True)
    return passed, array(output)


class _Followed(keras.Layer):
    def __init__(self, graph, passed):
        super().__init__()
        self.graph, self.look = graph, lambda *seen: passed.append(_passed(*seen))
        norms = [one.operation for one in graph.steps if _is_norm(one.operation)]
        self.remembered = {id(norm): array(norm.moving_variance) for norm in norms}

    def call(self, x, training=None):
        values = run_steps(self.graph, [x])
        for step in self.graph.steps:
            gate = _is_gate(step, self.graph)
            ends = values[id(step.inputs[0])], values[id(step.outputs[0])]
            self.look(step, *ends, gate, self.remembered.get(id(step.operation)))
        return values[id(self.graph.outputs[0])]


def _is_gate(step, graph):
    """Whether a layer's output is a sigmoid's and does nothing but weigh other maps."""
    (output,) = step.outputs[:1]
    readers = [one for one in graph.steps if any(each is output for each in one.inputs)]
    weighs = [type(one.operation).__name__ in ("Multiply", "HighwayGate") for one in readers]
    return activation_of(step.operation) == "sigmoid" and bool(weighs) and all(weighs)


def _is_norm(operation):
    return isinstance(operation, layers.BatchNormalization)


def _passed(step, received, output, gate, remembered):
    received, output = array(received), array(output)
    name = activation_of(step.operation)
    dead = saturated = None
    if name in ("relu", "relu6") and len(output) >= _FEWEST:
        dead = float(np.mean(~output.any(axis=tuple(range(output.ndim - 1)))))
    if name in SQUASHING and not gate:
        low, high = SQUASHING[name]
        saturated = float(np.mean((output < low) | (output > high)))
    return Passed(
        *(step, rms(output), rms(received), dead, saturated),
        *(_strange(step, received), _narrowed(step, received, remembered)),
    )


def _narrowed(step, received, remembered):
    if remembered is None or np.all(remembered == 1):  # no batch normalization, or an untrained one
        return None
    axes = tuple(
        axis for axis in range(received.ndim) if axis != step.operation.axis % received.ndim
    )
    return float(np.median(received.var(axis=axes) / np.maximum(remembered, 1e-30)))


def _strange(step, received):
    norm = step.operation
    if not _is_norm(norm) or norm.trainable:
        return None
    shape = [1] * received.ndim
    shape[norm.axis] = -1
    mean, variance = (array(v).reshape(shape) for v in (norm.moving_mean, norm.moving_variance))
    return rms((received - mean) / np.sqrt(variance + norm.epsilon))


def gradients(model, x, y):
    """Return the gradient of the model's loss for each of its trainable weights, as arrays."""
    recorder = _Recorder(1.0)
    whole = _Whole(model)
    whole.compile(recorder, model.loss, run_eagerly=True, auto_scale_loss=False)
    with unchanged(model):
        whole.train_on_batch(x, y)
    return [array(gradient) for gradient in recorder.gradients]


def losses(model, x, y, steps, times=1):
    """Return the loss before each of some steps that the model's optimizer would make anew.

    Args:
        model: the compiled model.
        x: its inputs.
        y: what it should answer.
        steps: how many.
        times: what its learning rate is multiplied by.
    """
    whole = _Whole(model)
    whole.compile(_anew(model.optimizer, times), model.loss, run_eagerly=True)
    with unchanged(model):
        return [float(whole.train_on_batch(x, y)) for _ in range(steps)]


def moves(model, gradients):
    """Return by what share of their size the optimizer would move the weights in a step.

    Args:
        model: the compiled model.
        gradients: of its trainable weights, which are taken for those of every step.

    Returns:
        A number per trainable weight; NaN for weights that are all 0.
    """
    optimizer = _anew(model.optimizer)
    before = [array(weight) for weight in model.trainable_variables]
    copies = [keras.Variable(weight, name=f"copy{n}") for n, weight in enumerate(before)]
    slopes = [ops.convert_to_tensor(gradient) for gradient in gradients]
    for _ in range(STEPS):
        optimizer.apply(slopes, copies)
    with np.errstate(divide="ignore", invalid="ignore"):
        return [
            np.divide(rms(array(copy) - weight), STEPS * rms(weight))
            for copy, weight in zip(copies, before, strict=True)
        ]


def _anew(optimizer, times=1):
    """Return an optimizer like this that remembers nothing, at a multiple of its first rate."""
    inner = getattr(optimizer, "inner_optimizer", optimizer)  # without the scale of mixed precision
    config = inner.get_config()
    anew = type(inner).from_config(config)
    if times == 1:
        return anew
    return type(inner).from_config(config | {"learning_rate": times * float(anew.learning_rate)})


class _Whole(keras.Model):
    """A model inside another, which can be compiled without touching it."""

    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def call(self, x, training=None):
        return self.inner(x, training=training)


class _Recorder(keras.optimizers.Optimizer):
    """Notes the gradients and leaves the weights alone: the one way that every back end has."""

    def build(self, variables):
        if not self.built:
            super().build(variables)
            self.gradients = self.add_optimizer_variables(variables, "gradient")

    def update_step(self, gradient, variable, learning_rate):
        noted = self.gradients[self._get_variable_index(variable)]
        self.assign(noted, ops.cast(ops.convert_to_tensor(gradient), noted.dtype))
