"""The chapters as files: their order, their titles, and the solutions that stand in them."""

import json
import re
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
_INSTALLED = _PACKAGE / "book"  # `setup.py` puts a copy there; a checkout has the book itself
BOOK = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "book"

_SOLUTION = re.compile(
    r"^(`{3,})\{solution-start\} \S*?(\w+)\n(?::\S+:.*\n)*\1\n([\s\S]*?)^`{3,}\{solution-end\}",
    re.M,
)
_PAGE = re.compile(r"\{doc\}`/(.+?)`")
_CITATION = re.compile(r"\{cite:([pt])\}`(.+?)`")


def pages():
    """Return the chapters in the order in which the front page lists them.

    Returns:
        Dictionary of a chapter's name, such as "pooling", to its page, "foundations/pooling".
    """
    cards = re.findall(r"^:link: (\S+)$", _text("index"), re.M)
    return {page.rpartition("/")[2]: page for page in cards}


def title(page):
    """Return the first heading of a page."""
    return re.search(r"^# (.+)$", _text(page), re.M)[1]


def solutions(page):
    """Return the solutions that stand in a chapter.

    An exercise goes by the chapter and the last word of its label: in "foundations/pooling" the
    exercise labelled `pooling-dropped` is "pooling.dropped".

    Args:
        page: the chapter's page.

    Returns:
        Dictionary of the exercise's name to plain Markdown, in the chapter's order.
    """
    chapter = page.rpartition("/")[2]
    found = _SOLUTION.findall(_text(page))
    return {f"{chapter}.{own}": _plain(body.strip()) for _, own, body in found}


def _text(page):
    """Return a page's cells as one text."""
    cells = json.loads((BOOK / f"{page}.ipynb").read_text("utf8"))["cells"]
    return "\n\n".join(map(_markdown, cells)) + "\n"


def _markdown(cell):
    source = "".join(cell["source"])
    return source if cell["cell_type"] == "markdown" else f"```python\n{source}\n```"


def _plain(text):
    """Write out what only the built book can resolve."""
    text = _PAGE.sub(lambda found: f'"{title(found[1])}"', text)
    return _CITATION.sub(lambda found: _cited(found[2], found[1]), text)


def _cited(key, form):
    """Return authors and year: "(LeCun et al., 1998)", or in the form "t" as the text says it."""
    references = (BOOK / "references.bib").read_text("utf8")
    entry = re.search(rf"^@\w+{{{key},.*?^}}", references, re.M | re.S)[0]
    authors, year = (
        re.search(rf"^ *{name} *= {{(.*)}},$", entry, re.M)[1] for name in ("author", "year")
    )
    names = [author.partition(",")[0] for author in authors.split(" and ")]
    who = f"{names[0]} et al." if len(names) > 2 else " and ".join(names)
    return f"({who}, {year})" if form == "p" else f"{who} ({year})"
