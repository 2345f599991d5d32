"""Receptive fields through any graph: intervals of input cells, exact for every output cell.

Along one axis a cell of a layer depends on an interval of input cells. In a stack of convolutions
the interval moves by the same stride from cell to cell (Araujo, Norris & Sim, "Computing Receptive
Fields of Convolutional Neural Networks", Distill 2019, doi:10.23915/distill.00021). After
upsampling or a transposed convolution it does so only every few cells, so an `Intervals` holds
one interval for each cell of such a period.
"""

import math
from dataclasses import dataclass, replace
from fractions import Fraction


@dataclass(frozen=True)
class Link:
    """Which cells of a layer's input one of its output cells depends on, along one axis.

    Output cell u depends on every `dilation`-th cell from floor((scale * u + first) / divisor)
    to floor((scale * u + last) / divisor).

    Attributes:
        scale: input cells per `divisor` output cells: a convolution's stride.
        first: offset of the first cell.
        last: offset of the last cell.
        divisor: output cells per `scale` input cells: a transposed convolution's stride.
        dilation: input cells from one that counts to the next.
    """

    scale: int = 1
    first: int = 0
    last: int = 0
    divisor: int = 1
    dilation: int = 1

    def cells(self, u):
        """Return the input cells that output cell `u` depends on, as a `range`."""
        place = self.scale * u
        first, last = (place + self.first) // self.divisor, (place + self.last) // self.divisor
        return range(first, last + 1, self.dilation)

    def period(self, below):
        """Return after how many output cells the input cells are `below` times a whole further."""
        return self.divisor * below // math.gcd(self.scale, self.divisor * below)


SAME_CELL = Link()


@dataclass(frozen=True)
class Intervals:
    """The input cells that each cell of a layer sees along one axis.

    Cell u = q * period + r sees `firsts[r] + q * advance` to `lasts[r] + q * advance`, where
    period = len(firsts). An interval whose last cell lies before its first is empty.

    Attributes:
        advance: input cells from one period to the next.
        firsts: first input cell, for each cell of the first period.
        lasts: last input cell.
        aligned: whether all paths from the input have the same centres and strides.
    """

    advance: int = 1
    firsts: tuple = (0,)
    lasts: tuple = (0,)
    aligned: bool = True

    def __call__(self, u):
        """Return the first and the last input cell that cell `u` sees."""
        turns, rest = divmod(u, len(self.firsts))
        return self.firsts[rest] + turns * self.advance, self.lasts[rest] + turns * self.advance

    @property
    def stride(self):
        """Input cells per cell of the layer: an int, or a `Fraction` where cells share some."""
        stride = Fraction(self.advance, len(self.firsts))
        return stride.numerator if stride.denominator == 1 else stride

    @property
    def size(self):
        """The most input cells that any cell sees."""
        return max(last - first + 1 for first, last in zip(self.firsts, self.lasts, strict=True))

    def over(self, link):
        """Return the intervals of a layer above, given how it depends on this one."""
        if link is SAME_CELL:
            return self
        period = link.period(len(self.firsts))
        cells = [self._seen_from(link.cells(u)) for u in range(period)]
        advance = (link.scale * period // link.divisor) // len(self.firsts) * self.advance
        return Intervals(advance, *zip(*cells, strict=True), self.aligned)._shortest()

    def joined(self, other):
        """Return the intervals where two branches meet: from the first cell to the last of both.

        Where the strides of the branches differ, the larger field stands for both.
        """
        if self.stride != other.stride:
            return replace(max(self, other, key=lambda branch: branch.size), aligned=False)
        period = math.lcm(len(self.firsts), len(other.firsts))
        pairs = [(self(u), other(u)) for u in range(period)]
        cells = [_hull(pair) for pair in pairs]
        centred = all(sum(a) == sum(b) for a, b in pairs if not (_is_empty(a) or _is_empty(b)))
        advance = period // len(self.firsts) * self.advance
        aligned = self.aligned and other.aligned and centred
        return Intervals(advance, *zip(*cells, strict=True), aligned)._shortest()

    def _seen_from(self, cells):
        # A transposed convolution whose kernel is smaller than its stride leaves cells out.
        if not cells:
            place, _ = self(cells.start)
            return place, place - 1
        return _hull([self(u) for u in cells])

    def _shortest(self):
        """Return the same intervals with the shortest period."""
        period = len(self.firsts)
        for part in range(1, period):
            step, odd = divmod(self.advance * part, period)
            if period % part or odd:
                continue
            if all(
                after - before == step
                for cells in (self.firsts, self.lasts)
                for before, after in zip(cells, cells[part:], strict=False)
            ):
                return Intervals(step, self.firsts[:part], self.lasts[:part], self.aligned)
        return self


def _hull(intervals):
    """Return the first and the last cell of several intervals, some of which may be empty."""
    seen = [cells for cells in intervals if not _is_empty(cells)] or intervals[:1]
    return min(first for first, _ in seen), max(last for _, last in seen)


def _is_empty(cells):
    return cells[1] < cells[0]
