"""Checks, hints and solutions for the book's exercises, one module for each chapter, offline."""

import difflib
import importlib
import pkgutil
from collections import defaultdict

from cnnlib.checks import check_choice, check_string
from cnnlib.labs import _chapters, _progress
from cnnlib.labs._judges import Grade, Solution, UnknownExercise, Verdict

_tries = defaultdict(list)  # whether each answer of this session was right, by exercise
_warned = set()  # exercises whose solution was asked for, and not shown yet


def exercises():
    """Return what `check` can check.

    Returns:
        Sorted list of strings such as "pooling.size".
    """
    return _exercises(_checked_chapters())


def exercise(name):
    """Return an exercise by its name.

    Args:
        name: one of `exercises()`.

    Returns:
        A `cnnlib.labs._judges.Exercise`.

    Raises:
        TypeError: `name` is not a string.
        ValueError: there is no such exercise, or it has no check.
    """
    chapter, _, own = check_string("exercise", name).partition(".")
    if chapter in _checked_chapters() and own in _chapter(chapter):
        return _chapter(chapter)[own]
    if name in _solutions(chapter):
        raise UnknownExercise(
            "`exercise` must be one that has a check; what is right here is for you to judge, and "
            f"`labs.solution({name!r})` shows a solution. Received: {name!r}"
        )
    raise _unknown(name)


def check(name, answer):
    """Check an answer to an exercise.

    Each wrong answer of a session earns the next of the exercise's three hints; no answer at all
    (None, or the `...` of an empty cell) earns none. That an exercise is solved is kept for
    `progress`.

    Args:
        name: the exercise, as the chapter names it, such as "pooling.size".
        answer: your number, array or function, as the exercise asks.

    Returns:
        A `cnnlib.labs._judges.Verdict`: true if the answer is right; it says what is wrong.

    Raises:
        TypeError: `name` is not a string.
        ValueError: there is no such exercise, or it has no check.
    """
    asked = exercise(name)
    if answer is None or answer is ...:
        return Verdict(False, "There is nothing to check: put your answer in place of `...`.")
    try:
        wrong = asked.judge(answer)
    except (TypeError, ValueError) as error:
        wrong = f"An answer of this form cannot be checked: {error}"
    earlier = _tries[name].count(False)
    _tries[name].append(wrong is None)
    if wrong is None:
        _progress.record(name)
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
    check_choice("chapter", chapter, _checked_chapters())
    return Grade({name: tuple(_tries[f"{chapter}.{name}"]) for name in _chapter(chapter)})


def solution(name):
    """Show the solution of an exercise, from the chapter in which it stands.

    Whoever asks before the exercise is solved and its hints are used gets one line that says so,
    and the solution when they ask again: running all cells gives nothing away, and nobody has to
    give wrong answers to see it. An exercise without a check shows its solution at once.

    Args:
        name: the exercise, such as "pooling.size".

    Returns:
        A `cnnlib.labs._judges.Solution`: text and code.

    Raises:
        TypeError: `name` is not a string.
        ValueError: there is no such exercise.
    """
    chapter, _, own = check_string("exercise", name).partition(".")
    found = _solutions(chapter)
    if name not in found:
        raise _unknown(name)
    checked = chapter in _checked_chapters() and own in _chapter(chapter)
    unused = 3 - _tries[name].count(False)
    if checked and unused > 0 and name not in _solved() | _warned:
        _warned.add(name)
        left = ("One of its three hints is", "Two of its three hints are", "Its three hints are")
        return Solution(
            f"`{name}` is not solved yet. {left[unused - 1]} unused: a wrong answer to "
            "`labs.check` brings the next. Ask again to see the solution."
        )
    return Solution(found[name])


def progress():
    """Show which exercises are solved, in this session and before.

    Returns:
        A `cnnlib.labs._progress.Progress`; it says where this is kept.
    """
    solved, checked = _solved(), _checked_chapters()
    chapters = {
        _chapters.title(page): {own: f"{name}.{own}" in solved for own in _chapter(name)}
        for name, page in _chapters.pages().items()
        if name in checked
    }
    return _progress.Progress(chapters, _progress.folder())


def _solved():
    return _progress.solved() | {name for name, tries in _tries.items() if True in tries}


def _solutions(chapter):
    """Return a chapter's solutions by exercise; none for what is no chapter."""
    page = _chapters.pages().get(chapter)
    return _chapters.solutions(page) if page else {}


def _unknown(name):
    """Return the error for a name that no exercise has, with one that is near."""
    known = [one for page in _chapters.pages().values() for one in _chapters.solutions(page)]
    near = difflib.get_close_matches(name, known, 1)
    meant = f"did you mean {near[0]!r}? If" if near else "the chapters name them; if"
    return UnknownExercise(
        f"`exercise` must be one of the book's: {meant} the book was updated, restart the kernel. "
        f"Received: {name!r}"
    )


def _checked_chapters():
    names = {module.name for module in pkgutil.iter_modules(__path__)}
    return sorted(name for name in names if not name.startswith("_"))


def _exercises(chapters):
    return sorted(f"{chapter}.{name}" for chapter in chapters for name in _chapter(chapter))


def _chapter(name):
    return importlib.import_module(f"{__name__}.{name}").EXERCISES
