"""Every control of every kind of explorer by keyboard, found by what it is, not by its name."""

from functools import partial

import pytest
from browsing import EXPLORER_PAGES, drawing, redrawn
from keyboard import KIND, enter, operate
from PIL import Image

pytest_plugins = ("book_build", "browser_fixtures")

# Disabled ones are the settings without effect of test_browser_settings.py.
CONTROLS = (
    ":is(input, select, button, [role=application], [role=gridcell][tabindex='0'])"
    ":not(:disabled):visible"
)
NAME_AND_VALUE = """(one) =>
  [one.ariaLabel ?? one.labels?.[0]?.textContent ?? one.textContent, one.value]"""
NAMES = f"(all) => all.map((one) => ({NAME_AND_VALUE})(one)[0])"
AT_ITS_END = """(one) => (one.localName === "select"
  ? one.selectedIndex === one.length - 1 : one.value === one.min)"""
HAS_FOCUS = "(one) => one === document.activeElement"

# What takes a key back.
BACK = {
    "ArrowRight": "ArrowLeft",
    "ArrowLeft": "ArrowRight",
    "ArrowDown": "ArrowUp",
    "ArrowUp": "ArrowDown",
    "Space": "Space",
    "PageUp": "PageDown",
}
TOOLS = {"Eraser"}  # what is chosen to draw with draws nothing by itself
# Controls that rightly change nothing at first: on which control to press which key before.
FIRST = {
    "Turn 180°": ("Random", "Enter"),  # a symmetric kernel stays as it is
    "Smaller": ("Larger", "Enter"),  # a network opens as small as it gets
    "Fit: fit the page": ("Larger", "Enter"),
    "other, drawing 1": ("The new drawing", "Enter"),  # it is chosen, once all are cleared
    "Steps of training": ("Steps of training", "Home"),  # few more show nothing after a hundred
    "Steps of training, value": ("Steps of training", "Home"),
}
PATIENCE = {"button": 60, "file": 60}  # looks at the drawing; players and files take their time


@pytest.fixture
def stripes(tmp_path):
    """A picture file of 60x40 pixels: vertical stripes, each 10 pixels wide."""
    path = tmp_path / "stripes.png"
    stripes = Image.new("L", (6, 1))
    stripes.putdata([0, 255] * 3)
    stripes.resize((60, 40), Image.Resampling.NEAREST).save(path)
    return path


def reach(controls, index, explorer):
    """Bring the focus to a control with Tab from the one before it; say whether that worked."""
    if index:
        controls.nth(index - 1).focus()
    else:
        explorer.evaluate("(explorer) => { explorer.tabIndex = -1; explorer.focus(); }")
    for _ in range(3):  # a scrollable box may be a stop on the way
        explorer.page.keyboard.press("Tab")
        if controls.nth(index).evaluate(HAS_FOCUS):
            return True
    return False


def go_on(explorer):
    """Take what runs by itself, a window or a training, a step away from its start."""
    if (one_step := explorer.get_by_role("button", name="One step")).count():
        one_step.press("Enter")
        return
    for key in ("ArrowRight", "ArrowDown"):
        explorer.get_by_role("application").last.press(key)


def put_back(control, key, was):
    """Undo `operate` as far as a key can, so that the next control finds a usual state."""
    page = control.page
    if key in BACK:
        page.keyboard.press(BACK[key])
    elif key == "number":
        enter(page, was)
    elif "Pause" in control.inner_text():
        page.keyboard.press("Enter")


def dead_controls(explorer, is_first):
    """Try the controls of an explorer; yield the names of those that fail, and how.

    A slider's number field and Reset are the same everywhere: the first explorer of a page stands
    for all. (Reset of each kind is tried in test_browser_settings.py.)
    """
    view, controls = explorer.locator(".cnn-anywidget"), explorer.locator(CONTROLS)
    grids = explorer.get_by_role("grid")
    if controls.and_(explorer.get_by_role("gridcell")).count() != grids.count():
        yield "a grid has no cell, or several, where Tab stops"
    for index in range(controls.count()):
        control = controls.nth(index)
        name, was = control.evaluate(NAME_AND_VALUE)
        if not is_first and (name == "Reset" or name.endswith(", value")):
            continue
        if name == "Start again":  # it is at the start
            go_on(explorer)
        if name == "Reset":  # there is nothing to restore
            kinds = ("input[type=range]:enabled", "select", "input[type=checkbox]")
            first = next(one for kind in kinds if (one := explorer.locator(kind)).count()).first
            switch = first.get_attribute("type") == "checkbox"
            up = first.evaluate(AT_ITS_END)
            first.press("Space" if switch else "ArrowUp" if up else "ArrowDown")
        if name in FIRST:
            other, key = FIRST[name]
            button = explorer.get_by_role("button", name=other, exact=True)
            explorer.get_by_label(other, exact=True).or_(button).press(key)
        if not reach(controls, index, explorer):
            yield f"{name}: Tab does not reach it"
            continue
        before, looks = drawing(view), PATIENCE.get(control.evaluate(KIND), 4)
        key = operate(control, partial(redrawn, view, before, looks))
        if key is None and name not in TOOLS:
            yield f"{name}: nothing changes"
        put_back(control, key, was)


@pytest.fixture(scope="module")
def tried():
    """The kinds of explorers that have been tried on a page before: those with other controls."""
    return set()


@pytest.mark.parametrize("page", EXPLORER_PAGES)
def test_every_control_answers_the_keyboard(visit, page, stripes, tried):
    opened = visit.open(page)
    opened.on("filechooser", lambda chooser: chooser.set_files(stripes))
    explorers = opened.locator(".cnn-explorer").all()
    assert explorers
    for place, explorer in enumerate(explorers):
        kind = tuple(explorer.locator(CONTROLS).evaluate_all(NAMES))
        if kind not in tried:
            tried.add(kind)
            assert list(dead_controls(explorer, place == 0)) == []
