"""What every chapter has: a question, a length, exercises with hints and a solution, an end."""

import re

import pytest
from contents import CHAPTERS, EXERCISE, PAGES, markdown, source


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_opens_with_a_question(name):
    assert "?" in markdown(name).partition("\n## ")[0]


@pytest.mark.parametrize("name", CHAPTERS)
def test_reading_aloud_takes_ten_to_twenty_minutes(name):
    text = markdown(name).partition("\n## Exercises")[0]
    words = len(re.findall(r"[^\W\d_]{2,}", text))  # without numbers and formulas
    assert 1150 <= words <= 2600  # 115 to 130 a minute


@pytest.mark.parametrize("name", CHAPTERS)
def test_there_are_five_exercises_each_with_three_hints_and_a_solution(name):
    text = markdown(name)
    exercises = [found[2] for found in EXERCISE.finditer(text)]
    assert len(exercises) >= 5
    for exercise in exercises:
        label = re.search(r"^:label: (\S+)$", exercise, re.MULTILINE)[1]
        by_hand = len(re.findall(r"^`+\{dropdown\} Hint [123]$", exercise, re.MULTILINE))
        assert re.search(r"^`+\{hints\} ", exercise, re.MULTILINE) or by_hand == 3, label
        assert re.search(rf"^`+\{{solution-start\}} {label}$", text, re.MULTILINE), label


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_order_is_that_of_every_chapter(name):
    headings = re.findall(r"^## (.*)$", markdown(name), re.MULTILINE)
    assert headings[-3:] == ["Summary", "Exercises", "Further reading"]


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_front_page_has_a_card_for_each_chapter(name):
    assert f"\n:link: {name}\n:link-type: doc\n" in markdown("index")


def test_every_page_is_in_the_table_of_contents():
    book = source("index").parent
    written = {path.relative_to(book).with_suffix("") for path in book.rglob("*.ipynb")}
    assert {str(page) for page in written if ".ipynb_checkpoints" not in page.parts} <= set(PAGES)
