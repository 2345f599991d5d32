"""Every explorer's controls in JupyterLab and Notebook 7: laid out, coloured and moved as on pages.

One server serves both. In JupyterLab a notebook holds, one to a cell, the explorer with the most
controls of each combination of kinds that occurs, in Notebook 7, whose widgets are the same code,
a sample with every kind. That each control of every explorer changes its drawing is tried on pages.
"""

import gallery
import pytest
from accessibility import violations
from browsing import settle
from gallery import EXPLORERS
from jupyterlab_session import choose_theme, jupyterlab, open_notebook, run_all, write_notebook

from cnnlib.explorers import (
    ConvolutionExplorer,
    ConvolutionFamilyExplorer,
    LiveNetworkExplorer,
    PoolingExplorer,
    TimelineExplorer,
    TrainingExplorer,
)

pytest_plugins = "browser_fixtures"


def fullest(explorers):
    """Return, of the explorers with equal kinds of controls, the name of the one with the most."""
    names = {}
    for explorer in sorted(explorers, key=lambda one: len(one._settings())):
        kinds = frozenset(map(type, explorer._settings().values()))
        names[kinds] = explorer.__name__
    return [*names.values()]


ON_A_PAGE = (ConvolutionExplorer, ConvolutionFamilyExplorer, PoolingExplorer, TimelineExplorer)
SAMPLE = [one.__name__ for one in (*ON_A_PAGE, LiveNetworkExplorer, TrainingExplorer)]
PLACES = {
    "JupyterLab": ("lab/tree", sorted({*fullest(EXPLORERS), *SAMPLE})),
    "Notebook 7": ("notebooks", SAMPLE),
}
WIDTHS = (500, 640, 900, 1250, 1600)
LATER = {"TrainingExplorer"}
"""What is set there shows when the network learns on."""
LEAST_TRACK = 120
INK = {True: "rgb(28, 33, 40)", False: "rgb(230, 237, 243)"}
FOCUS = {True: "rgb(11, 87, 208)", False: "rgb(138, 180, 248)"}

# Where the controls of an explorer and their parts are, from the left upper corner of their panel.
LAYOUT = """(box) => {
  const panel = box.querySelector(".cnn-panel-controls");
  const origin = panel.getBoundingClientRect();
  const place = (node) => {
    if (!node) return null;
    const { x, y, width, height } = node.getBoundingClientRect();
    const [left, top] = [x - origin.x, y - origin.y];
    const whole = node.scrollWidth <= node.clientWidth + 1 || node.scrollWidth === 0;
    return { left, top, right: left + width, bottom: top + height, whole };
  };
  return [...panel.children].map((control) => {
    const label = control.querySelector("label:not([style*=none])");
    return {
      name: label?.textContent.trim() ?? "",
      control: place(control),
      label: place(label),
      track: place(control.querySelector(".noUi-base, input[type=range]")),
      number: place(control.querySelector(".widget-readout, input[type=number]")),
    };
  });
}"""
# The drawing, without the words below it.
DRAWN = """(box) => {
  const drawing = box.querySelector(".cnn-view").firstElementChild;
  const canvases = [...drawing.querySelectorAll("canvas")].map((one) => one.toDataURL());
  return [drawing.innerHTML, ...canvases].join();
}"""
ENABLED = ".cnn-panel-controls > .jupyter-widgets:not(:has([disabled]))"
PARTS = "[role=slider], [role=textbox], select, input[type=checkbox], button"
SET_WIDTH = "(one, width) => (one.style.width = `${width}px`)"
OUTLINE = """(one) => {
  const style = getComputedStyle(one.closest(".slider-container") ?? one);
  return [style.outlineStyle, style.outlineWidth, style.outlineColor];
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of a server with a notebook for each front end, of its name."""
    folder = tmp_path_factory.mktemp("jupyter")
    with jupyterlab(folder) as address:
        for place, (_, names) in PLACES.items():
            cells = ["from cnnlib.explorers import *", *(f"{name}()" for name in names)]
            write_notebook(folder / "notebooks" / f"{place}.ipynb", cells)
        yield address


@pytest.fixture(scope="module", params=PLACES)
def place(request):
    """The name of a front end."""
    return request.param


@pytest.fixture(scope="module")
def page(place, browser, address):
    """The notebook in a front end, the sidebar open, every explorer drawn."""
    errors = []
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    path, names = PLACES[place]
    open_notebook(page, address, f"{place}.ipynb", path)
    page.on("pageerror", lambda error: errors.append(f"{error} {error.stack}"))
    page.evaluate("() => jupyterapp.shell.expandLeft('table-of-contents')")
    run_all(page)
    words = page.locator(".cnn-explorer [role=status]:not(:empty)")
    words.nth(len(names) - 1).wait_for(state="attached", timeout=600_000)
    yield page
    page.close()
    assert [one for one in errors if "blob:" in one] == []  # the front end's own are not the book's


@pytest.fixture
def explorers(place, page):
    """A function that gives pairs of an explorer's name and its locator, each in view in turn."""

    def each():
        _, names = PLACES[place]
        for name, box in zip(names, page.locator(".cnn-explorer").all(), strict=True):
            box.evaluate("(one) => one.scrollIntoView({ block: 'start', behavior: 'instant' })")
            settle(page)
            yield name, box

    return each


@pytest.fixture(scope="module")
def static(browser, tmp_path_factory):
    """Explorers with every kind of control on a static page, by their names."""
    folder = tmp_path_factory.mktemp("static")
    made = [explorer() for explorer in ON_A_PAGE]
    gallery.write(folder, "page.html", made)
    page = browser.new_page(viewport={"width": 1900, "height": 900})
    page.goto((folder / "page.html").as_uri())
    page.wait_for_function("() => !document.querySelector('.cnn-anywidget:not([data-ready])')")
    boxes = page.locator(".cnn-explorer").all()
    yield {type(one).__name__: box for one, box in zip(made, boxes, strict=True)}
    page.close()


def check_layout(control):
    """Nothing is cut off; a slider has its label and its number above a track that is long."""
    label, track, number = control["label"], control["track"], control["number"]
    assert all(part["whole"] for part in (control["control"], label, number) if part), control
    if track:
        assert track["right"] - track["left"] >= LEAST_TRACK
        assert label["bottom"] <= track["top"]
        assert number["bottom"] <= track["top"] + 1
        assert label["right"] <= number["left"]


def check_alike(controls, on_a_page):
    """The same controls, in the same order and columns."""
    for control, model in zip(controls, on_a_page, strict=True):
        assert control["name"] == model["name"]
        for side in ("left", "right"):
            assert control["control"][side] == pytest.approx(model["control"][side], abs=1)


@pytest.mark.parametrize("window", [1280, 1920])
def test_every_slider_has_a_track_beside_an_open_sidebar(page, explorers, window):
    page.set_viewport_size({"width": window, "height": 1000})
    for _, box in explorers():
        for control in box.evaluate(LAYOUT):
            check_layout(control)
    page.set_viewport_size({"width": 1280, "height": 1000})


@pytest.mark.parametrize("width", WIDTHS)
def test_controls_are_laid_out_as_on_a_page_in_a_cell_of_any_width(page, explorers, static, width):
    sheet = page.add_style_tag(content=f".jp-Cell {{ width: {width}px !important }}")
    for name, box in explorers():
        controls = box.evaluate(LAYOUT)
        for control in controls:
            check_layout(control)
        if name in static:
            panel = box.locator(".cnn-panel-controls").bounding_box()
            static[name].locator(".cnn-panel-controls").evaluate(SET_WIDTH, panel["width"])
            check_alike(controls, static[name].evaluate(LAYOUT))
    sheet.evaluate("(one) => one.remove()")


def test_a_drag_moves_every_slider_and_the_drawing(page, explorers):
    for name, box in explorers():
        for slider in box.locator(".widget-slider").all():
            if slider.locator("[disabled]").count():
                continue  # what it sets has no effect under the others
            number, base = slider.locator(".widget-readout"), slider.locator(".noUi-base")
            label = slider.locator("label").inner_text()
            slider.scroll_into_view_if_needed()
            before, drawn = number.inner_text(), box.evaluate(DRAWN)
            handle, track = slider.locator(".noUi-handle").bounding_box(), base.bounding_box()
            x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
            right = x < track["x"] + track["width"] / 2
            page.mouse.move(x, y)
            page.mouse.down()
            page.mouse.move(x + (50 if right else -50), y, steps=4)
            page.mouse.up()
            settle(page)
            assert number.inner_text() != before, (name, label)
            if name not in LATER:
                assert box.evaluate(DRAWN) != drawn, (name, label)
        box.get_by_role("button", name="Reset", exact=True).click()


def test_a_number_can_be_typed(page, explorers):
    for _, box in explorers():
        for slider in box.locator(".widget-slider:not(:has([disabled]))").all()[:1]:
            handle = slider.get_by_role("slider")
            least = handle.get_attribute("aria-valuemin")
            slider.get_by_role("textbox").click()
            page.keyboard.press("ControlOrMeta+a")
            page.keyboard.type(least)
            page.keyboard.press("Enter")
            settle(page)
            assert float(handle.get_attribute("aria-valuenow")) == float(least)
        box.get_by_role("button", name="Reset", exact=True).click()


@pytest.mark.parametrize("light", [True, False], ids=["light", "dark"])
def test_controls_have_the_books_colours_names_and_a_visible_focus(page, explorers, light):
    choose_theme(page, light)
    for name, box in explorers():
        settle(page)
        for words in box.locator(".cnn-panel-controls label:visible, .cnn-reset").all():
            assert words.evaluate("(one) => getComputedStyle(one).color") == INK[light]
        page.keyboard.press("Shift")  # from now on the keyboard is used
        for part in box.locator(f"{ENABLED} :is({PARTS}):visible").all():
            part.focus()
            assert part.evaluate(OUTLINE) == ["solid", "3px", FOCUS[light]], name
    assert violations(page, ".cnn-explorer") == []
