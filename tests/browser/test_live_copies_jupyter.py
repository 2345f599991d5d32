"""Every chapter as a student opens it, in JupyterLab and Notebook 7; some of them run."""

import re
import shutil
from pathlib import Path

import pytest
from contents import NOTEBOOKS
from jupyterlab_session import explorers_of, jupyterlab, run_to_the_end, show, tracks

pytest_plugins = ("book_build", "browser_fixtures")

PLACES = {"JupyterLab": "lab/tree", "Notebook 7": "notebooks"}
RUN = ("index", "foundations/history", "foundations/pooling")
"""A page, a chapter with experiments and one with TensorFlow; every cell of the others runs as
well, in the build and under nbval, every explorer in `test_jupyter_controls.py`, and `make bench`
makes the whole round."""
LEAST_TRACK = 120
RAW = re.compile(r":::|\{[a-z:]+\}`|^:(class|label):|^\([\w-]+\)=", re.MULTILINE)


def copies(book):
    """The folder of the students' copies."""
    return Path(book.html, "notebooks", "student")


@pytest.fixture(scope="module")
def address(book, tmp_path_factory):
    """The address of a server in the folder of the students' copies."""
    folder = tmp_path_factory.mktemp("jupyter")
    with jupyterlab(folder) as address:
        shutil.copytree(copies(book), folder / "notebooks", dirs_exist_ok=True)
        yield address


@pytest.fixture(scope="module")
def page(browser, address):
    """A window of a laptop's size."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    yield page
    page.close()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_text_is_shown_without_a_directive(page, address, name, place):
    show(page, address, f"{name}.ipynb", PLACES[place])
    texts = page.locator(".jp-MarkdownOutput").all_inner_texts()
    assert len(texts) > 3
    assert [raw[0] for text in texts if (raw := RAW.search(text))] == []
    hints = page.locator(".jp-MarkdownOutput details")
    assert hints.evaluate_all("(all) => all.every((one) => !one.open)")


@pytest.mark.parametrize("name", RUN)
def test_run_all_runs_all_and_every_explorer_lives(book, page, address, name):
    show(page, address, f"{name}.ipynb")
    assert run_to_the_end(page, explorers_of(copies(book) / f"{name}.ipynb")) == []
    assert [width for width in tracks(page) if width < LEAST_TRACK] == []
