"""Checks and hints for the book's exercises, one module for each chapter; they work offline."""

import importlib
import pkgutil

from cnnlib.labs.exercise import Verdict

_TOOLS = {"exercise"}  # modules of this package that are no chapter's
_tries = {}  # wrong answers so far, by exercise


def exercises():
    """Return what `check` can check.

    Returns:
        Sorted list of strings such as "pooling.size".
    """
    chapters = {module.name for module in pkgutil.iter_modules(__path__)} - _TOOLS
    return sorted(f"{chapter}.{name}" for chapter in chapters for name in _chapter(chapter))


def exercise(name):
    """Return an exercise by its name.

    Args:
        name: one of `exercises()`.

    Returns:
        A `cnnlib.labs.exercise.Exercise`.

    Raises:
        TypeError: `name` is not a string.
        ValueError: there is no such exercise.
    """
    if not isinstance(name, str):
        raise TypeError(f"`exercise` must be a string. Received: {name!r}")
    chapter, _, own = name.partition(".")
    known = exercises()
    if name not in known:
        near = [one for one in known if one.startswith(f"{chapter}.")] or known
        raise ValueError(f"`exercise` must be one of {', '.join(near)}. Received: {name!r}")
    return _chapter(chapter)[own]


def check(name, answer):
    """Check an answer to an exercise.

    Each wrong answer of a session earns the next of the exercise's three hints.

    Args:
        name: the exercise, as the chapter names it, such as "pooling.size".
        answer: your number, array or function, as the exercise asks.

    Returns:
        A `cnnlib.labs.exercise.Verdict`: true if the answer is right; it says what is wrong.

    Raises:
        TypeError: `name` is not a string.
        ValueError: there is no such exercise.
    """
    asked = exercise(name)
    wrong = asked.judge(answer)
    if wrong is None:
        _tries.pop(name, None)
        return Verdict(True, asked.remark)
    number = min(_tries.get(name, 0), len(asked.hints) - 1)
    _tries[name] = _tries.get(name, 0) + 1
    return Verdict(False, wrong, f"Hint {number + 1}: {asked.hints[number]}")


def _chapter(name):
    return importlib.import_module(f"{__name__}.{name}").EXERCISES
