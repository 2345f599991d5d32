"""Every exercise's check accepts the right answer, refuses plausible wrong ones and says why."""

import importlib
import json
import re
from collections import defaultdict

import numpy as np
import pytest
from contents import ROOT

from cnnlib import labs
from cnnlib.labs._judges import Array, Exercise, Function, Number, Verdict

HINTS = ("one", "two", "three")
CHAPTERS = sorted({name.partition(".")[0] for name in labs.exercises()})


@pytest.fixture(autouse=True)
def fresh_session(monkeypatch):
    monkeypatch.setattr(labs, "_tries", defaultdict(list))


def answers(name):
    chapter, _, own = name.partition(".")
    return importlib.import_module(f"answers.{chapter}").ANSWERS[own]


@pytest.mark.parametrize("name", labs.exercises())
def test_the_right_answer_is_accepted(name):
    verdict = labs.check(name, answers(name).right)
    assert verdict, verdict
    assert repr(verdict).startswith("Right.")


@pytest.mark.parametrize("name", labs.exercises())
def test_plausible_wrong_answers_are_refused_with_three_escalating_hints(name):
    hints = labs.exercise(name).hints
    assert len(set(hints)) == 3
    wrong = answers(name).wrong
    assert wrong
    for index in range(max(3, len(wrong))):
        verdict = labs.check(name, wrong[index % len(wrong)])
        assert not verdict
        assert verdict.message
        assert verdict.hint == f"Hint {min(index, 2) + 1}: {hints[min(index, 2)]}"


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_answers_are_those_of_the_labs_exercises(chapter):
    known = {name.partition(".")[2] for name in labs.exercises() if name.startswith(f"{chapter}.")}
    assert set(importlib.import_module(f"answers.{chapter}").ANSWERS) == known


@pytest.mark.parametrize("name", labs.exercises())
def test_the_chapter_poses_the_exercise_hints_at_it_and_checks_its_own_solution(name):
    chapter = name.partition(".")[0]
    (path,) = (ROOT / "book").glob(f"*/{chapter}.ipynb")
    cells = json.loads(path.read_text("utf8"))["cells"]
    prose = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    assert re.search(rf"^`+\{{hints\}} {re.escape(name)}$", prose, re.MULTILINE)
    call = re.compile(rf'labs\.check\(\s*"{re.escape(name)}"')
    solved = [c for c in cells if call.search("".join(c["source"]))]
    solutions = [c for c in solved if "solution" in c["metadata"].get("tags", [])]
    assert solutions, "no solution cell checks itself"
    for cell in solutions:
        told = json.dumps(cell["outputs"])
        assert "Right." in told
        assert "Not yet." not in told


def test_hints_escalate_and_stay_with_the_last():
    name = labs.exercises()[0]
    hints = [labs.check(name, "none").hint for _ in range(5)]
    assert [hint.partition(":")[0] for hint in hints] == [f"Hint {n}" for n in (1, 2, 3, 3, 3)]


@pytest.mark.parametrize("empty", [None, ...])
@pytest.mark.parametrize("name", labs.exercises())
def test_no_answer_costs_neither_a_hint_nor_a_point(name, empty):
    verdict = labs.check(name, empty)
    assert not verdict
    assert repr(verdict) == (
        "Not yet. There is nothing to check: put your answer in place of `...`."
    )
    known = answers(name)
    assert labs.check(name, known.wrong[0]).hint.startswith("Hint 1:")
    assert labs.check(name, known.right)
    chapter, _, own = name.partition(".")
    assert labs.grade(chapter).points(own) == 3


def test_grades_count_wrong_answers_before_the_first_right_one():
    none, first, third, late = "keep", "chain", "alexnet", "depth"
    for name, wrong in ((first, 0), (third, 2), (late, 9)):
        known = answers(f"padding_strides.{name}")
        for answer in [known.wrong[0]] * wrong + [known.right, known.wrong[0]]:
            labs.check(f"padding_strides.{name}", answer)
    labs.check(f"padding_strides.{none}", "none")
    grade = labs.grade("padding_strides")
    assert [grade.points(name) for name in (none, first, third, late)] == [0, 4, 2, 1]
    assert grade.total == 7
    assert "chain                4 of 4" in repr(grade)
    most = 4 * sum(name.startswith("padding_strides.") for name in labs.exercises())
    assert repr(grade).endswith(f"total                7 of {most}")


def test_only_chapters_with_exercises_are_graded():
    with pytest.raises(ValueError, match=r"`chapter` must be one of .* Received: 'nowhere'"):
        labs.grade("nowhere")


def test_a_right_answer_may_bring_a_remark(monkeypatch):
    asked = Exercise(Number(4), HINTS, remark="Four.")
    monkeypatch.setattr(labs, "exercise", lambda name: asked)
    assert repr(labs.check("some.thing", 4)) == "Right. Four."


@pytest.mark.parametrize("answer", ["seven", [[1, 2], [3]], {}])
@pytest.mark.parametrize("name", labs.exercises())
def test_answers_of_any_form_get_a_verdict(name, answer):
    assert not labs.check(name, answer)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (0.75, None),
        (np.float32(0.75), None),
        (np.array([0.75]), None),
        (0.25, "the kept share"),
        (0.7, "0.7 is too small."),
        (3, "3 is too large."),
        ("0.75", "The answer is one number. Received: str"),
        (True, "The answer is one number. Received: bool"),
        (None, "The answer is one number. Received: NoneType"),
        ([1, 2], "The answer is one number. Received: list"),
    ],
)
def test_numbers(answer, says):
    assert Number(0.75, {0.25: "the kept share"})(answer) == says


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ([[1, 2], [3, 4]], None),
        (np.float32([[1, 2], [3, 4]]), None),
        ([[1, 3], [2, 4]], "transposed"),
        ([1, 2, 3, 4], "The shape is (4,), but should be (2, 2)."),
        ([[1, 2], [3, 5]], "1 of 4 elements are wrong; the first at [1, 1]."),
        ([[1, 2], [3, np.nan]], "The array holds values that are not finite."),
        ("abc", "The answer is an array of numbers. Received: str"),
    ],
)
def test_arrays(answer, says):
    assert Array([[1, 2], [3, 4]], (([[1, 3], [2, 4]], "transposed"),))(answer) == says


def half(n):
    return n // 2


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (half, None),
        (lambda n: (n + 1) // 2, "rounds up"),
        (lambda n: n, "With 4 your function returns 4; expected 2."),
        (lambda: 0, "your function raises TypeError"),
        (lambda n: n // 0, "With 4 your function raises ZeroDivisionError"),
        (lambda n: "two", "With 4 your function returns 'two'; expected 2."),
        (2, "The answer is a function, without parentheses. Received: 2"),
    ],
)
def test_functions(answer, says):
    found = Function(half, ((4,), (5,)), ((lambda n: -(-n // 2), "rounds up"),))(answer)
    assert found == says if says is None else says in found


def test_functions_may_return_none_and_arrays():
    judge = Function(lambda n: np.ones(9) if n else None, ((0,), (1,)))
    assert judge(lambda n: np.ones(9) if n else None) is None
    assert "returns 0.0; expected None" in judge(lambda n: 0.0)
    assert "returns shape (8,); expected (9,)" in judge(lambda n: np.ones(8) if n else None)
    assert "returns wrong numbers" in judge(lambda n: np.zeros(9) if n else None)


def test_functions_may_return_several_arrays():
    judge = Function(lambda n: (np.ones(n), np.zeros((n, 2))), ((2,), (3,)))
    assert judge(lambda n: (np.ones(n), np.zeros((n, 2)))) is None
    assert "returns wrong results" in judge(lambda n: (np.ones(n), np.ones((n, 2))))
    assert "returns wrong results" in judge(lambda n: np.ones(n))


def test_verdicts_are_html_in_a_notebook():
    shown = Verdict(False, "`a < b`", "Hint 1: *look*")._repr_html_()
    assert shown == "<p><strong>Not yet.</strong> <code>a &lt; b</code></p><p>Hint 1: *look*</p>"


def test_an_exercise_has_three_hints():
    with pytest.raises(ValueError, match=r"`hints` must be three. Received: "):
        Exercise(Number(1), ("one",))
