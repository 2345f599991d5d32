"""A Keras model taken apart: what its layers give for a picture, and gradients of that."""

from dataclasses import replace

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from cnnlib.analysis.graph import walk
from cnnlib.analysis.running import activation_of, run_steps
from cnnlib.checks import check_choice, check_integer

_RECTIFIERS = ("relu", "relu6")
_ALONE = (*_RECTIFIERS, "softmax", "sigmoid")  # operations that are activations themselves


class Network:
    """A model, step by step. The model itself stays as it is.

    Args:
        model: a built `keras.Model` with one input and one output.
        shape: of a picture, (height, width, channels).
        count: pictures that it is run on at once.

    Attributes:
        steps: `cnnlib.analysis.graph.Step`s by their names, in an order in which they can run.
        output: the name of the step that gives the output.
    """

    def __init__(self, model, shape, count=1):
        if keras.backend.backend() != "tensorflow":
            raise RuntimeError(
                "`cnnlib.seeing` takes gradients with TensorFlow: set KERAS_BACKEND=tensorflow "
                f"before Keras is imported. Received: {keras.backend.backend()}"
            )
        _check(model)
        self._graph = walk(model, count, shape)
        self.steps = {step.name: step for step in self._graph.steps}
        self._makers = {id(x): step for step in self.steps.values() for x in step.outputs}
        self.output = self._makers[id(self._graph.outputs[0])].name

    def at(self, target):
        """Return a target as the name of a layer and a channel of it.

        Args:
            target: a class number, or (layer, channel).
        """
        pair = isinstance(target, tuple | list) and len(target) == 2
        layer, channel = target if pair else (self.output, target)
        channels = self.steps[check_choice("target", layer, self.steps)].outputs[0].shape[-1]
        return layer, check_integer("target", channel, 0, channels - 1)

    def values(self, pictures, layer, activated=True):
        """Return what a layer gives, as an array.

        Args:
            pictures: float32 array [count, height, width, channels].
            layer: its name.
            activated: False for what it computes before its activation function.
        """
        return array(self._run(pictures, layer, activated)[id(self.steps[layer].outputs[0])])

    def all_values(self, picture):
        """Return what every layer gives for a picture, as arrays by the layers' names."""
        values = run_steps(self._graph, [picture[np.newaxis]])
        return {name: array(values[id(s.outputs[0])])[0] for name, s in self.steps.items()}

    def gradient(self, picture, layer, wish, *, activated=False, rule=None, of=None):
        """Return how what is wished for grows with the picture, or with a layer's maps.

        Args:
            picture: float32 array [height, width, channels].
            layer: the name of the layer that something is wished of.
            wish: function from what it gives, [1, ...], to a number; of several numbers the sum
                counts.
            activated: True for what it gives after its activation function.
            rule: how gradients pass rectifiers: "guided" or "deconvnet"; None: as they are.
            of: the name of a layer; None for the picture.

        Returns:
            The picture, or the layer's maps, and the gradient: arrays of one shape.
        """
        source = tf.convert_to_tensor(picture[np.newaxis])
        with tf.GradientTape() as tape:
            tape.watch(source)
            values = self._run(source, layer, activated, rule)
            wanted = wish(values[id(self.steps[layer].outputs[0])])
            source = values[id(self.steps[of].outputs[0])] if of else source
        slope = tape.gradient(wanted, source, unconnected_gradients="zero")
        return array(source)[0], array(slope)[0]

    def score_gradient(self, picture, target, rule=None, of=None):
        """Return `gradient` for the score of a target, that of a map's strongest cell."""
        layer, channel = self.at(target)

        def strongest(values):
            cells = np.asarray(values[0, ..., channel])
            return values[(0, *np.unravel_index(cells.argmax(), cells.shape), channel)]

        return self.gradient(picture, layer, strongest, rule=rule, of=of)

    def pooled(self):
        """Return the layer whose maps the output averages and sums, and the weights.

        Returns:
            The layer's name and an array [maps, classes]; None where the network does not end
            in global average pooling and one dense layer.
        """
        ends = []
        step = self.steps[self.output]
        while step and len(ends) < 2:
            if isinstance(step.operation, layers.Dense | layers.GlobalAveragePooling2D):
                ends.append(step)
            elif not _passes(step.operation):
                return None
            step = self._makers.get(id(step.inputs[0]))
        kinds = [type(one.operation) for one in ends]
        if kinds != [layers.Dense, layers.GlobalAveragePooling2D] or step is None:
            return None
        return step.name, array(ends[0].operation.kernel.value)

    def _run(self, pictures, layer, activated, rule=None):
        """Run the steps up to a layer; return the values by the `id` of the graph's tensors."""
        last = self.steps[layer]
        steps = self._graph.steps[: self._graph.steps.index(last) + 1]

        def call(step, args, kwargs):
            operation = step.operation
            if step is last and not activated:
                operation = _linear(operation)
            elif rule and _rectifies(operation):
                activation = getattr(operation, "activation", operation)
                operation = _with(operation, _RULES[rule](activation))
            return operation(*args, **kwargs)

        return run_steps(replace(self._graph, steps=steps), [pictures], call)


def array(value):
    """Return a tensor as a float32 array."""
    return keras.ops.convert_to_numpy(value).astype("float32")


@tf.custom_gradient
def _positive(values):
    return tf.identity(values), tf.nn.relu


def _guided(activation):
    """Return an activation that gradients pass where they and its slope are positive."""
    return lambda values: _positive(activation(values))


def _deconvolved(activation):
    """Return an activation that gradients pass where they are positive, whatever it was given."""
    return lambda values: _positive(values + tf.stop_gradient(activation(values) - values))


_RULES = {"guided": _guided, "deconvnet": _deconvolved}


def _check(model):
    if not isinstance(model, keras.Model):
        raise TypeError(f"`model` must be a keras.Model. Received: {model!r}")
    if not model.built:
        raise ValueError(
            f"`model` must be built: begin it with keras.Input(shape). Received: {model.name!r}"
        )
    ends = [len(getattr(model, name, None) or [None]) for name in ("inputs", "outputs")]
    if ends != [1, 1]:
        raise ValueError(
            f"`model` must have one input and one output. Received: {ends[0]} and {ends[1]}"
        )
    first = [
        layer.name
        for layer in model._flatten_layers()
        if getattr(layer, "data_format", None) == "channels_first"
    ]
    if first:
        raise ValueError(f"`model` must have its channels last. Received: {first[0]!r}")


def _passes(operation):
    """Tell whether an operation leaves the scores of classes in their order."""
    return isinstance(operation, layers.Dropout | layers.Flatten | layers.Activation) or (
        activation_of(operation) in _ALONE
    )


def _rectifies(operation):
    function = getattr(operation, "activation", operation)
    return activation_of(operation) in _RECTIFIERS and not getattr(function, "negative_slope", 0)


def _linear(operation):
    """Return an operation without its activation function."""
    alone = not hasattr(operation, "activation") and activation_of(operation) not in _ALONE
    return operation if alone else _with(operation, keras.activations.linear)


def _with(operation, activation):
    """Return an operation with another activation function, which shares its weights."""
    if not hasattr(operation, "activation"):
        return lambda values, **_: activation(values)
    # Keras copies layers by saving and loading them, weights and all.
    twin = object.__new__(type(operation))
    vars(twin).update(vars(operation), activation=activation)
    return twin
