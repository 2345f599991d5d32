"""The book's Sphinx extension: one purpose per module."""

from sphinx.application import Sphinx

PARTS = (
    "accessibility",
    "claims",
    "execution",
    "formulas",
    "hints",
    "icons",
    "launch",
    "offline",
    "page_host",
    "page_order",
    "units",
)


def setup(app: Sphinx) -> dict:
    """Load every part."""
    for part in PARTS:
        app.setup_extension(f"{__name__}.{part}")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
