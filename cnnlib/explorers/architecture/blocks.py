"""From the layers of a network to a tree of blocks that a reader opens one by one.

Layers are numbered in an order in which they can run. Layers whose names begin alike make a block
where the graph agrees: no path may leave the block and come back. Where names say nothing, the
graph alone decides: what lies between two layers that every path passes is a block, a convolution
keeps its normalization and activation, and repetitions are folded.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

CROWDED = 14
"""Boxes that a level may have before the graph is asked for further blocks."""
CLOSED = 24
"""Boxes that a network may have while its stages stand open at the start."""
_WHOLE = 0.8  # a prefix shared by more of the network than this says nothing


class Layer(NamedTuple):
    """What the grouping has to know about a layer.

    Attributes:
        name: its name.
        inputs: numbers of the layers that it reads.
        looks: anything equal for layers that compute alike.
        weighs: whether it spends multiply-adds.
        follows: whether it only changes the values of a single input, one by one.
    """

    name: str
    inputs: tuple
    looks: object
    weighs: bool = False
    follows: bool = False


@dataclass(eq=False)
class Block:
    """Layers that are drawn as one box until the reader opens it.

    Attributes:
        name: what it is called.
        children: numbers of layers, and blocks, in an order in which they can run.
    """

    name: str
    children: list = field(default_factory=list)

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


def tree(layers):
    """Group layers into blocks.

    Args:
        layers: list of `Layer`, each after those that it reads.

    Returns:
        A `Block` that stands for the whole network.
    """
    grouping = _Grouping(layers)
    root = grouping.by_name()
    grouping.tidy(root, CLOSED)
    grouping.name_apart(root)
    return root


def stages(root, layers):
    """Return the blocks that stand open at the start: those made of blocks, if all of them fit.

    Args:
        root: what `tree` returned.
        layers: the same layers.

    Returns:
        List of blocks.
    """
    found = [
        child
        for child in root.children
        if isinstance(child, Block)
        and sum(isinstance(c, Block) and not _is_unit(c, layers) for c in child.children) > 1
    ]
    shown = len(root.children) + sum(len(block.children) - 1 for block in found)
    return found if shown <= CLOSED else []


def _is_unit(block, layers):
    """Tell whether a block is at most one layer with weights and what goes with it."""
    return sum(layers[number].weighs for number in block.members()) < 2


class _Grouping:
    def __init__(self, layers):
        self.layers = layers

    def by_name(self):
        """Return the tree of the names' prefixes, as far as the graph agrees."""
        sets = defaultdict(list)
        for number, layer in enumerate(self.layers):
            for prefix in _prefixes(layer.name):
                sets[prefix].append(number)
        longest = {tuple(sets[prefix]): prefix for prefix in sorted(sets, key=len)}
        chosen = {
            numbers: prefix
            for numbers, prefix in longest.items()
            if self._is_block(prefix, numbers)
        }
        holder = dict.fromkeys(range(len(self.layers)))
        blocks, parents = [], []
        for numbers, prefix in sorted(chosen.items(), key=lambda one: len(one[1])):
            block = Block(prefix)
            blocks.append(block)
            parents.append(holder[numbers[0]])
            holder.update(dict.fromkeys(numbers, block))
        root = Block("")
        for block, parent in zip(blocks, parents, strict=True):
            (parent or root).children.append(block)
        for number, block in holder.items():
            (block or root).children.append(number)
        for block in (root, *root.blocks()):
            self._sort(block)
        return root

    def _is_block(self, prefix, numbers):
        if not 1 < len(numbers) <= _WHOLE * len(self.layers):
            return False
        rest = [self.layers[number].name[len(prefix) :] for number in numbers]
        if not prefix[-1].isdigit() and all(re.fullmatch(r"(_\d+)?", end) for end in rest):
            return False  # Keras's own numbering: conv2d, conv2d_1, conv2d_2
        return self._is_convex(numbers) and self._is_connected(numbers)

    def _is_convex(self, numbers):
        inside, left = set(numbers), set()
        for number in range(numbers[0], numbers[-1] + 1):
            inputs = self.layers[number].inputs
            if number in inside:
                if any(source in left for source in inputs):
                    return False
            elif any(source in inside or source in left for source in inputs):
                left.add(number)
        return True

    def _is_connected(self, numbers):
        group = {number: {number} for number in numbers}
        for number in numbers:
            for source in self.layers[number].inputs:
                if source in group and group[source] is not group[number]:
                    group[source] |= group[number]
                    group.update(dict.fromkeys(group[number], group[source]))
        return len(group[numbers[0]]) == len(numbers)

    def _edges(self, block):
        """Return, for each child of a block, the other children that it reads."""
        owner = {
            number: child
            for child in block.children
            for number in (child.members() if isinstance(child, Block) else (child,))
        }
        below = {child: [] for child in block.children}
        for number, child in owner.items():
            for source in self.layers[number].inputs:
                other = owner.get(source)
                if other is not None and other is not child and other not in below[child]:
                    below[child].append(other)
        return below

    def _sort(self, block):
        """Put the children of a block into an order in which they can run."""
        below = self._edges(block)
        first = {c: c.members()[0] if isinstance(c, Block) else c for c in block.children}
        waiting, ready = sorted(block.children, key=first.get), []
        done = set()
        while waiting:
            child = next(c for c in waiting if all(other in done for other in below[c]))
            waiting.remove(child)
            ready.append(child)
            done.add(child)
        block.children = ready

    def tidy(self, block, room=CROWDED):
        """Find the blocks that the names do not tell, in a block and in those inside it."""
        self._dissolve(block, room)
        for step in (self._regions, self._units, self._repeats):
            if len(block.children) > room:
                block.children = step(block)
        for child in block.children:
            if isinstance(child, Block):
                self.tidy(child)

    def _dissolve(self, block, room):
        """Let the smallest blocks go up into the one that holds them, if there is room for all."""
        children = []
        for child in block.children:
            small = isinstance(child, Block) and self._is_small(child)
            children += child.children if small else [child]
        if len(children) <= room:
            block.children = children
            self._sort(block)

    def _is_small(self, block):
        first, *rest = block.children
        if _is_unit(block, self.layers):
            return len(rest) < 2 and not (self._weighs(first) and self._follows(rest[0]))
        units = (not isinstance(c, Block) or _is_unit(c, self.layers) for c in block.children)
        return len(rest) < 2 and all(units)

    def _weighs(self, child):
        return isinstance(child, int) and self.layers[child].weighs

    def _cuts(self, block):
        """Return the children that every path passes, and the last one."""
        below, children = self._edges(block), block.children
        last_reader = {child: place for place, child in enumerate(children)}
        for place, child in enumerate(children):
            for other in below[child]:
                last_reader[other] = place
        inside = set(block.members())
        outside = [place for place, c in enumerate(children) if self._sources(c) - inside]
        cuts, open_until = [], max(outside, default=0)
        for place, child in enumerate(children):
            if open_until <= place:
                cuts.append(place)
            open_until = max(open_until, last_reader[child])
        if not cuts or cuts[-1] != len(children) - 1:
            cuts.append(len(children) - 1)
        return cuts

    def _sources(self, child):
        members = child.members() if isinstance(child, Block) else [child]
        return {source for number in members for source in self.layers[number].inputs}

    def _regions(self, block):
        """Make blocks of what branches and meets again."""
        result, before = [], -1
        for cut in self._cuts(block):
            region = block.children[before + 1 : cut + 1]
            if 3 <= len(region) < len(block.children) - 2:
                result.append(Block(self._name(region[-1]), region))
            else:
                result += region
            before = cut
        return result

    def _units(self, block):
        """Join layers with weights to the normalization and activation that follow them."""
        below, result = self._edges(block), []
        readers = defaultdict(list)
        for child, others in below.items():
            for other in others:
                readers[other].append(child)
        taken = set()
        for child in block.children:
            if child in taken:
                continue
            unit = [child]
            if self._weighs(child):
                while len(readers[unit[-1]]) == 1 and self._follows(readers[unit[-1]][0]):
                    unit.append(readers[unit[-1]][0])
            taken.update(unit)
            result.append(child if len(unit) == 1 else Block(self._name(child), unit))
        made = Block("", result)
        self._sort(made)
        return made.children

    def _follows(self, child):
        return isinstance(child, int) and self.layers[child].follows

    def _repeats(self, block):
        """Fold three or more equal children, or pairs or triples of children, in a row."""
        children, cuts = block.children, set(self._cuts(block))
        looks = [self._looks(child) for child in children]
        result, place = [], 0
        while place < len(children):
            period, times = max(
                ((p, _times(looks, cuts, place, p)) for p in (1, 2, 3)), key=lambda x: x[0] * x[1]
            )
            run = children[place : place + period * times]
            if times >= 3 and len(run) < len(children):
                name = f"{self._name(run[0])} … {self._name(run[-1])}"
                result.append(Block(name, run))
            else:
                run = run[:1]
                result += run
            place += len(run)
        return result

    def _looks(self, child):
        if isinstance(child, Block):
            return tuple(self._looks(one) for one in child.children)
        return self.layers[child].looks

    def _name(self, child):
        return child.name if isinstance(child, Block) else self.layers[child].name

    def name_apart(self, root):
        """Give blocks names that no layer and no other block has."""
        taken = {layer.name for layer in self.layers}
        for block in root.blocks():
            name, count = block.name, 1
            while block.name in taken:
                block.name = f"{name} block" if count == 1 else f"{name} block {count}"
                count += 1
            taken.add(block.name)


def _prefixes(name):
    """Return the beginnings of a name up to "_", "/" or a digit before a letter, and the name."""
    ends = [match.start() for match in re.finditer(r"[_/]|(?<=\d)(?=[A-Za-z])", name)]
    return [name[:end] for end in ends if end] + [name]


def _times(looks, cuts, place, period):
    """Count how often the `period` children from `place` on come one after another."""
    pattern, times = looks[place : place + period], 1
    while True:
        start = place + times * period
        if looks[start : start + period] != pattern or start - 1 not in cuts:
            return times
        times += 1
