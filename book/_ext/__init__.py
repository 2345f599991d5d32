"""The book's Sphinx extension: one purpose per module."""

import hashlib
from pathlib import Path

from sphinx.application import Sphinx

PARTS = (
    "accessibility",
    "claims",
    "execution",
    "formulas",
    "hints",
    "icons",
    "launch",
    "live_copies",
    "offline",
    "page_host",
    "page_order",
    "units",
)


def setup(app: Sphinx) -> dict:
    """Load every part."""
    own = sorted(
        path for path in Path(__file__).parent.rglob("*") if path.suffix in {".py", ".html"}
    )
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in own)).hexdigest()
    app.add_config_value("extension_digest", digest, "html")  # another one: every page is written
    for part in PARTS:
        app.setup_extension(f"{__name__}.{part}")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
