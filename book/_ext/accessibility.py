"""Repairs to what docutils and MyST-NB leave inaccessible in a page's article."""

from sphinx.application import Sphinx

REPAIRS = {
    # The role of a bibliography's entry was withdrawn; its list is one of plain items.
    'role="doc-biblioentry"': 'role="listitem"',
    # What folds a cell is called what it says.
    '<summary aria-label="Toggle hidden content">': "<summary>",
}


def repair_article(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Replace faulty markup in the page's body."""
    for faulty, sound in REPAIRS.items():
        context["body"] = context.get("body", "").replace(faulty, sound)


def setup(app: Sphinx) -> dict:
    """Repair each page before it is laid out."""
    app.connect("html-page-context", repair_article)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
