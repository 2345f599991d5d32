"""From the layers of a network to a tree of blocks.

Layers are numbered in an order in which they can run. Layers whose names begin alike make a block
where the graph agrees: no path may leave the block and come back. Where names say nothing, the
graph alone decides: what lies between two layers that every path passes is a block, and so is what
runs into one wide join. A convolution keeps its normalization and activation, and blocks that
repeat one another are folded.
"""

import re
from collections import Counter, defaultdict

from cnnlib.explorers.architecture.blocks import Block, is_unit

CROWDED = 14
"""Boxes that a level may have before the graph is asked for further blocks."""
CLOSED = 24
"""Boxes that a network may have while all its blocks are closed."""
_WHOLE = 0.8  # a prefix shared by more of the network than this says nothing
_FOLDED = 3  # alike in a row, to be folded
_PROJECTION = 4  # layers that the first of a fold may have more: those of a projected shortcut
_MANY = 3  # times as many boxes as a level may have, for which cells are made
_WIDE = 4  # inputs of a join that ends a cell


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
        if len(block.children) > room:
            block.children = self._regions(block)
        if len(block.children) > _MANY * room:
            block.children = self._cells(block)
        if not is_unit(block, self.layers):
            block.children = self._units(block)
        for child in block.children:
            if isinstance(child, Block):
                self.tidy(child)
        for period, loosely in ((1, False), (1, True), (2, True), (3, True)):
            if not block.fold and (not loosely or len(block.children) > room):
                block.children = self._folded(block, period, loosely)
                self._take_in(block)

    def _dissolve(self, block, room):
        """Let the smallest blocks go up into the one that holds them, if there is room for all."""
        before = block.children
        children, branches = [], self._branches(block)
        for child in block.children:
            small = isinstance(child, Block) and (
                self._is_small(child) or (branches and self._is_branch(child))
            )
            children += child.children if small else [child]
        if len(children) <= room and children != before:
            block.children = children
            self._sort(block)
            self._dissolve(block, room)

    def _is_small(self, block):
        first, *rest = block.children
        if is_unit(block, self.layers):
            return len(rest) < 2 and not (self._weighs(first) and self._follows(rest[0]))
        units = (not isinstance(c, Block) or is_unit(c, self.layers) for c in block.children)
        return len(rest) < 2 and all(units)

    def _branches(self, block):
        """Tell whether some child reads several others."""
        return any(len(others) > 1 for others in self._edges(block).values())

    def _is_branch(self, block):
        """Tell whether a block holds several units and nothing in it joins."""
        return not (
            is_unit(block, self.layers) or any(self._joins(number) for number in block.members())
        )

    def _weighs(self, child):
        return isinstance(child, int) and self.layers[child].weighs

    def _joins(self, child):
        return len(self.layers[child].inputs) > 1

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

    def _cells(self, block):
        """Make blocks of what runs into one wide join, where no layer is on every path."""
        below, target = self._edges(block), {}
        for child in reversed(block.children):
            readers = {target[other] for other, read in below.items() if child in read}
            wide = isinstance(child, int) and len(self.layers[child].inputs) >= _WIDE
            target[child] = child if wide else readers.pop() if len(readers) == 1 else None
        cells = defaultdict(list)
        for child in block.children:
            cells[target[child]].append(child)
        cells.pop(None, None)
        made = {end: Block(self._name(end), cell) for end, cell in cells.items()}
        made = {end: cell for end, cell in made.items() if self._is_convex(cell.members())}
        if len(made) < 2:
            return block.children
        kept = [child for child in block.children if target[child] not in made]
        held = Block("", [*kept, *made.values()])
        self._sort(held)
        return held.children

    def _units(self, block):
        """Join layers that weigh or join to the normalization and activation that follow them."""
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
            if isinstance(child, int) and (self._weighs(child) or self._joins(child)):
                while len(readers[unit[-1]]) == 1 and self._follows(readers[unit[-1]][0]):
                    unit.append(readers[unit[-1]][0])
            taken.update(unit)
            result.append(child if len(unit) == 1 else Block(self._name(child), unit))
        made = Block("", result)
        self._sort(made)
        return made.children

    def _follows(self, child):
        return isinstance(child, int) and self.layers[child].follows

    def _folded(self, block, period, loosely):
        """Fold three or more children, or groups of `period` children, that repeat one another."""
        children, cuts = block.children, set(self._cuts(block))
        looks = [self._looks(child, loosely) for child in children]
        result, place = [], 0
        while place < len(children):
            times = _times(looks, cuts, place, period)
            run = [
                self._group(children[start : start + period])
                for start in range(place, place + period * times, period)
            ]
            if times >= _FOLDED and (loosely or self._is_large(run[-1])):
                name = f"{self._name(run[0])} … {self._name(run[-1])}"
                result.append(Block(name, run, fold=True))
                place += period * times
            else:
                result.append(children[place])
                place += 1
        return result

    def _take_in(self, block):
        """Make a block whose only child is a fold the fold itself."""
        if [isinstance(child, Block) and child.fold for child in block.children] == [True]:
            block.fold, block.children = True, block.children[0].children

    def _group(self, run):
        if len(run) == 1:
            return run[0]
        return Block(f"{self._name(run[0])} … {self._name(run[-1])}", run)

    def _is_large(self, child):
        return isinstance(child, Block) and not child.fold and not is_unit(child, self.layers)

    def _looks(self, child, loosely):
        """Return how often each kind of layer stands in a child."""
        members = child.members() if isinstance(child, Block) else [child]
        layers = [self.layers[number] for number in members]
        return Counter((one.looks, 0 if loosely else one.width) for one in layers)

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
    ends = [match.start() for match in re.finditer(r"[_/]|(?<=\d)(?!x\d)(?=[A-Za-z])", name)]
    return [name[:end] for end in ends if end] + [name]


def _times(looks, cuts, place, period):
    """Count how often the `period` children from `place` on come one after another."""
    pattern, times = looks[place + period : place + 2 * period], 1
    if len(pattern) < period or not all(map(_is_like, looks[place : place + period], pattern)):
        return 1
    while True:
        start = place + times * period
        if looks[start : start + period] != pattern or start - 1 not in cuts:
            return times
        times += 1


def _is_like(first, other):
    """Tell whether one has what the other has, and a projected shortcut at most."""
    return other <= first and first.total() <= other.total() + _PROJECTION
