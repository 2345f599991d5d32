"""Checks and hints for the book's exercises, one module for each chapter; they work offline."""

import importlib
import pkgutil
from collections import defaultdict

from cnnlib.checks import check_choice, check_string
from cnnlib.labs._judges import Grade, Verdict

_tries = defaultdict(list)  # whether each answer of this session was right, by exercise


def exercises():
    """Return what `check` can check.

    Returns:
        Sorted list of strings such as "pooling.size".
    """
    return _exercises(_chapters())


def exercise(name):
    """Return an exercise by its name.

    Args:
        name: one of `exercises()`.

    Returns:
        A `cnnlib.labs._judges.Exercise`.

    Raises:
        TypeError: `name` is not a string.
        ValueError: there is no such exercise.
    """
    chapter, _, own = check_string("exercise", name).partition(".")
    near = [chapter] if chapter in _chapters() else _chapters()
    check_choice("exercise", name, _exercises(near))
    return _chapter(chapter)[own]


def check(name, answer):
    """Check an answer to an exercise.

    Each wrong answer of a session earns the next of the exercise's three hints.

    Args:
        name: the exercise, as the chapter names it, such as "pooling.size".
        answer: your number, array or function, as the exercise asks.

    Returns:
        A `cnnlib.labs._judges.Verdict`: true if the answer is right; it says what is wrong.

    Raises:
        TypeError: `name` is not a string.
        ValueError: there is no such exercise.
    """
    asked = exercise(name)
    try:
        wrong = asked.judge(answer)
    except (TypeError, ValueError) as error:
        wrong = f"An answer of this form cannot be checked: {error}"
    earlier = _tries[name].count(False)
    _tries[name].append(wrong is None)
    if wrong is None:
        return Verdict(True, asked.remark)
    number = min(earlier, len(asked.hints) - 1)
    return Verdict(False, wrong, f"Hint {number + 1}: {asked.hints[number]}")


def grade(chapter):
    """Count the points earned in this session with `check`.

    Args:
        chapter: the name that comes before the full stop in `exercises()`.

    Returns:
        A `cnnlib.labs._judges.Grade`.

    Raises:
        ValueError: no exercise belongs to that chapter.
    """
    check_choice("chapter", chapter, _chapters())
    return Grade({name: tuple(_tries[f"{chapter}.{name}"]) for name in _chapter(chapter)})


def _chapters():
    names = {module.name for module in pkgutil.iter_modules(__path__)}
    return sorted(name for name in names if not name.startswith("_"))


def _exercises(chapters):
    return sorted(f"{chapter}.{name}" for chapter in chapters for name in _chapter(chapter))


def _chapter(name):
    return importlib.import_module(f"{__name__}.{name}").EXERCISES
