"""The live copies: what JupyterLab, Notebook, VS Code and Colab open has what the page has."""

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import book_build  # noqa: F401  puts the book's extension and tools on the path
import nbformat
import pytest
from contents import CHAPTERS, NOTEBOOKS, PAGES, notebook
from hand_out import hand_out
from markdown_it import MarkdownIt

from cnnlib import labs
from cnnlib.labs._chapters import solutions

pytest_plugins = "book_build"

RAW = re.compile(r"^\s*:::|^\s*`{3,}\{|\{[a-z:]+\}`|^\([\w-]+\)=|^:(class|label):", re.MULTILINE)
"""What of MyST a front end shows that does not know it."""
SANITIZED = {
    *("a", "blockquote", "br", "code", "details", "em", "h1", "h2", "h3", "h4", "hr", "img", "li"),
    *("ol", "p", "pre", "strong", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr"),
    "ul",
}
"""Elements that the sanitizers of Colab, VS Code, Notebook and JupyterLab leave as they are."""
FRONT_END = MarkdownIt("commonmark", {"html": True}).enable("table")


class Shown(HTMLParser):
    """What a front end makes of a cell: its elements, where its links lead, the text to read."""

    def __init__(self, cell):
        super().__init__()
        self.elements, self.links, self.text, self._code = set(), [], "", 0
        self.feed(FRONT_END.render(cell.source))

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self._code += tag == "code"
        self.links += [value for name, value in attrs if name == "href"]

    def handle_endtag(self, tag):
        self._code -= tag == "code"

    def handle_data(self, data):
        if not self._code:
            self.text += data


def read(book, audience, page):
    return nbformat.read(f"{book.html}/notebooks/{audience}/{page}.ipynb", as_version=4)


def shown(copy):
    return [Shown(cell) for cell in copy.cells if cell.cell_type == "markdown"]


def codes(copy):
    return [cell for cell in copy.cells if cell.cell_type == "code"]


def to_run(page):
    """The code cells of a page's source that a reader runs."""
    cells = [cell for cell in notebook(page).cells if cell.cell_type == "code"]
    return [cell for cell in cells if "remove-cell" not in cell.metadata.get("tags", [])]


@pytest.fixture(params=["student", "teacher"])
def audience(request):
    return request.param


@pytest.mark.parametrize("page", PAGES)
def test_no_directive_is_left_and_every_element_is_one_that_front_ends_show(book, audience, page):
    cells = shown(read(book, audience, page))
    assert cells
    assert [raw[0] for cell in cells if (raw := RAW.search(cell.text))] == []
    assert set.union(*(cell.elements for cell in cells)) <= SANITIZED


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_another_copy_or_to_a_site(book, audience, page):
    place = Path(book.html, "notebooks", audience, f"{page}.ipynb")
    links = [link for cell in shown(read(book, audience, page)) for link in cell.links]
    inside = [unquote(link) for link in links if not urlsplit(link).scheme]
    assert [link for link in inside if not (place.parent / link).is_file()] == []


@pytest.mark.parametrize("page", CHAPTERS)
def test_equations_and_exercises_have_the_numbers_of_the_page(book, audience, page):
    html = Path(book.html, f"{page}.html").read_text("utf8")
    text = "\n".join(cell.source for cell in read(book, audience, page).cells)
    equations = re.findall(r'class="eqno">\((.*?)\)', html)
    exercises = re.findall(r'class="caption-number">(Exercise .*?) ?</span>', html)
    assert re.findall(r"\\tag\{(.*?)\}", text) == equations
    assert re.findall(r"^\*\*(Exercise \S*)\*\*", text, re.MULTILINE) == exercises
    assert exercises


@pytest.mark.parametrize("page", NOTEBOOKS)
def test_a_teachers_copy_has_the_code_of_the_page(book, page):
    copied = [(cell.id, cell.source) for cell in codes(read(book, "teacher", page))]
    assert copied == [(cell.id, cell.source) for cell in to_run(page)]


@pytest.mark.parametrize("page", NOTEBOOKS)
def test_a_students_copy_has_it_with_a_cell_to_work_in_for_each_solution(book, page):
    copied = codes(read(book, "student", page))
    given = [cell for cell in to_run(page) if "solution" not in cell.metadata.get("tags", [])]
    own = [cell.source for cell in copied if not cell.id.startswith("work-")]
    assert own == [cell.source for cell in given]
    chapter = page.rpartition("/")[2]
    checks = {name for name in labs.exercises() if name.startswith(f"{chapter}.")}
    work = [cell.source for cell in copied if cell.id.startswith("work-")]
    assert {re.search(r'labs\.check\("(.*)", \.\.\.\)', cell)[1] for cell in work} == checks


@pytest.mark.parametrize("page", NOTEBOOKS)
def test_a_cell_to_work_in_needs_no_other_cell(book, page):
    for cell in codes(read(book, "student", page)):
        if cell.id.startswith("work-"):
            exec(cell.source, {})


@pytest.mark.parametrize("page", CHAPTERS)
def test_every_solution_can_be_asked_for_by_the_name_that_stands_there(book, page):
    text = "\n".join(cell.source for cell in read(book, "student", page).cells)
    assert set(re.findall(r'labs\.solution\("(.*?)"\)', text)) == set(solutions(page))


@pytest.mark.parametrize("page", CHAPTERS)
def test_no_solution_is_open_in_a_students_copy(book, page):
    student, teacher = (read(book, audience, page) for audience in ("student", "teacher"))
    assert not any("Solution to" in cell.source for cell in student.cells)
    assert any("Solution to" in cell.source for cell in teacher.cells)


@pytest.mark.parametrize("page", NOTEBOOKS)
def test_run_all_goes_on_behind_a_cell_that_needs_what_is_not_everywhere(book, page):
    for cell in codes(read(book, "student", page)):
        tags = cell.metadata.get("tags", [])
        assert "nbval-skip" not in tags or "raises-exception" in tags


@pytest.mark.parametrize("page", NOTEBOOKS)
def test_what_the_page_folds_away_is_folded(book, page):
    copied = {cell.id: cell.metadata for cell in codes(read(book, "student", page))}
    for cell in to_run(page):
        folds = bool({*cell.metadata.get("tags", [])} & {"hide-input", "hide-cell"})
        if cell.id in copied:
            in_jupyter = copied[cell.id].get("jupyter", {}).get("source_hidden", False)
            assert in_jupyter == folds
            assert copied[cell.id].get("cellView") == ("form" if folds else None)  # Colab's


@pytest.mark.parametrize("page", NOTEBOOKS)
def test_each_explorer_shows_how_it_opens_until_its_cell_runs(book, page):
    html = Path(book.html, f"{page}.html").read_text("utf8")
    outputs = [cell.outputs for cell in codes(read(book, "teacher", page)) if cell.outputs]
    kinds = [[*output.data] for shown in outputs for output in shown]
    assert kinds == [["text/markdown"], ["image/png"]] * html.count('class="cnn-static"')


def test_a_copy_says_what_it_is_and_that_work_in_it_is_kept(book):
    first = read(book, "student", "foundations/pooling").cells[0].source
    assert first.startswith("# 8. Pooling and invariance\n\n> Chapter 8 of *Convolutional Neural")
    assert "stays yours" in first


def test_the_download_button_gives_the_students_copy(book):
    html = Path(book.html, "foundations/pooling.html").read_text("utf8")
    assert 'href="../notebooks/student/foundations/pooling.ipynb"' in html
    assert "_sources/foundations/pooling.ipynb" not in html


# Laying them out for work


@pytest.fixture
def edition(tmp_path):
    """A function that makes an edition of a book whose one notebook holds one cell."""

    def make(source):
        path = tmp_path / "edition" / "part" / "page.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        cells = [nbformat.v4.new_code_cell(source, id="cell")]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
        return tmp_path / "edition"

    return make


def said(path):
    return nbformat.read(path, as_version=4).cells[0].source


def test_a_copy_that_nobody_has_changed_follows_the_book(edition, tmp_path):
    desk = tmp_path / "desk"
    assert hand_out(edition("first"), desk) == []
    assert hand_out(edition("second"), desk) == []
    assert said(desk / "part" / "page.ipynb") == "second"


def test_running_a_copy_is_no_change(edition, tmp_path):
    desk = tmp_path / "desk"
    hand_out(edition("first"), desk)
    place = desk / "part" / "page.ipynb"
    run = nbformat.read(place, as_version=4)
    run.cells[0].execution_count = 1
    nbformat.write(run, place)
    assert hand_out(edition("second"), desk) == []
    assert said(place) == "second"


def test_a_copy_with_a_readers_work_is_kept_and_the_new_edition_put_beside(edition, tmp_path):
    desk = tmp_path / "desk"
    hand_out(edition("first"), desk)
    place = desk / "part" / "page.ipynb"
    shutil.copy(edition("my answer") / "part" / "page.ipynb", place)
    beside = place.with_stem("page_new")
    assert hand_out(edition("first"), desk) == []
    assert hand_out(edition("second"), desk) == [beside]
    assert hand_out(edition("second"), desk) == []
    assert (said(place), said(beside)) == ("my answer", "second")
    assert hand_out(edition("third"), desk) == [place.with_stem("page_new1")]
    assert said(place) == "my answer"


def test_a_damaged_notebook_is_kept(edition, tmp_path):
    desk = tmp_path / "desk"
    hand_out(edition("first"), desk)
    place = desk / "part" / "page.ipynb"
    place.write_text("half a not")
    hand_out(edition("second"), desk)
    assert place.read_text() == "half a not"
    assert said(place.with_stem("page_new")) == "second"
