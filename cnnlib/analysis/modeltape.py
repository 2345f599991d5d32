"""The tape of a whole model, and the elementary operations that its layers are made of."""

from collections import Counter

import keras

from cnnlib.analysis import kinds
from cnnlib.analysis.tape import Buffer, Gradient, Tape

SAVED = {
    **dict.fromkeys(("relu", "relu6", "elu", "selu", "sigmoid", "tanh", "exponential"), "result"),
    **dict.fromkeys(("softplus", "softsign", "leaky_relu", "leakyrelu"), "operand"),
    **dict.fromkeys(("linear", "identity"), None),
}
"""Activations that are one operation -> which of its values the backward pass reads."""


class ModelTape:
    """Takes a graph down on a `Tape`, layer by layer.

    Args:
        precision: bytes per value.
        training: whether a backward pass follows.
        update: as for `Tape.differentiate`.
    """

    def __init__(self, precision, training, update=None):
        self.tape = Tape()
        self.precision = precision
        self.training = training
        self._update = update
        self._buffers = {}

    def follow(self, graph, record):
        """Take down the forward pass of a graph, and the backward pass if training.

        Args:
            graph: a `Graph`.
            record: the rules, as `cnnlib.analysis.record`.

        Returns:
            The `Tape`.
        """
        for tensor in graph.inputs:
            self._buffers[id(tensor)] = Buffer(self.size(tensor))
        self.steps(graph.steps, record)
        outputs = [self._buffers[id(tensor)] for tensor in graph.outputs]
        self.tape.outputs.update(outputs)
        if self.training:
            self.tape.differentiate(outputs, self._update)
        return self.tape

    def steps(self, steps, record):
        """Take down steps, one after another."""
        readers = Counter(id(tensor) for step in steps for tensor in step.inputs)
        known = {}
        for step in steps:
            # TensorFlow computes once what two layers would compute alike.
            shared = any(readers[id(tensor)] > 1 for tensor in step.inputs)
            key = self._key(step) if shared else None
            made = known.get(key) or record(step.operation, step, self)
            if key:
                known[key] = made
            self._buffers.update(zip(map(id, step.outputs), made, strict=True))

    def _key(self, step):
        """Return what determines the result of a step, or None where weights or chance do."""
        layer = step.operation
        if not isinstance(layer, keras.Layer) or layer.weights or isinstance(layer, kinds.NOISE):
            return None
        config = {key: value for key, value in layer.get_config().items() if key != "name"}
        return type(layer), repr(config), tuple(map(id, self.reads(step)))

    def size(self, tensor):
        """Return the bytes of a tensor."""
        return self.precision.bytes_of(tensor)

    def reads(self, step):
        """Return the buffers of a step's inputs."""
        return [self._buffers[id(tensor)] for tensor in step.inputs]

    def bind(self, tensor, buffer):
        """Say which buffer holds a tensor."""
        self._buffers[id(tensor)] = buffer

    def buffer(self, tensor):
        """Return the buffer that holds a tensor."""
        return self._buffers[id(tensor)]

    def run(self, step, reads, size, **how):
        """Take down one operation; see `Tape.run`."""
        return self.tape.run(step.name, reads, size, **how)

    def view(self, step, x):
        """Give a buffer another shape."""
        return self.run(step, [x], x.bytes, view=True, gradients=[Gradient(x, view=True)])

    def weight(self, step, weight):
        """Read a weight in the activations' precision.

        Returns:
            The buffer to read (None where the stored one serves) and the gradients' function: from
            keywords of `Gradient` to a list, which is empty for a weight that is not trained.
        """
        stored = self.precision.bytes_of_weight(weight)
        size = self.precision.bytes_of(weight)
        cast = self.tape.start(step.name, size) if self.precision.mixed else None
        through = (size,) if self.precision.mixed else ()

        def gradients(**how):
            chain = (*how.pop("through", ()), *through)
            return [Gradient(stored, through=chain, **how)] if weight.trainable else []

        return cast, gradients

    def float32(self, step, x):
        """Widen 16-bit values, as normalization does to be safe from overflow."""
        item = self.precision.activation
        return x if item >= 4 else self._cast(step, x, x.bytes * 4 // item)

    def narrow(self, step, x):
        """Take what `float32` widened back to the activations' precision."""
        item = self.precision.activation
        return x if item >= 4 else self._cast(step, x, x.bytes * item // 4)

    def _cast(self, step, x, size):
        return self.run(step, [x], size, gradients=[Gradient(x)])

    def bias(self, step, x, weight):
        """Add a bias to every value of a channel."""
        _, gradients = self.weight(step, weight)
        return self.run(
            step, [x], x.bytes, in_place=True, gradients=[Gradient(x, view=True), *gradients()]
        )

    def add(self, step, parts):
        """Add buffers of one size, pair by pair; smaller ones are broadcast."""
        total = parts[0]
        for part in parts[1:]:
            size = max(total.bytes, part.bytes)
            gradients = [Gradient(x, view=x.bytes == size) for x in (total, part)]
            total = self.run(step, [total, part], size, in_place=True, gradients=gradients)
        return total

    def multiply(self, step, a, b):
        """Multiply two buffers; the smaller is broadcast."""
        size = max(a.bytes, b.bytes)
        gradients = [
            Gradient(x, (y,), in_place=True, through=() if x.bytes == size else (size,))
            for x, y in ((a, b), (b, a))
        ]
        return self.run(step, [a, b], size, in_place=True, gradients=gradients)

    def scale(self, step, x):
        """Multiply by a constant, or do something else whose gradient needs no value."""
        return self.run(step, [x], x.bytes, in_place=True, gradients=[Gradient(x, in_place=True)])

    def unary(self, step, x, saved):
        """Apply a function to each value.

        Args:
            step: the step.
            x: the operand.
            saved: "operand" or "result", whichever the gradient reads, or None.
        """

        def gradients(result):
            keeps = {"operand": (x,), "result": (result,), None: ()}[saved]
            return [Gradient(x, keeps, in_place=True)]

        return self.run(step, [x], x.bytes, in_place=True, gradients=gradients)

    def reduce(self, step, x, size):
        """Sum or average to `size` bytes; the gradient is spread over the operand's size."""
        return self.run(step, [x], size, gradients=[Gradient(x)])

    def activation(self, step, name, x):
        """Apply an activation by its Keras name; an unknown one keeps operand and result."""
        if name in SAVED:
            return x if SAVED[name] is None else self.unary(step, x, SAVED[name])
        if name in ("silu", "swish"):  # recomputed in the backward pass from the operand
            gradient = [Gradient(x, (x,), through=(x.bytes,), workspace=x.bytes)]
            return self.run(step, [x], x.bytes, gradients=gradient)
        if name == "gelu":
            inner = self.unary(step, self.scale(step, x), "operand")
            return self.multiply(step, self.scale(step, x), self.scale(step, inner))
        if name in ("hard_silu", "hard_swish"):
            gate = self.scale(step, self.unary(step, self.scale(step, x), "result"))
            return self.multiply(step, x, gate)
        if name == "softmax":

            def gradients(result):
                return [Gradient(x, (result,), in_place=True, through=(x.bytes,))]

            return self.run(step, [x], x.bytes, in_place=True, gradients=gradients)
        return self.run(step, [x], x.bytes, gradients=lambda result: [Gradient(x, (x, result))])
