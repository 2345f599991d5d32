"""The order in which a page loads: explorers first, everything else behind them.

The widget state and the page host come right after the article and run while the page is
still being parsed. The theme's, search's and MathJax's scripts keep their order but are
held back (``templates/layout.html``, ``static/late.js``) until the browser is idle.
"""

import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

STATE = "application/vnd.jupyter.widget-state+json"
WIDGETS = r"_static/(explorers|widgets)/|/host\.js$"
# It listens for DOMContentLoaded alone, so it cannot wait until after it.
DEFERRED = "design-tabs.js"


def sort_scripts(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Split a page's scripts: its widgets', those to defer, those to hold back, MathJax."""
    groups = {name: [] for name in ("widget", "deferred", "late", "formula")}
    for script in sorted(context["script_files"], key=_rank):
        name = str(script.filename)
        if script.attributes.get("type") == STATE or re.search(WIDGETS, name):
            group = groups["widget"]
        elif name.endswith(DEFERRED):
            group = groups["deferred"]
        elif app.config.mathjax_path in name or "MathJax" in script.attributes.get("body", ""):
            group = groups["formula"]
        else:
            group = groups["late"]
        if script not in group:
            group.append(script)
    if 'class="math ' not in context.get("body", ""):
        groups["formula"].clear()
    context.update({f"{name}_scripts": scripts for name, scripts in groups.items()})


def _rank(script) -> tuple[int, int]:
    """Sphinx's options, then the inline settings that add to them, then the files."""
    if str(script.filename).endswith("documentation_options.js"):
        return 0, script.priority
    return (1 if "body" in script.attributes else 2), script.priority


def use_templates(app: Sphinx, config: Config) -> None:
    """Put the book's page layout before the theme's."""
    config.templates_path.insert(0, str(Path(__file__).parent / "templates"))


def setup(app: Sphinx) -> dict:
    """Sort after every other extension has added its scripts."""
    app.connect("config-inited", use_templates)
    app.connect("html-page-context", sort_scripts, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
