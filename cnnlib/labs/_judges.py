"""What exercises are made of: judges that find what is wrong, hints, verdicts."""

import html
import numbers
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cnnlib.checks import Sentence
from cnnlib.tables import Table


@dataclass(frozen=True)
class Verdict:
    """What `cnnlib.labs.check` found; true where the answer is right.

    Attributes:
        right: whether it is.
        message: what is wrong, or a remark on the right answer.
        hint: what to try next; empty where the answer is right.
    """

    right: bool
    message: str = ""
    hint: str = ""

    def __bool__(self):
        return self.right

    @property
    def head(self):
        """The verdict in a word or two."""
        return "Right." if self.right else "Not yet."

    def __repr__(self):
        return "\n".join(filter(None, (f"{self.head} {self.message}".strip(), self.hint)))

    def _repr_html_(self):
        said, hint = (
            re.sub("`([^`]+)`", r"<code>\1</code>", html.escape(text))
            for text in (self.message, self.hint)
        )
        return f"<p><strong>{self.head}</strong> {said}</p>" + (f"<p>{hint}</p>" if hint else "")


@dataclass(frozen=True)
class Solution:
    """What `cnnlib.labs.solution` shows.

    Attributes:
        markdown: text and code.
    """

    markdown: str

    def __repr__(self):
        return self.markdown

    def _repr_markdown_(self):
        return self.markdown


class UnknownExercise(Sentence, ValueError):
    """A wrong name."""


POINTS = 4
"""What an exercise solved at the first try is worth; every wrong answer before costs one."""


@dataclass(frozen=True)
class Grade:
    """The points of a chapter's exercises.

    Attributes:
        tries: by exercise, whether each answer was right, in order.
    """

    tries: dict[str, tuple[bool, ...]]

    def points(self, name):
        """Return the points of one exercise: `POINTS` less its wrong answers, at least 1, or 0."""
        tries = self.tries[name]
        return max(1, POINTS - tries.index(True)) if True in tries else 0

    @property
    def total(self):
        """All points together."""
        return sum(map(self.points, self.tries))

    def __repr__(self):
        lines = [f"{name:20} {self.points(name)} of {POINTS}" for name in self.tries]
        return "\n".join([*lines, f"{'total':20} {self.total} of {POINTS * len(self.tries)}"])

    def _repr_html_(self):
        rows = [(name, f"{self.points(name)} of {POINTS}") for name in self.tries]
        rows.append(("total", f"{self.total} of {POINTS * len(self.tries)}"))
        head = ("exercise", "points")
        return Table(head, tuple(rows), frozenset({1}), "Points of the exercises")._repr_html_()


@dataclass(frozen=True)
class Number:
    """Judges a number.

    Args:
        expected: the right one.
        slips: usual wrong answers, each with what is wrong.
        tolerance: relative, up to which numbers count as equal.
    """

    expected: float
    slips: dict[float, str] = field(default_factory=dict)
    tolerance: float = 1e-6

    def __call__(self, answer):
        """Return what is wrong with `answer`, or None."""
        value = _plain(answer)
        if isinstance(value, bool) or not isinstance(value, numbers.Real):
            return f"The answer is one number. Received: {type(answer).__name__}"
        if self._equal(value, self.expected):
            return None
        for slip, text in self.slips.items():
            if self._equal(value, slip):
                return text
        return f"{value:,.6g} is too {'small' if value < self.expected else 'large'}."

    def _equal(self, value, other):
        return abs(value - other) <= self.tolerance * abs(other)


@dataclass(frozen=True)
class Array:
    """Judges an array, a tensor or a list of numbers.

    Args:
        expected: the right one.
        slips: pairs of a usual wrong array and what is wrong.
        tolerance: absolute, up to which elements count as equal.
    """

    expected: Any
    slips: tuple[tuple[Any, str], ...] = ()
    tolerance: float = 1e-5

    def __call__(self, answer):
        """Return what is wrong with `answer`, or None."""
        try:
            value = np.asarray(answer, dtype="float64")
        except (TypeError, ValueError):
            return f"The answer is an array of numbers. Received: {type(answer).__name__}"
        expected = np.asarray(self.expected, dtype="float64")
        if _close(value, expected, self.tolerance):
            return None
        for slip, text in self.slips:
            if _close(value, np.asarray(slip, dtype="float64"), self.tolerance):
                return text
        if value.shape != expected.shape:
            return f"The shape is {value.shape}, but should be {expected.shape}."
        if not np.isfinite(value).all():
            return "The array holds values that are not finite."
        off = ~np.isclose(value, expected, rtol=0, atol=self.tolerance)
        place = tuple(int(axis) for axis in np.argwhere(off)[0])
        return f"{off.sum()} of {off.size} elements are wrong; the first at {list(place)}."


@dataclass(frozen=True)
class Function:
    """Judges a function by what it returns.

    Args:
        reference: a function that is right.
        cases: tuples of arguments to try, easy ones first.
        slips: pairs of a usual wrong function and what is wrong.
        tolerance: absolute, up to which results count as equal.
    """

    reference: Callable
    cases: tuple[tuple, ...]
    slips: tuple[tuple[Callable, str], ...] = ()
    tolerance: float = 1e-5

    def __call__(self, answer):
        """Return what is wrong with `answer`, or None."""
        if not callable(answer):
            return f"The answer is a function, without parentheses. Received: {answer!r}"
        results = []
        for case in self.cases:
            try:
                results.append(answer(*case))
            except Exception as error:  # the reader's code may fail in any way
                return f"With {_named(case)} your function raises {type(error).__name__}: {error}"
        failed = self._first_difference(results, self.reference)
        if failed is None:
            return None
        for slip, text in self.slips:
            if self._first_difference(results, slip) is None:
                return text
        case, result = self.cases[failed], results[failed]
        expected = self.reference(*case)
        if isinstance(expected, tuple) and any(np.ndim(one) for one in expected):
            return f"With {_named(case)} your function returns wrong results."
        if np.size(expected) > 8:
            if np.shape(result) != np.shape(expected):
                return (
                    f"With {_named(case)} your function returns shape {np.shape(result)}; "
                    f"expected {np.shape(expected)}."
                )
            return f"With {_named(case)} your function returns wrong numbers."
        return f"With {_named(case)} your function returns {result!r}; expected {expected!r}."

    def _first_difference(self, results, function):
        for index, (case, result) in enumerate(zip(self.cases, results, strict=True)):
            if not _same(result, function(*case), self.tolerance):
                return index
        return None


@dataclass(frozen=True)
class Exercise:
    """An exercise whose answer can be checked.

    Attributes:
        judge: returns what is wrong with an answer, or None.
        hints: three, from a nudge to the last step but one.
        remark: what to say to a right answer.
    """

    judge: Callable[[Any], str | None]
    hints: tuple[str, str, str]
    remark: str = ""

    def __post_init__(self):
        if len(self.hints) != 3:
            raise ValueError(f"`hints` must be three. Received: {self.hints!r}")


def _plain(value):
    """Return a NumPy scalar, or an array or tensor of one element, as a Python number."""
    if hasattr(value, "numpy"):
        value = value.numpy()
    return value.item() if hasattr(value, "item") and np.size(value) == 1 else value


def _close(value, other, tolerance):
    return value.shape == other.shape and np.allclose(value, other, rtol=0, atol=tolerance)


def _same(value, other, tolerance):
    if value is None or other is None:
        return value is other
    if isinstance(value, tuple) and isinstance(other, tuple):
        pairs = zip(value, other, strict=False)
        return len(value) == len(other) and all(_same(a, b, tolerance) for a, b in pairs)
    try:
        return _close(np.asarray(value, "float64"), np.asarray(other, "float64"), tolerance)
    except (TypeError, ValueError):
        return isinstance(value, type(other)) and value == other


def _named(case):
    """Return arguments in words: arrays by their shapes."""
    words = [
        f"an array of shape {np.shape(one)}" if np.ndim(one) and np.size(one) > 8 else repr(one)
        for one in case
    ]
    return ", ".join(words)
