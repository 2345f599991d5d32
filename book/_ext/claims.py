"""The claim ledger: numbers in the text, recomputed; the directive ``claims`` shows them.

``claims.yml`` lists the claims of each chapter. An entry has ``says``, words of the chapter with
``{}`` for numbers; ``is``, one expression or several that give these numbers; and ``source``.
Instead of ``is`` it may say that a cell of the chapter prints the numbers (``printed: true``), that
an explorer shows them once the reader has followed a "Try" list (``shown: true``), or rest on its
source alone.
"""

import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cnnlib
import nbformat
import numpy as np
import yaml
from cnnlib import geometry, ops
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

BOOK = Path(__file__).parents[1]
WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
)
WAYS = {"is", "printed", "shown"}
"""Fields of an entry that say how its numbers are known; it has one of them at most."""
NUMBER = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?:\s?%)?")
NO_PROSE = re.compile(
    r"""
    ^\s*(?:`{3,}|:{3,}|:[\w-]+:).*$ # fences of directives, and their options
    | \{[\w:-]+\}`[^`]*` # roles
    | `[^`]*` # code
    | \]\([^)]*\) # where links lead
    """,
    re.MULTILINE | re.VERBOSE,
)


@dataclass(frozen=True)
class Claim:
    """One entry of the ledger.

    Attributes:
        chapter: the page, such as "foundations/pooling".
        says: the words, with ``{}`` for each number that `expressions` give.
        expressions: Python expressions, each of which gives a number or several.
        printed: whether a cell of the chapter prints the numbers.
        shown: whether an explorer shows them after a step of a "Try" list.
        source: where the claim comes from: a word, or keys of the bibliography.
    """

    chapter: str
    says: str
    expressions: tuple[str, ...]
    printed: bool
    shown: bool
    source: str

    def text(self) -> str:
        """Return the words with the numbers computed anew."""
        if not self.expressions:
            return self.says
        names = {
            "cnnlib": cnnlib,
            "geometry": geometry,
            "math": math,
            "np": np,
            "ops": ops,
            "word": WORDS.__getitem__,
            "year": year,
        }
        values = [np.ravel(eval(one, names)).tolist() for one in self.expressions]
        return self.says.format(*itertools.chain.from_iterable(values))

    def citations(self) -> list[str]:
        """Return the keys of the bibliography that the source names."""
        return re.findall(r"\b[a-z]+\d{4}[a-z]?\b", self.source)


def ledger(path: Path = BOOK / "claims.yml") -> list[Claim]:
    """Read the ledger.

    Raises:
        ValueError: an entry has no words or no source, an unknown field, or two ways to know
            its numbers.
    """
    claims = []
    for chapter, entries in yaml.safe_load(path.read_text("utf8")).items():
        for entry in entries:
            unknown = set(entry) - {"says", "source"} - WAYS
            ways = set(entry) & WAYS
            if unknown or len(ways) > 1 or not {"says", "source"} <= set(entry):
                raise ValueError(f"`{chapter}` has a faulty entry. Received: {entry!r}")
            given = entry.get("is", [])
            expressions = tuple(map(str, given if isinstance(given, list) else [given]))
            flags = [entry.get(way, False) for way in ("printed", "shown")]
            claims.append(Claim(chapter, entry["says"], expressions, *flags, entry["source"]))
    return claims


def year(key: str) -> int:
    """Return the year of an entry of the bibliography."""
    text = (BOOK / "references.bib").read_text("utf8")
    entry = re.search(rf"^@\w+{{{re.escape(key)},(.*?)^}}", text, re.MULTILINE | re.DOTALL)
    return int(re.search(r"year\s*=\s*[{\"]?(\d{4})", entry[1])[1])


def title(chapter: str) -> str:
    """Return the title of a chapter."""
    notebook = nbformat.read(BOOK / f"{chapter}.ipynb", as_version=4)
    return notebook.cells[0].source.splitlines()[0].removeprefix("# ")


def plain(text: str) -> str:
    """Return a text with formulas' thin spaces and commas, and line breaks, made ordinary."""
    for formula, ordinary in (("{,}", ","), (r"\,", ""), (r"\%", "%"), ("\u202f", " ")):
        text = text.replace(formula, ordinary)
    return " ".join(text.split())


def prose(notebook: nbformat.NotebookNode) -> str:
    """Return the text of a chapter without its code."""
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    return plain("\n".join(NO_PROSE.sub(" ", source) for source in cells))


def words(notebook: nbformat.NotebookNode) -> str:
    """Return the markdown of a chapter, code and roles included."""
    return plain("\n".join(c.source for c in notebook.cells if c.cell_type == "markdown"))


def computed(notebook: nbformat.NotebookNode) -> str:
    """Return a chapter's code and what it prints."""
    found = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            found.append(cell.source)
            for output in cell.outputs:
                found += [output.get("text", ""), output.get("data", {}).get("text/plain", "")]
    return plain("\n".join(found))


def checkable(text: str) -> Iterator[str]:
    """Yield a text's numbers that are worth a check: long ones, decimals and percentages."""
    for number in NUMBER.findall(text):
        if "." in number or "%" in number or len(number.replace(",", "")) >= 4:
            yield number


def unaccounted(notebook: nbformat.NotebookNode, claims: list[Claim]) -> list[str]:
    """Return the numbers of a chapter that neither the ledger nor the chapter's code holds.

    Args:
        notebook: the chapter.
        claims: its entries in the ledger.
    """
    known = set(checkable(" ".join(plain(claim.text()) for claim in claims)))
    known |= {number.rstrip(" %") for number in NUMBER.findall(computed(notebook))}
    return [
        number
        for number in checkable(prose(notebook))
        if number not in known and number.rstrip(" %") not in known
    ]


class Claims(SphinxDirective):
    """The ledger as one table for each chapter."""

    def run(self) -> list[nodes.Node]:
        """Return the tables."""
        self.env.note_dependency(str(BOOK / "claims.yml"))
        chapters: dict[str, list[Claim]] = {}
        for claim in ledger():
            chapters.setdefault(claim.chapter, []).append(claim)
        lines = []
        for chapter, claims in chapters.items():
            link = f"{{doc}}`{title(chapter)} </{chapter}>`"
            lines += ["", f"## {link}", "", "```{list-table}", ":header-rows: 1"]
            lines += [":widths: 45 35 20", "", "* - The chapter says", "  - Computed anew by"]
            lines += ["  - Source"]
            for claim in claims:
                how = " and ".join(f"`{one}`" for one in claim.expressions)
                if claim.printed:
                    how = "a cell of the chapter"
                elif claim.shown:
                    how = "the explorer"
                how = how or "published"
                keys = claim.citations()
                source = f"{{cite:p}}`{','.join(keys)}`" if keys else claim.source
                lines += [f"* - {plain(claim.text())}", f"  - {how}", f"  - {source}"]
            lines += ["```"]
        return self.parse_text_to_nodes("\n".join(lines), allow_section_headings=True)


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("claims", Claims)
