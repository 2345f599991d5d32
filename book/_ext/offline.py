"""Keep the built book free of other hosts.

Drops what extensions load from elsewhere, and checks every built page, style sheet and
script reference: a book that fetches anything from another host does not build.
"""

import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

FOREIGN = r"(?:https?:)?//(?!www\.w3\.org/)"
PAGE_LOADS = re.compile(
    rf"""<(?:script|img|iframe|source|video|audio|embed)\b[^>]*?\s(?:src|srcset)=["']?({FOREIGN}[^"'\s>]*)"""
    rf"""|<link\b(?=[^>]*\brel=["']?(?:stylesheet|preload|modulepreload|icon|preconnect))[^>]*?\shref=["']?({FOREIGN}[^"'\s>]*)""",
    re.IGNORECASE,
)
STYLE_LOADS = re.compile(rf"""(?:url\(\s*|@import\s+)["']?({FOREIGN}[^"')\s]*)""", re.IGNORECASE)
logger = logging.getLogger(__name__)


def drop_thebe(app: Sphinx, config: Config) -> None:
    """Undo sphinx-thebe, which Jupyter Book always loads: it puts a CDN on every page."""
    for listeners in app.events.listeners.values():
        listeners[:] = [one for one in listeners if one.handler.__module__ != "sphinx_thebe"]
    app.registry.css_files[:] = [
        (name, attributes) for name, attributes in app.registry.css_files if "thebe" not in name
    ]


def foreign_loads(path: Path) -> set[str]:
    """Addresses on other hosts that a built file would load (links to click do not count)."""
    text = path.read_text(encoding="utf8", errors="replace")
    pattern = STYLE_LOADS if path.suffix == ".css" else PAGE_LOADS
    found = {next(filter(None, match.groups())) for match in pattern.finditer(text)}
    if path.suffix == ".html":
        styles = re.findall(r"<style[^>]*>(.*?)</style>", text, re.DOTALL)
        found.update(match[1] for style in styles for match in STYLE_LOADS.finditer(style))
    return found


def check_hosts(app: Sphinx, exception: Exception | None) -> None:
    """Warn about every load from another host."""
    if exception or app.builder.format != "html":
        return
    for path in sorted(Path(app.outdir).rglob("*")):
        if path.suffix in {".html", ".css"}:
            for address in sorted(foreign_loads(path)):
                logger.warning("%s loads %s", path.relative_to(app.outdir), address)


def setup(app: Sphinx) -> dict:
    """Drop before anything is read, check the output last."""
    app.connect("config-inited", drop_thebe)
    app.connect("build-finished", check_hosts, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
