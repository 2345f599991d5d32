"""Blocks of layers that a reader opens one by one, and those that stand open at the start."""

from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

SHOWN = 128
"""Boxes that a network may have at the start, when its blocks stand open."""


class Layer(NamedTuple):
    """What the grouping has to know about a layer.

    Attributes:
        name: its name.
        inputs: numbers of the layers that it reads.
        looks: anything equal for layers that compute alike, whatever their width.
        width: the number of maps that it computes anew.
        weighs: whether it spends multiply-adds.
        follows: whether it only changes the values of a single input, one by one.
    """

    name: str
    inputs: tuple
    looks: object
    width: int = 0
    weighs: bool = False
    follows: bool = False


@dataclass(eq=False)
class Block:
    """Layers that are drawn as one box until the reader opens it.

    Attributes:
        name: what it is called.
        children: numbers of layers, and blocks, in an order in which they can run.
        fold: whether the children repeat one another, so that one stands for all.
    """

    name: str
    children: list = field(default_factory=list)
    fold: bool = False

    def shown(self):
        """Return the children that are drawn at first; the first of a fold may differ a little."""
        return self.children[1:2] if self.fold else self.children

    def members(self):
        """Return the numbers of all layers inside, in their order."""
        return sorted(
            number
            for child in self.children
            for number in (child.members() if isinstance(child, Block) else (child,))
        )

    def blocks(self):
        """Yield the blocks inside, each after the one that holds it."""
        for child in self.children:
            if isinstance(child, Block):
                yield child
                yield from child.blocks()


def opening(root, layers):
    """Return the blocks that stand open at the start: level by level while the boxes are not many.

    Args:
        root: what `tree` returned.
        layers: the same layers.

    Returns:
        List of blocks.
    """
    opened, boxes = [], _boxes(root)
    while True:
        closed = [one for one in boxes if isinstance(one, Block) and not is_unit(one, layers)]
        inside = [_boxes(block) for block in closed]
        if not closed or len(boxes) - len(closed) + sum(map(len, inside)) > SHOWN:
            return opened
        opened += closed
        boxes = [one for one in boxes if one not in closed] + list(chain.from_iterable(inside))


def _boxes(block):
    """Return what is drawn of a block when it opens, with folds as the one that stands for all."""
    return [
        box
        for child in block.shown()
        for box in (_boxes(child) if isinstance(child, Block) and child.fold else [child])
    ]


def is_unit(block, layers):
    """Tell whether a block is at most one layer with weights and what goes with it."""
    return sum(layers[number].weighs for number in block.members()) < 2
