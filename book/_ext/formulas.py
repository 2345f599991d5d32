"""Formulas stand on the page as MathML: on paper, and before and without any script.

Their TeX lies beside it in the attribute ``data-tex``, from which ``static/late.js`` lets MathJax
set them again. A formula that cannot be converted fails the strict build.
"""

import re
from contextlib import suppress
from html import escape, unescape

from docutils import nodes
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


def setup(app: Sphinx) -> dict:
    """Write formulas in place of Sphinx."""
    for kind in (nodes.math, nodes.math_block):
        app.add_node(kind, override=True, html=(write_formula, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
