"""`make chapter`: what it writes keeps the rules for chapters, and it replaces nothing."""

import re
import runpy
import shutil
import sys

import contents
import nbformat
import promises
import pytest
import yaml
from book_build import ROOT  # puts the book's extension on the path

# isort: split
from _ext import claims

sys.path.insert(0, str(ROOT / "book" / "_tools"))
import new_chapter
from normalize import normalized

LISTS = ("_toc.yml", "book/claims.yml", "book/index.ipynb")


@pytest.fixture
def tree(tmp_path):
    """A folder with the files in which chapters are listed."""
    for name in LISTS:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def text(path):
    cells = nbformat.read(path, as_version=4).cells
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def parts(tree):
    toc = yaml.safe_load((tree / "_toc.yml").read_text("utf8"))
    return {part["caption"]: part for part in toc["parts"]}


def test_the_notebook_has_the_form_of_a_chapter(tree):
    new_chapter.write(tree, "foundations/light_cones")
    path = tree / "book/foundations/light_cones.ipynb"
    markdown = text(path)
    assert markdown.startswith("# Light cones\n")
    assert "?" in markdown.partition("\n## ")[0]
    headings = re.findall(r"^## (.*)$", markdown, re.MULTILINE)
    assert headings[-3:] == ["Summary", "Exercises", "Further reading"]
    assert normalized(nbformat.read(path, as_version=4), None) == path.read_text("utf8")


def test_its_step_exercise_and_claim_fit_one_another(tree):
    new_chapter.write(tree, "foundations/light_cones")
    markdown = text(tree / "book/foundations/light_cones.ipynb")
    [(place, words)] = promises.steps(markdown).items()
    assert place == (1, 1)
    test = (tree / "tests/browser/test_promises_light_cones.py").read_text("utf8")
    assert f'@first.step(1, "{promises.fingerprint(words)}")' in test
    [claim] = [
        claim
        for claim in claims.ledger(tree / "book/claims.yml")
        if claim.chapter == "foundations/light_cones"
    ]
    assert claim.shown
    assert claim.says in words
    exercises = runpy.run_path(str(tree / "cnnlib/labs/light_cones.py"))["EXERCISES"]
    answers = runpy.run_path(str(tree / "tests/support/answers/light_cones.py"))["ANSWERS"]
    assert set(exercises) == set(answers)
    for name, exercise in exercises.items():
        assert exercise.judge(answers[name].right) is None
        assert all(exercise.judge(wrong) for wrong in answers[name].wrong)
        assert f"{{hints}} light_cones.{name}\n" in markdown


def test_it_is_listed_at_the_end_of_its_part_and_on_the_front_page(tree):
    before = parts(tree)["Foundations"]["chapters"]
    new_chapter.write(tree, "foundations/light_cones")
    assert parts(tree)["Foundations"]["chapters"] == [
        *before,
        {"file": "foundations/light_cones"},
    ]
    links = re.findall(r"^:link: (\S+)$", text(tree / "book/index.ipynb"), re.MULTILINE)
    assert links[links.index(before[-1]["file"]) + 1] == "foundations/light_cones"


def test_a_part_that_is_new_comes_behind_those_of_chapters(tree):
    new_chapter.write(tree, "next_steps/light_cones")
    captions = list(parts(tree))
    at = captions.index("Next steps")
    assert captions[at + 1] == contents.NO_CHAPTERS[0]
    assert parts(tree)["Next steps"]["chapters"] == [{"file": "next_steps/light_cones"}]
    assert ":link: next_steps/light_cones\n" in text(tree / "book/index.ipynb")


def test_nothing_is_replaced(tree):
    new_chapter.write(tree, "foundations/light_cones")
    left = {name: (tree / name).read_bytes() for name in LISTS}
    with pytest.raises(FileExistsError, match=r"cnnlib/labs/light_cones.py"):
        new_chapter.write(tree, "architectures/light_cones")
    assert {name: (tree / name).read_bytes() for name in LISTS} == left
    assert not (tree / "book/architectures").exists()


@pytest.mark.parametrize("name", ["pooling", "Foundations/cones", "a/b/c", "../cones", "a/b c", ""])
def test_names_are_checked(tree, name):
    with pytest.raises(ValueError, match=r"`NAME` must be part/name.* Received: "):
        new_chapter.write(tree, name)


def test_a_cell_whose_name_is_no_name_is_refused():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    notebook.cells[0].id = "a b"
    with pytest.raises(nbformat.ValidationError, match="a b"):
        normalized(notebook, None)
