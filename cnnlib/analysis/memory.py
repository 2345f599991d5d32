"""How much memory a model takes to predict and to train.

What is modelled: the weights; the batch of inputs, which the caller holds; every intermediate
result of TensorFlow's kernels on a CPU from the operation that makes it to the last that reads
it, in the better of two orders (branches as soon as they can run, or just in time); element-wise
operations that write over an operand nobody needs any more; in training what the backward pass
reads (a ReLU's result, a convolution's input, both sides of a max pooling, batch normalization's
input ...), the gradients, the optimizer's slots and the buffers of its update, and the unrolled
windows that convolution gradients borrow. An optimizer uses each weight's gradient as soon as it
is there; with none, all gradients stay.

What is not: the framework itself, the allocator's fragmentation, the workspaces of a GPU's
libraries, and whatever runs through XLA: TensorFlow compiles grouped convolutions on a CPU, and
how much they borrow could not be predicted. Kernels not known are taken for one that keeps its
inputs. Chapter "Memory and compute".
"""

from typing import NamedTuple

import keras

from cnnlib.analysis.modeltape import ModelTape
from cnnlib.analysis.records import record


class Update(NamedTuple):
    """What an optimizer needs, in values per trained weight.

    Attributes:
        slots: kept from step to step.
        temporaries: held beside the gradient while a weight is updated.
        early: computed before the gradient is there, at the start of the step, and held for all
            weights until they are updated: a momentum times its decay, for example.
    """

    slots: int
    temporaries: int
    early: int = 0


OPTIMIZERS = {
    "adadelta": Update(2, 2, early=2),
    "adagrad": Update(1, 1),
    "adam": Update(2, 1),
    "adamax": Update(2, 1, early=1),
    "adamw": Update(2, 1, early=1),
    "lion": Update(1, 1, early=2),
    "momentum": Update(1, 1, early=1),
    "nadam": Update(2, 2),
    "rmsprop": Update(1, 1, early=1),
    "sgd": Update(0, 0),
}


class Memory(NamedTuple):
    """Bytes that are held at the worst moment.

    Attributes:
        weights: all weights, trained or not.
        slots: what the optimizer keeps.
        inputs: the batch.
        gradients: gradients of weights that are finished at that moment.
        activations: other intermediate results.
        workspace: what the running operation borrows.
        layer: the layer that runs at that moment.
    """

    weights: int
    slots: int
    inputs: int
    gradients: int
    activations: int
    workspace: int
    layer: str

    @property
    def total(self):
        """All of it together."""
        return sum(self[:-1])


def inference(model, graph, precision):
    """Return the `Memory` of one prediction.

    Args:
        model: the `keras.Model`.
        graph: its `Graph` at the batch size in question.
        precision: a `Precision`.
    """
    return _memory(model, graph, precision, slots=0, training=False)


def training(model, graph, precision, optimizer):
    """Return the `Memory` of one training step.

    Args:
        model: the `keras.Model`.
        graph: its `Graph` at the batch size in question.
        precision: a `Precision`.
        optimizer: a name in `OPTIMIZERS`, a `keras.optimizers.Optimizer`, or None for loss and
            gradients alone.

    Raises:
        ValueError: an unknown optimizer.
    """
    update = None if optimizer is None else _update(optimizer)
    trained = sum(map(precision.bytes_of_weight, model.trainable_weights))
    slots = trained * update.slots if update else 0
    return _memory(model, graph, precision, slots, training=True, update=update)


def _memory(model, graph, precision, slots, **how):
    orders = (graph, graph.eager())
    peaks = (ModelTape(precision, **how).follow(each, record).peak() for each in orders)
    peak = min(peaks, key=lambda each: each.bytes)
    return Memory(
        weights=sum(map(precision.bytes_of_weight, model.weights)),
        slots=slots,
        inputs=sum(map(precision.bytes_of, graph.inputs)),
        gradients=peak.gradients,
        activations=peak.bytes - peak.gradients - peak.workspace,
        workspace=peak.workspace,
        layer=peak.name,
    )


def _update(optimizer):
    if isinstance(optimizer, keras.optimizers.SGD):
        return OPTIMIZERS["momentum" if optimizer.momentum else "sgd"]
    known = isinstance(optimizer, (str, keras.optimizers.Optimizer))
    name = optimizer if isinstance(optimizer, str) else type(optimizer).__name__
    if not known or name.lower() not in OPTIMIZERS:
        raise ValueError(
            f"`optimizer` must be None, a Keras optimizer or one of {', '.join(OPTIMIZERS)}. "
            f"Received: {optimizer!r}"
        )
    return OPTIMIZERS[name.lower()]
