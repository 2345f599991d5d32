"""Operations, the buffers that they read and write, and how many bytes are live at once.

A `Tape` takes down what a model computes as operations on buffers, forward and then backward; a
buffer's life ends at its last reader. This is the arithmetic of an allocator that frees as soon
as it can and has no fragmentation.
"""

from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple


@dataclass(eq=False)
class Buffer:
    """Memory of one value.

    Attributes:
        bytes: its size.
        differentiable: whether a gradient must flow through it.
    """

    bytes: int
    differentiable: bool = False


class Operation(NamedTuple):
    """One call of one of the framework's functions.

    Attributes:
        name: the layer that it belongs to.
        reads: buffers that it needs.
        writes: the buffer that it makes, or None.
        in_place: whether it may write over a buffer that it is the last to read.
        view: whether its result is the first buffer that it reads, under another name.
        workspace: bytes that it holds while it runs.
    """

    name: str
    reads: tuple
    writes: Buffer | None
    in_place: bool = False
    view: bool = False
    workspace: int = 0


@dataclass(frozen=True)
class Gradient:
    """How the gradient with respect to one operand comes out of that of the result.

    Attributes:
        of: the operand: a `Buffer` of the forward pass, or the bytes of a weight.
        keeps: buffers of the forward pass that it needs.
        in_place: whether it may be written over the gradient of the result.
        view: whether it is the gradient of the result, under another name.
        workspace: bytes held meanwhile.
        through: sizes of intermediate results, each made from the one before, that lead to it.
        late: whether it waits, as those of the weights of convolutions and dense layers do: while
            one thread carries the gradient down the network, another follows a layer behind.
        copied: whether the weight is still being read for the operand's gradient when it is
            updated, so that TensorFlow updates a copy.
    """

    of: Buffer | int
    keeps: tuple = ()
    in_place: bool = False
    view: bool = False
    workspace: int = 0
    through: tuple = ()
    late: bool = False
    copied: bool = False


class Peak(NamedTuple):
    """The most bytes that are live at once.

    Attributes:
        bytes: live buffers and workspace.
        name: the layer that runs at that moment.
        workspace: how many of the bytes are that layer's workspace.
        gradients: how many of the bytes are finished gradients of weights.
    """

    bytes: int = 0
    name: str = ""
    workspace: int = 0
    gradients: int = 0


@dataclass(eq=False)
class Block:
    """Memory from the operation that takes it to the one after which it is free.

    Attributes:
        bytes: its size.
        first: the number of the operation that takes it.
        last: that of the last that needs it; None if it stays.
        sharers: the buffers that hold it now.
    """

    bytes: int
    first: int
    last: int | None = None
    sharers: set = field(default_factory=set)


@dataclass
class Tape:
    """Operations in the order in which they run.

    Attributes:
        operations: list of `Operation`.
        outputs: buffers that stay until the end.
        gradients: gradients of weights; they stay, too.
    """

    operations: list = field(default_factory=list)
    outputs: set = field(default_factory=set)
    gradients: set = field(default_factory=set)
    _records: list = field(default_factory=list)

    def run(
        self,
        name,
        reads,
        size,
        *,
        in_place=False,
        view=False,
        workspace=0,
        gradients=(),
    ):
        """Take down one operation of the forward pass.

        Args:
            name: the layer.
            reads: the buffers that it needs.
            size: bytes of the result.
            in_place: as in `Operation`.
            view: as in `Operation`.
            workspace: as in `Operation`.
            gradients: a function from the result's buffer to a tuple of `Gradient`, or a tuple.

        Returns:
            The result's `Buffer`.
        """
        result = Buffer(size)
        gradients = gradients(result) if callable(gradients) else gradients
        wanted = [g for g in gradients if not isinstance(g.of, Buffer) or g.of.differentiable]
        result.differentiable = bool(wanted)
        self.operations.append(Operation(name, tuple(reads), result, in_place, view, workspace))
        if wanted:
            self._records.append((name, result, wanted))
        return result

    def start(self, name, size):
        """Put an operation that waits for nothing at the front; return its result's `Buffer`."""
        result = Buffer(size)
        self.operations.insert(0, Operation(name, (), result))
        return result

    def differentiate(self, outputs, update=None):
        """Add the backward pass from the outputs to the weights.

        Args:
            outputs: buffers that the loss reads.
            update: the optimizer's buffers of a weight's size, `temporaries` beside the gradient
                when it updates that weight, which it does as soon as the gradient is there, and
                `early` from the start of the step; None keeps the gradients as results.
        """
        backward = _Backward(self, update)
        for output in outputs:
            if output.differentiable:
                backward.arrive(output, self.write("loss", (), output.bytes))
        for name, result, gradients in reversed(self._records):
            backward.through(name, result, gradients)
        backward.finish()

    def write(self, name, reads, size, **how):
        """Add an operation that makes a new buffer; return the buffer."""
        made = Buffer(size)
        self.operations.append(Operation(name, tuple(reads), made, **how))
        return made

    def lives(self):
        """Return the memory that the operations take, as a list of `Block`."""
        readers = Counter(buffer for each in self.operations for buffer in set(each.reads))
        live = _Live()
        for index, each in enumerate(self.operations):
            for buffer in set(each.reads):
                readers[buffer] -= 1
            live.write(index, each, [x for x in each.reads if not self._needed(x, readers)])
            for buffer in (*each.reads, each.writes):
                if not self._needed(buffer, readers):
                    live.free(index, buffer)
        return live.blocks

    def held(self):
        """Return the bytes of live buffers and workspace during each operation."""
        changes = [0] * (len(self.operations) + 1)
        for block in self.lives():
            changes[block.first] += block.bytes
            if block.last is not None:
                changes[block.last + 1] -= block.bytes
        live = accumulate(changes)
        return [each.workspace + held for each, held in zip(self.operations, live, strict=False)]

    def peak(self):
        """Return the `Peak` of running the operations one after another."""
        held = self.held()
        if not any(held):
            return Peak()
        at = held.index(max(held))
        finished = [x.writes.bytes for x in self.operations[: at + 1] if x.writes in self.gradients]
        worst = self.operations[at]
        return Peak(held[at], worst.name, worst.workspace, sum(finished))

    def _needed(self, buffer, readers):
        return readers[buffer] > 0 or buffer in self.outputs or buffer in self.gradients


class _Backward:
    """Carries gradients down a tape; those of weights, and their updates, follow behind."""

    def __init__(self, tape, update):
        self._tape, self._update = tape, update
        self._arrived, self._late, self._waiting = {}, [], None

    def arrive(self, buffer, gradient):
        """Note a gradient with respect to a buffer; several are added up."""
        self._arrived.setdefault(buffer, []).append(gradient)

    def through(self, name, result, gradients):
        """Carry what has arrived at a result on to its operands."""
        parts = self._arrived.pop(result, None)
        if parts is None:
            return
        upper = parts[0]
        if len(parts) > 1:
            upper = self._tape.write(name, parts, result.bytes, in_place=True)
        for gradient in gradients:
            if not gradient.late:
                self._apply(name, upper, gradient)
        late = [(name, upper, gradient) for gradient in gradients if gradient.late]
        if late:
            self._catch_up(late)

    def finish(self):
        """Run what still waits."""
        self._catch_up([])
        self._updated(None)

    def _catch_up(self, late):
        for each in self._late:
            self._apply(*each)
        self._late = late

    def _apply(self, name, upper, gradient):
        reads = (upper, *gradient.keeps)
        for size in gradient.through:
            reads = (self._tape.write(name, reads, size), *gradient.keeps)
        to_weight = not isinstance(gradient.of, Buffer)
        size = gradient.of if to_weight else gradient.of.bytes
        how = {"in_place": gradient.in_place, "view": gradient.view}
        made = self._tape.write(name, reads, size, workspace=gradient.workspace, **how)
        if not to_weight:
            self.arrive(gradient.of, made)
        elif self._update is None:
            self._tape.gradients.add(made)
        elif gradient.late:
            self._updated((name, made, gradient.copied))
        else:
            self._change(name, made, gradient.copied)

    def _updated(self, following):
        if self._waiting:
            self._change(*self._waiting)
        self._waiting = following

    def _change(self, name, gradient, copied):
        reads = (gradient,)
        if self._update.early:
            reads += (self._tape.start(name, self._update.early * gradient.bytes),)
        workspace = (self._update.temporaries + copied) * gradient.bytes
        self._tape.write(name, reads, 0, workspace=workspace)


class _Live:
    """Which buffers hold memory; those that share it hold it together."""

    def __init__(self):
        self.blocks = []
        self._memory = {}

    def write(self, index, operation, ends):
        """Give the result of an operation its memory: new, or that of a buffer it reads."""
        reads, result = operation.reads, operation.writes
        if operation.view:
            source = reads[0] if reads and reads[0] in self._memory else None
        else:
            source = operation.in_place and next(
                (buffer for buffer in ends if buffer.bytes == result.bytes and self._alone(buffer)),
                None,
            )
        if source:
            self._memory[result] = self._memory[source]
        else:
            self._memory[result] = Block(result.bytes, index)
            self.blocks.append(self._memory[result])
        self._memory[result].sharers.add(result)

    def free(self, index, buffer):
        """Drop a buffer; its memory goes when no other buffer shares it."""
        block = self._memory.pop(buffer, None)
        if block is not None:
            block.sharers.discard(buffer)
            if not block.sharers:
                block.last = index

    def _alone(self, buffer):
        return buffer in self._memory and len(self._memory[buffer].sharers) == 1
