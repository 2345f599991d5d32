"""A static page with every widget that the page host draws, made as a notebook would save it."""

import html
import inspect
import json
import shutil
from pathlib import Path

import anywidget
import ipywidgets as widgets
import traitlets
from ipywidgets.embed import dependency_state, embed_data

from cnnlib import explorers
from cnnlib.explorers._pictures import Picture

EXPLORERS = [
    made
    for made in (getattr(explorers, name) for name in explorers.__all__)
    if inspect.isclass(made) and issubclass(made, explorers.Explorer)
    if made is not explorers.Explorer
]
"""The book's explorers."""
STATIC = Path(__file__).parents[2] / "book" / "static"
FRUIT = ["apple", "pear", "quince"]

PAIRS = {
    # The widget under test, its linked trait, and the role that assistive technology hears.
    "IntSlider": (lambda **how: widgets.IntSlider(3, min=0, max=9, **how), "value", "slider"),
    "FloatSlider": (
        lambda **how: widgets.FloatSlider(0.5, min=-1, max=1, step=0.25, **how),
        "value",
        "slider",
    ),
    "FloatLogSlider": (
        lambda **how: widgets.FloatLogSlider(10, base=10, min=-2, max=3, step=0.5, **how),
        "value",
        "slider",
    ),
    "SelectionSlider": (
        lambda **how: widgets.SelectionSlider(options=FRUIT, **how),
        "index",
        "slider",
    ),
    "Dropdown": (lambda **how: widgets.Dropdown(options=FRUIT, **how), "index", "combobox"),
    "RadioButtons": (lambda **how: widgets.RadioButtons(options=FRUIT, **how), "index", "group"),
    "ToggleButtons": (lambda **how: widgets.ToggleButtons(options=FRUIT, **how), "index", "group"),
    "ToggleButton": (lambda **how: widgets.ToggleButton(**how), "value", "button"),
    "Checkbox": (lambda **how: widgets.Checkbox(**how), "value", "checkbox"),
    "IntText": (lambda **how: widgets.IntText(4, **how), "value", "spinbutton"),
    "FloatText": (lambda **how: widgets.FloatText(1.5, **how), "value", "spinbutton"),
    "BoundedIntText": (
        lambda **how: widgets.BoundedIntText(4, min=0, max=9, **how),
        "value",
        "spinbutton",
    ),
    "BoundedFloatText": (
        lambda **how: widgets.BoundedFloatText(1.5, min=0, max=2, step=0.5, **how),
        "value",
        "spinbutton",
    ),
}


class Bytes(anywidget.AnyWidget):
    """Says the sum of its own bytes, of a shared picture's, and a number."""

    _esm = """
    const sum = (view) =>
      new Uint8Array(view.buffer, view.byteOffset, view.byteLength).reduce((a, b) => a + b, 0);
    const started = [];
    export default () => ({
      initialize: ({ model }) => started.push(model),
      async render({ model, el }) {
        const id = model.get("picture").replace("IPY_MODEL_", "");
        const picture = await model.widget_manager.get_model(id);
        const draw = () => {
          const sums = [sum(model.get("bytes")), sum(picture.get("pixels"))];
          el.textContent = [started.includes(model), ...sums, model.get("number")].join(", ");
        };
        model.on("change:number", draw);
        draw();
      },
    });
    """
    _css = ".bytes { letter-spacing: 1px; }"
    bytes = traitlets.Bytes(b"\x01\x02\xff").tag(sync=True)
    picture = traitlets.Instance(Picture).tag(sync=True, **widgets.widget_serialization)
    number = traitlets.Int(7).tag(sync=True)


class Broken(anywidget.AnyWidget):
    """Fails while it is drawn."""

    _esm = "export default { render() { throw new Error('broken on purpose'); } };"


def named(widget, name):
    """Give a widget a class to find it by; return it."""
    widget.add_class(name)
    return widget


def pair(kind):
    """Two widgets of a kind, joined both ways, and a label that follows the first."""
    make, trait, _ = PAIRS[kind]
    one = named(make(description=f"{kind} one"), f"{kind}-one")
    other = named(make(description=f"{kind} other"), f"{kind}-other")
    echo = named(widgets.Label(), f"{kind}-echo")
    widgets.jslink((one, trait), (other, trait))
    widgets.jsdlink((one, trait), (echo, "value"))
    return widgets.HBox([one, other, echo])


def player(name, **how):
    """A player, joined to a slider."""
    play = named(widgets.Play(value=2, max=5, interval=20, description=name, **how), name)
    frame = widgets.IntSlider(2, max=5, description=f"{name} frame")
    widgets.jslink((play, "value"), (frame, "value"))
    return widgets.VBox([play, frame])


def limits():
    """A slider whose range and step three other sliders hold, and what follows it."""
    ruled = widgets.IntSlider(8, min=0, max=10, description="Ruled")
    rules = []
    for trait, start, end in (("min", 0, 9), ("max", 10, 20), ("step", 1, 5)):
        rule = widgets.IntSlider(start, min=0, max=end, description=f"Its {trait}")
        widgets.jslink((rule, "value"), (ruled, trait))
        rules.append(rule)
    echo = named(widgets.Label(), "ruled-echo")
    widgets.jsdlink((ruled, "value"), (echo, "value"))
    return widgets.GridBox([ruled, *rules, echo])


def switches():
    """Sliders that follow a drag at once and at its end, one that is off, one that leads."""
    parts = []
    for name, late in (("At once", False), ("At the end", True)):
        slider = widgets.IntSlider(5, description=name, continuous_update=not late)
        echo = named(widgets.Label(), name.lower().replace(" ", "-"))
        widgets.jsdlink((slider, "value"), (echo, "value"))
        parts += [slider, echo]
    off = widgets.IntSlider(5, description="Off", disabled=True)
    lock = widgets.Checkbox(True, description="Lock")
    widgets.jslink((lock, "value"), (off, "disabled"))
    leader = widgets.IntSlider(1, description="Leader")
    follower = widgets.IntSlider(1, description="Follower")
    widgets.jsdlink((leader, "value"), (follower, "value"))
    hidden = named(widgets.Label("not to be seen", layout={"display": "none"}), "hidden")
    return widgets.Box([*parts, off, lock, leader, follower, hidden])


def foreign():
    """An anywidget and HTML, both moved by a slider."""
    number = widgets.IntSlider(7, description="Number")
    view = named(Bytes(picture=Picture(height=1, width=2, pixels=b"\x0a\x14")), "bytes")
    words = named(widgets.HTML("<em>7</em>"), "words")
    widgets.jslink((number, "value"), (view, "number"))
    widgets.jsdlink((number, "value"), (words, "value"))
    return widgets.VBox([number, view, words])


def write(folder, name, views, figure=None):
    """Write a page as the book lays one out.

    Args:
        folder: where; the host's script and styles are put beside it.
        name: of the file.
        views: the widgets to show, each as a notebook's output.
        figure: one of `views` that has a static figure, as the explorers have.

    Returns:
        The names of the widget models in the page.
    """
    for needed in ("host.js", "host.css", "book.css"):
        shutil.copy(STATIC / needed, folder)
    # Without `state`, every widget that this process ever made is saved.
    state = dependency_state(views, drop_defaults=False)
    saved = embed_data(views=views, drop_defaults=False, state=state)
    written = json.dumps(saved["manager_state"], sort_keys=True).replace("</", "<\\/")
    outputs = []
    for widget, view in zip(views, saved["view_specs"], strict=True):
        if widget is figure:
            outputs.append(
                f'<figure class="cnn-static" data-cnn-model="{widget.model_id}">'
                "<svg role='img' aria-label='Still' width='50' height='50'>"
                "<rect width='50' height='50'/></svg></figure>"
            )
        else:
            kind = "application/vnd.jupyter.widget-view+json"
            outputs.append(f'<script type="{kind}">{json.dumps(view)}</script>')
    page = f"""<!doctype html>
        <html lang="en" data-theme="light"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width"><title>{html.escape(name)}</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="book.css"><link rel="stylesheet" href="host.css">
        <style>body {{ background: var(--cnn-surface); color: var(--cnn-ink); }}</style></head>
        <body><main><h1>Gallery</h1>{"".join(outputs)}
        <script type="application/vnd.jupyter.widget-state+json">{written}</script>
        <script src="host.js"></script></main></body></html>"""
    (folder / name).write_text(page, "utf8")
    return {model["model_name"] for model in saved["manager_state"]["state"].values()}
