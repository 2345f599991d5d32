"""What copies show of explorers where no notebook was executed, as on Binder."""

from pathlib import Path
from types import SimpleNamespace

import book_build  # noqa: F401  puts the book's extension on the path
import pytest
from contents import CHAPTERS, notebook

# isort: split
from _ext.live_copies import PICTURE, WIDGET, executed
from _ext.openings import maker, opening

pytest_plugins = "book_build"

OFF = SimpleNamespace(execution_mode="off")


@pytest.fixture(autouse=True)
def as_while_the_book_is_built(monkeypatch):
    monkeypatch.setenv("CNNLIB_STATIC_FIGURES", "1")


@pytest.mark.parametrize(
    "source",
    [
        "PaddingExplorer(width=7, padding='same')",
        "from cnnlib.explorers import PaddingExplorer\n\ngrid = PaddingExplorer(width=7)\ngrid",
    ],
)
def test_an_explorer_with_which_a_cell_ends_is_shown_as_it_opens(source):
    shown = opening(source)
    assert PICTURE in shown
    assert "width=7" in shown["text/plain"]


@pytest.mark.parametrize(
    "source",
    [
        "ConvolutionExplorer(kernel=learned[-1])",  # computed in the chapter
        "class OwnExplorer: ...\n\n\nOwnExplorer()",
        "%matplotlib inline",
        "from cnnlib.explorers import PaddingExplorer",
        "explorer = PaddingExplorer()",
        "grid = PaddingExplorer()\nother = 1\nother",
        "for name in ():\n    found = PaddingExplorer(width=7)",
        "found = PaddingExplorer().compute()\nfound",
    ],
)
def test_other_cells_show_nothing(source):
    assert opening(source) == {}


def test_without_execution_every_explorer_of_a_chapter_has_its_picture():
    cells = executed(notebook("foundations/padding_strides"), OFF)
    shown = [cell.outputs[0].data for cell in cells if maker(cell.source)]
    assert len(shown) > 5
    assert all(WIDGET in data and PICTURE in data for data in shown)


@pytest.mark.parametrize("page", CHAPTERS)
def test_as_many_explorers_are_known_as_the_page_shows(book, page):
    html = Path(book.html, f"{page}.html").read_text("utf8")
    codes = [cell.source for cell in notebook(page).cells if cell.cell_type == "code"]
    assert sum(maker(code) is not None for code in codes) == html.count('class="cnn-static"')
