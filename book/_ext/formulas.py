"""Formulas stand on the page as MathML: on paper, and before and without any script.

Their TeX lies beside it in the attribute ``data-tex``, from which ``static/late.js`` lets MathJax
set them again. A formula that cannot be converted fails the strict build. ``formulas.woff`` holds
the glyphs that they need; only paper and readers without scripts fetch it.
"""

import re
import shutil
from contextlib import suppress
from html import escape, unescape
from pathlib import Path

from docutils import nodes
from fontTools import subset
from math_core import LatexError, LatexToMathML
from sphinx.application import Sphinx
from sphinx.ext import mathjax
from sphinx.util import logging

WRITTEN = re.compile(
    r"""
    (?P<tag> <(?:span|div)\ [^>]* )
    (?P<number> >\s*(?:<span\ class="eqno">.*?</span>)? )
    (?P<tex> .* )
    (?P<end> </(?:span|div)>\s* )
    """,
    re.DOTALL | re.VERBOSE,
)
DELIMITERS = re.compile(r"^\\[(\[]|\\[)\]]$")
NUMBERED = re.compile(r"{(align|equation|gather)}")
FONT = Path("vendor", "stix-two-math", "stix-two-math.woff")
STATIC = Path(__file__).parents[1] / "static"
# What browsers show unasked: the mathematical italic of a single letter, and the sign of a root.
UNWRITTEN = {0x210E, *range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C), ord("√")}
converter = LatexToMathML(fancy_error=False)
logger = logging.getLogger(__name__)


def mathml(tex: str, display: bool) -> str:
    """Return a formula as MathML without numbers of its own, as MathJax is set to show it.

    Args:
        tex: the formula, with or without delimiters.
        display: whether it stands on lines of its own.

    Raises:
        LatexError: the formula cannot be converted.
    """
    bare = DELIMITERS.sub("", tex).replace("{split}", "{aligned}")
    unnumbered = NUMBERED.sub(r"{\1*}", bare)
    return converter.convert_with_local_state(unnumbered, displaystyle=display)


def write_formula(translator, node) -> None:
    """Write what Sphinx writes for MathJax, with MathML in the place of the TeX."""
    display = isinstance(node, nodes.math_block)
    start = len(translator.body)
    with suppress(nodes.SkipNode):
        (mathjax.html_visit_displaymath if display else mathjax.html_visit_math)(translator, node)
    written = WRITTEN.fullmatch("".join(translator.body[start:]))
    tex = unescape(written["tex"]).strip()
    try:
        formula = mathml(tex, display)
    except LatexError as error:
        logger.warning("the formula %s has no MathML: %s", tex, error, location=node)
    else:
        translator.body[start:] = [
            f'{written["tag"]} data-tex="{escape(tex)}"{written["number"]}{formula}{written["end"]}'
        ]
    raise nodes.SkipNode


def glyphs(pages: str) -> set[int]:
    """Return the code points that the formulas of pages show.

    Args:
        pages: HTML.
    """
    formulas = "".join(re.findall("<math.*?</math>", pages, re.DOTALL))
    return UNWRITTEN | set(map(ord, unescape(re.sub("<[^>]*>", "", formulas))))


def write_font(app: Sphinx, exception: Exception | None) -> None:
    """Replace the vendored font by one of the formulas' glyphs alone."""
    if exception or app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    pages = "".join(page.read_text("utf8") for page in Path(app.outdir).rglob("*.html"))
    options = subset.Options(flavor="woff", hinting=False, layout_features=["*"], name_IDs=["*"])
    font = subset.load_font(STATIC / FONT, options)
    reduced = subset.Subsetter(options)
    reduced.populate(unicodes=glyphs(pages))
    reduced.subset(font)
    subset.save_font(font, static / "formulas.woff", options)
    shutil.rmtree((static / FONT).parent, ignore_errors=True)


def setup(app: Sphinx) -> dict:
    """Write formulas in place of Sphinx, and their font once the static files are in place."""
    for kind in (nodes.math, nodes.math_block):
        app.add_node(kind, override=True, html=(write_formula, None))
    app.connect("build-finished", write_font, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
