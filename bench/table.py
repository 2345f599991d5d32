"""One row per promise: what was measured, what was promised, and whether it holds."""

import math
import statistics
from dataclasses import dataclass
from typing import Literal

HEADINGS = ("what", "measured", "budget", "verdict", "how")


@dataclass(frozen=True)
class Row:
    """A measured figure beside its budget.

    Args:
        what: the quantity.
        value: the figure, in `unit`.
        unit: "s", "ms", "MB", "px", "x" (times) or "" for a count.
        how: the number of runs and what was taken of them.
        budget: the promise, in `unit`; None for a figure that is only reported.
        bound: which side of the budget is kept.
    """

    what: str
    value: float
    unit: str
    how: str
    budget: float | None = None
    bound: Literal["at most", "at least"] = "at most"

    @property
    def verdict(self):
        """The word for the table: "within", "over", "below", or nothing without a budget."""
        if self.budget is None:
            return ""
        if self.bound == "at most":
            return "within" if self.value <= self.budget else "over"
        return "within" if self.value >= self.budget else "below"

    def cells(self):
        """Return the row's texts, in the order of `HEADINGS`."""
        promise = "" if self.budget is None else f"{self.bound} {_number(self.budget, self.unit)}"
        return self.what, _number(self.value, self.unit), promise, self.verdict, self.how


def _number(value, unit):
    """Write a figure with three significant digits, but no whole digit dropped."""
    return f"{value:{'.0f' if abs(value) >= 100 else '.3g'}} {unit}".strip()


def percentile(values, share):
    """Return the smallest value that at least `share` of all values do not exceed (nearest rank).

    Args:
        values: numbers, in any order.
        share: from 0 (exclusive) to 1.

    Raises:
        ValueError: no values, or a share outside its range.
    """
    if not values:
        raise ValueError(f"`values` must not be empty. Received: {values!r}")
    if not 0 < share <= 1:
        raise ValueError(f"`share` must be above 0 and at most 1. Received: {share!r}")
    return sorted(values)[math.ceil(share * len(values)) - 1]


def median_row(what, values, unit, budget=None, runs="runs"):
    """Return a row for the median of `values`, with their range told beside it."""
    how = f"median of {len(values)} {runs}, {min(values):.3g} to {max(values):.3g}"
    return Row(what, statistics.median(values), unit, how, budget)


def tail_row(what, values, unit, budget=None, runs="runs"):
    """Return a row for the 95th percentile of `values`."""
    how = f"95th percentile of {len(values)} {runs}"
    return Row(what, percentile(values, 0.95), unit, how, budget)


def render(rows):
    """Return the table as lines of text, its columns aligned."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    rule = tuple("-" * width for width in widths)
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in (HEADINGS, rule, *lines[1:])
    )
