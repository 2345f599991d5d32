"""Widgets without a kernel: load the page host, and refuse what it cannot bring to life.

``static/host.js`` reads the widget state that a notebook saved. Scripts and styles of views become
files of the site, the library's taken from the library as it is when the page is written. A page
that holds a widget the host does not know, or an error that a widget swallowed, fails the strict
build here, with the cell that made it.
"""

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import nbformat
from cnnlib.explorers import _base, _modules
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

STATE = "application/vnd.jupyter.widget-state+json"
VIEW = "application/vnd.jupyter.widget-view+json"
KNOWN_MODELS = {
    "AnyModel",
    "BoundedFloatTextModel",
    "BoundedIntTextModel",
    "BoxModel",
    "CheckboxModel",
    "DirectionalLinkModel",
    "DropdownModel",
    "FloatLogSliderModel",
    "FloatSliderModel",
    "FloatTextModel",
    "GridBoxModel",
    "HBoxModel",
    "HTMLModel",
    "IntSliderModel",
    "IntTextModel",
    "LabelModel",
    "LayoutModel",
    "LinkModel",
    "PlayModel",
    "RadioButtonsModel",
    "SelectionSliderModel",
    "ToggleButtonModel",
    "ToggleButtonsModel",
    "VBoxModel",
    "WidgetModel",
}
WORTH_SHARING = 500  # characters of JSON
SCRIPTS, VIEWS = 100, 200  # priorities: shared scripts, then views, then the host
logger = logging.getLogger(__name__)


def problems(notebook: nbformat.NotebookNode) -> Iterator[str]:
    """What the page host cannot show of an executed notebook.

    Args:
        notebook: the notebook with its outputs and saved widget state.

    Yields:
        One sentence per faulty widget: the cell's number and first line, and the fault.
    """
    models = notebook.metadata.get("widgets", {}).get(STATE, {}).get("state", {})
    cells = _cells_by_model(notebook, models)
    for identifier, model in models.items():
        where = cells.get(identifier, "a widget that no cell shows")
        name = model["model_name"]
        if name not in KNOWN_MODELS and not name.endswith("StyleModel"):
            yield f"{where}: the page host does not know {model['model_module']}.{name}"
        if '"output_type": "error"' in json.dumps(model["state"]):
            yield f"{where}: an error is hidden in the output of a widget"


def _cells_by_model(notebook, models: dict) -> dict[str, str]:
    """Model id -> the code cell that shows it, directly or inside another widget."""
    cells: dict[str, str] = {}
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type != "code":
            continue
        where = f"cell {number} ({next(iter(cell.source.strip().splitlines()), '')!r})"
        views = [output.get("data", {}).get(VIEW) for output in cell.outputs]
        waiting = [view["model_id"] for view in views if view]
        while waiting:
            identifier = waiting.pop()
            if identifier in models and identifier not in cells:
                cells[identifier] = where
                waiting.extend(_references(models[identifier]["state"]))
    return cells


def _references(value) -> Iterator[str]:
    """Ids of the models that a piece of widget state points to."""
    if isinstance(value, str) and value.startswith("IPY_MODEL_"):
        yield value.removeprefix("IPY_MODEL_")
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _references(item)


def check_page(app: Sphinx, doctree: nodes.document) -> None:
    """Warn about the widgets of the page just read."""
    page = app.env.docname
    executed = Path(app.env.mystnb_config.output_folder, f"{page}.ipynb")
    if app.env.doc2path(page).endswith(".ipynb") and executed.is_file():
        for problem in problems(nbformat.read(executed, as_version=4)):
            logger.warning("%s", problem, location=page)


def write_scripts(app: Sphinx) -> None:
    """Write the scripts and style sheets of the library's explorers into the site."""
    if app.builder.format == "html":
        for name, source in _site_files().items():
            _write(Path(app.outdir, "_static", name), source)


def _site_files() -> dict[str, str]:
    """Path below ``_static`` -> source, for every shared script, view and style sheet."""
    views = sorted(path.parent.name for path in _modules.FOLDER.glob("*/view.js"))
    return {
        **{f"explorers/{name}": source for name, source in _modules.shared_scripts().items()},
        **{f"explorers/{view}.js": _modules.page_script(view) for view in views},
        **{f"explorers/{view}.css": _base.style_sheet(f"{view}/view.css") for view in views},
    }


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def changed_scripts(app: Sphinx, env) -> list[str]:
    """The pages with widgets, if an earlier build wrote them with other scripts: written anew."""
    current = hashlib.sha256(repr(sorted(_site_files().items())).encode()).hexdigest()
    before, env.cnnlib_scripts = getattr(env, "cnnlib_scripts", None), current
    return [] if before == current else sorted(env.found_docs)


def publish_state(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Move scripts and styles out of a page's widget state; write what widgets share only once."""
    for script in list(context["script_files"]):
        if script.attributes.get("type") == STATE:
            saved = json.loads(script.attributes["body"])
            published(saved, app)
            script.attributes["body"] = json.dumps(shared(saved)).replace("</", "<\\/")


def published(saved: dict, app: Sphinx) -> None:
    """Replace the scripts of views by names of scripts that the page loads.

    Args:
        saved: a page's widget state, as myst-nb writes it; changed in place.
        app: the page's scripts and style sheets are added to it.
    """
    for model in saved["state"].values():
        state = model["state"]
        if "_esm" not in state:
            continue
        own = re.match(r"cnnlib\.explorers\.(\w+)\.", state.get("_anywidget_id", ""))
        if own:
            view = own[1]
            for name in _modules.shared_by(view):
                place = SCRIPTS + list(_modules.shared_scripts()).index(name)
                app.builder.add_js_file(f"explorers/{name}", priority=place)
            app.builder.add_js_file(f"explorers/{view}.js", priority=VIEWS)
            app.builder.add_css_file(f"explorers/{view}.css")
            state |= {"_esm": {"script": view}, "_css": ""}
            continue
        name = hashlib.sha256(state["_esm"].encode()).hexdigest()[:16]
        try:
            source = _modules.registered(name, state["_esm"])
        except ValueError:  # it imports from elsewhere: the host loads it as a module
            continue
        _write(Path(app.outdir, "_static", "widgets", f"{name}.js"), source)
        app.builder.add_js_file(f"widgets/{name}.js", priority=VIEWS)
        state["_esm"] = {"script": name}


def shared(saved: dict) -> dict:
    """Replace long values that occur again by ``{"shared": index}`` into the list ``shared``.

    Args:
        saved: a page's widget state, as myst-nb writes it; changed in place.

    Returns:
        The same state with the list; ``static/host.js`` puts the values back.
    """
    values = [
        (model["state"], name, json.dumps(value))
        for model in saved["state"].values()
        for name, value in model["state"].items()
    ]
    counts = Counter(text for _, _, text in values if len(text) > WORTH_SHARING)
    index = {text: number for number, text in enumerate(t for t, n in counts.items() if n > 1)}
    for state, name, text in values:
        if text in index:
            state[name] = {"shared": index[text]}
    saved["shared"] = [json.loads(text) for text in index]
    return saved


def choose_host(app: Sphinx, config: Config) -> None:
    """Load the book's own host on widget pages, not a CDN's; have figures in place until then."""
    config.nb_ipywidgets_js = {"host.js": {}}
    os.environ["CNNLIB_STATIC_FIGURES"] = "1"  # read by the explorers in the pages' kernels


def setup(app: Sphinx) -> dict:
    """Check each page as it is read."""
    app.connect("config-inited", choose_host)
    app.connect("doctree-read", check_page)
    app.connect("builder-inited", write_scripts)
    app.connect("env-updated", changed_scripts)
    app.connect("html-page-context", publish_state)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
