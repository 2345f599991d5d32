"""Every chapter as a student opens it, in JupyterLab and Notebook 7; some of them run."""

import re
import shutil
from pathlib import Path

import pytest
from contents import NOTEBOOKS, notebook
from jupyterlab_session import jupyterlab, open_notebook, run_all

pytest_plugins = ("book_build", "browser_fixtures")

PLACES = {"JupyterLab": "lab/tree", "Notebook 7": "notebooks"}
RUN = ("index", "foundations/history", "foundations/pooling")
"""A page, a chapter with experiments and one with TensorFlow; every cell of the others runs as
well, in the build and under nbval, and every explorer in `test_jupyter_controls.py`."""
LEAST_TRACK = 120
RAW = re.compile(r":::|\{[a-z:]+\}`|^:(class|label):|^\([\w-]+\)=", re.MULTILINE)
CELLS = "jupyterapp.shell.currentWidget.content.widgets"
ALL_SHOWN = f"""() => {CELLS}.every(
  (cell) => cell.isAttached && (cell.model.type !== "markdown" || cell.rendered)
)"""
OUTPUTS = f"""{CELLS}.filter(({{ model }}) => model.type === "code")
  .map(({{ model }}) => model.outputs.toJSON())"""
ERRORS = f"""() => {OUTPUTS}.flat().filter((one) => one.output_type === "error")
  .map(({{ ename, evalue }}) => `${{ename}}: ${{evalue}}`)"""
FINISHED = f"""() => {OUTPUTS}.flat().some((one) => one.output_type === "error")
  || {CELLS}.every(({{ model }}) => model.type !== "code" || model.executionCount)"""
TRACKS = """(box) =>
  [...box.querySelectorAll(".noUi-base")].map((one) => one.getBoundingClientRect().width)"""


@pytest.fixture(scope="module")
def address(book, tmp_path_factory):
    """The address of a server in the folder of the students' copies, which draws every cell."""
    folder = tmp_path_factory.mktemp("jupyter")
    settings = folder / "jupyterlab_settings_dir" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    (settings / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}')
    with jupyterlab(folder) as address:
        copies = Path(book.html, "notebooks", "student")
        shutil.copytree(copies, folder / "notebooks", dirs_exist_ok=True)
        yield address


@pytest.fixture(scope="module")
def page(browser, address):
    """A window of a laptop's size."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    yield page
    page.close()


def show(page, address, name, place):
    """Open a copy and wait until all its cells are drawn."""
    open_notebook(page, address, f"{name}.ipynb", PLACES[place])
    page.wait_for_function(ALL_SHOWN, timeout=120_000)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_text_is_shown_without_a_directive(page, address, name, place):
    show(page, address, name, place)
    texts = page.locator(".jp-MarkdownOutput").all_inner_texts()
    assert len(texts) > 3
    assert [raw[0] for text in texts if (raw := RAW.search(text))] == []
    hints = page.locator(".jp-MarkdownOutput details")
    assert hints.evaluate_all("(all) => all.every((one) => !one.open)")


@pytest.mark.parametrize("name", RUN)
def test_run_all_runs_all_and_every_explorer_lives(page, address, name):
    show(page, address, name, "JupyterLab")
    run_all(page)
    page.wait_for_function(FINISHED, timeout=300_000)
    assert page.evaluate(ERRORS) == []
    code = "\n".join(cell.source for cell in notebook(name).cells if cell.cell_type == "code")
    made = len(re.findall(r"\w+Explorer\(", code))
    explorers = page.locator(".cnn-explorer")
    words = page.locator(".cnn-explorer [role=status]:not(:empty)")
    assert (made > 0) == (explorers.count() > 0)
    if made:
        words.nth(explorers.count() - 1).wait_for(state="attached", timeout=60_000)
    tracks = [width for box in explorers.all() for width in box.evaluate(TRACKS)]
    assert [width for width in tracks if width < LEAST_TRACK] == []
