"""The book's table of contents: its pages, and which of them are chapters."""

import re
from functools import cache
from pathlib import Path

import nbformat
import yaml

ROOT = Path(__file__).parents[2]
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text("utf8"))
NO_CHAPTERS = ("Workshop", "Appendix")
"""Parts whose pages teach no part of the subject: a manual for teachers, the ledger, sources."""
EXERCISE = re.compile(r"^(`{3,})\{exercise\}(.*?)^\1$", re.MULTILINE | re.DOTALL)
"""An exercise in the text of a page; the second group holds its title, label, text and hints."""


def source(page):
    """Return the path of the file from which a page is made."""
    found = [ROOT / "book" / f"{page}{suffix}" for suffix in (".ipynb", ".md")]
    return next(path for path in found if path.is_file())


def _pages(parts):
    return [chapter["file"] for part in parts for chapter in part["chapters"]]


PAGES = [TOC["root"], *_pages(TOC["parts"])]
CHAPTERS = _pages(part for part in TOC["parts"] if part["caption"] not in NO_CHAPTERS)
NOTEBOOKS = [page for page in PAGES if source(page).suffix == ".ipynb"]


@cache
def notebook(page):
    """Read the notebook of a page; it is shared, so leave it as it is."""
    return nbformat.read(source(page), as_version=4)


def markdown(page):
    """Return the text of a page, without its code."""
    cells = notebook(page).cells
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
