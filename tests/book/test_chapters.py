"""What every chapter has: exercises with three hints and a solution, a summary, an explorer."""

import re

import nbformat
import pytest
from contents import ROOT

CHAPTERS = sorted((ROOT / "book").glob("foundations/*.ipynb")) + sorted(
    (ROOT / "book").glob("architectures/*.ipynb")
)
FOUNDATIONS = [path for path in CHAPTERS if path.parent.name == "foundations"]
EXERCISE = re.compile(r"^(`{3,})\{exercise\}(.*?)^\1$", re.MULTILINE | re.DOTALL)


def name(path):
    return path.stem


def markdown(path):
    cells = nbformat.read(path, as_version=4).cells
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


@pytest.mark.parametrize("path", CHAPTERS, ids=name)
def test_there_are_five_exercises_each_with_three_hints_and_a_solution(path):
    text = markdown(path)
    exercises = [found[2] for found in EXERCISE.finditer(text)]
    assert len(exercises) >= 5
    for exercise in exercises:
        label = re.search(r"^:label: (\S+)$", exercise, re.MULTILINE)[1]
        by_hand = len(re.findall(r"^`+\{dropdown\} Hint [123]$", exercise, re.MULTILINE))
        assert re.search(r"^`+\{hints\} ", exercise, re.MULTILINE) or by_hand == 3, label
        assert re.search(rf"^`+\{{solution-start\}} {label}$", text, re.MULTILINE), label


@pytest.mark.parametrize("path", CHAPTERS, ids=name)
def test_the_order_is_that_of_every_chapter(path):
    headings = re.findall(r"^## (.*)$", markdown(path), re.MULTILINE)
    assert headings[-3:] == ["Summary", "Exercises", "Further reading"]


@pytest.mark.parametrize("path", FOUNDATIONS, ids=name)
def test_a_chapter_opens_with_a_question(path):
    assert "?" in markdown(path).partition("\n## ")[0]


@pytest.mark.parametrize("path", FOUNDATIONS, ids=name)
def test_reading_aloud_takes_ten_to_twenty_minutes(path):
    text = markdown(path).partition("\n## Exercises")[0]
    words = len(re.findall(r"[^\W\d_]{2,}", text))  # without numbers and formulas
    assert 1150 <= words <= 2600  # 115 to 130 a minute
