"""Every exercise has one name, and its solution is what stands in its chapter."""

import re
from collections import Counter

import pytest
from contents import CHAPTERS, EXERCISE, markdown
from IPython.core.interactiveshell import InteractiveShell

from cnnlib import labs
from cnnlib.labs import _chapters

SOLUTIONS = {name: text for page in CHAPTERS for name, text in _chapters.solutions(page).items()}


def posed(page):
    """Return the label of each exercise of a page, and the name under which it has hints."""
    for found in EXERCISE.finditer(markdown(page)):
        hints = re.search(r"^`+\{hints\} (\S+)$", found[2], re.MULTILINE)
        yield re.search(r"^:label: (\S+)$", found[2], re.MULTILINE)[1], hints and hints[1]


@pytest.fixture(autouse=True)
def fresh_session(monkeypatch):
    labs._tries.clear()
    monkeypatch.setattr(labs, "_warned", set())


def test_the_chapters_are_those_of_the_front_page_in_its_order():
    assert list(_chapters.pages().values()) == CHAPTERS
    assert _chapters.title("foundations/pooling") == "Pooling and invariance"


@pytest.mark.parametrize("page", CHAPTERS)
def test_an_exercise_goes_by_its_chapter_and_the_last_word_of_its_label(page):
    chapter, exercises = page.rpartition("/")[2], list(posed(page))
    names = [f"{chapter}.{label.rpartition('-')[2]}" for label, _ in exercises]
    assert [*_chapters.solutions(page)] == names
    assert max(Counter(names).values()) == 1
    for name, (_, checked) in zip(names, exercises, strict=True):
        assert checked in (name, None)
        assert (checked is None) == (name not in labs.exercises())


@pytest.mark.parametrize("name", SOLUTIONS)
def test_a_solution_is_plain_markdown_with_balanced_fences(name):
    text = SOLUTIONS[name]
    assert text
    assert not re.search(r"\{[\w:-]+\}`|^:::|^`{3,}\{|^\(\S+\)=|%pip", text, re.MULTILINE)
    fences = re.findall(r"^```.*$", text, re.MULTILINE)
    assert fences == ["```python", "```"] * (len(fences) // 2)


def test_text_and_code_stand_in_the_order_of_the_chapter():
    labs.solution("pooling.dropped")
    shown = labs.solution("pooling.dropped")
    assert repr(shown) == shown._repr_markdown_()
    assert repr(shown) == (
        "The stride is 3, so each window of nine values leaves one: eight ninths are dropped.\n\n"
        '```python\nlabs.check("pooling.dropped", 1 - 1 / 3**2)\n```'
    )


def test_citations_and_chapters_are_written_out():
    assert "inside LeNet-5 (LeCun et al., 1998)." in SOLUTIONS["padding_strides.chain"]
    assert "Simonyan and Zisserman (2015) found" in SOLUTIONS["feature_maps.normalized"]
    assert '"Memory and compute"' in SOLUTIONS["spot_the_error.memory"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (0, "Its three hints are"),
        (1, "Two of its three hints are"),
        (2, "One of its three hints is"),
    ],
)
def test_who_has_hints_left_is_told_so_once(wrong, says):
    for _ in range(wrong):
        labs.check("pooling.dropped", 1 / 9)
    assert says in repr(labs.solution("pooling.dropped"))
    assert repr(labs.solution("pooling.dropped")) == SOLUTIONS["pooling.dropped"]
    assert repr(labs.solution("pooling.dropped")) == SOLUTIONS["pooling.dropped"]


@pytest.mark.parametrize("answers", [[1 / 9, 1 / 9, 1 / 9], [8 / 9]])
def test_who_has_used_the_hints_or_is_right_sees_the_solution_at_once(answers):
    for answer in answers:
        labs.check("pooling.dropped", answer)
    assert repr(labs.solution("pooling.dropped")) == SOLUTIONS["pooling.dropped"]


def test_an_exercise_without_a_check_shows_its_solution_at_once():
    assert repr(labs.solution("comparison.honest")) == SOLUTIONS["comparison.honest"]
    assert repr(labs.solution("pooling.stride")) == SOLUTIONS["pooling.stride"]


def test_an_exercise_without_a_check_says_so_when_it_is_checked():
    with pytest.raises(ValueError, match=r"labs.solution\('pooling.stride'\)` shows a solution"):
        labs.check("pooling.stride", 1)


@pytest.mark.parametrize("ask", [labs.solution, lambda name: labs.check(name, 1)])
def test_a_misspelt_name_is_told_what_may_be_meant(ask):
    with pytest.raises(ValueError, match=r"did you mean 'pooling.sizes'\? .* 'pooling.size'$"):
        ask("pooling.size")
    with pytest.raises(ValueError, match=r"`exercise` must be .* Received: 'nowhere'$"):
        ask("nowhere")
    with pytest.raises(TypeError, match=r"`exercise` must be a string. Received: 3"):
        ask(3)


def test_a_notebook_shows_a_wrong_name_as_a_sentence_without_a_traceback(capsys):
    shell = InteractiveShell()
    shell.run_cell("from cnnlib import labs; labs.check('pooling.size', 1)")
    told = capsys.readouterr().out
    assert "did you mean 'pooling.sizes'?" in told
    assert "Traceback" not in told
    assert len(told.strip().splitlines()) == 1
