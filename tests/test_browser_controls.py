"""Every control of every explorer by keyboard, found by what it is, not by its name."""

import pytest
from browsing import EXPLORER_PAGES, drawing, finish, redrawn
from PIL import Image

pytest_plugins = ("book_build", "browser_fixtures")

CONTROLS = ":is(input, select, button, [role=application], [role=gridcell][tabindex='0']):visible"
KIND = "(one) => (one.localName === 'input' ? one.type : one.role ?? one.localName)"
NAME = "(one) => one.ariaLabel ?? one.labels?.[0]?.textContent ?? one.textContent"
HAS_FOCUS = "(one) => one === document.activeElement"
OTHER_NUMBER = """(one) => {
  const step = Number(one.step) || 0.5;
  return String(one.valueAsNumber + (one.max === "" || one.valueAsNumber < one.max ? step : -step));
}"""

# What moves a control (each key is tried until the drawing changes) ...
KEYS = {
    "application": ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"),
    "button": ("Enter",),
    "checkbox": ("Space",),
    "file": ("Enter",),
    "gridcell": ("+",),
    "radio": ("ArrowRight", "ArrowLeft"),
    "range": ("ArrowRight", "ArrowLeft"),
    "select": ("ArrowDown", "ArrowUp"),
}
# ... and what takes it back; a number is typed again, else the page is opened anew.
BACK = {
    "ArrowRight": "ArrowLeft",
    "ArrowLeft": "ArrowRight",
    "ArrowDown": "ArrowUp",
    "ArrowUp": "ArrowDown",
    "Space": "Space",
    "+": "-",
}
# Controls that rightly change nothing at first: on which control to press which key before.
FIRST = {
    "Start again": ("Output grid: arrow keys choose a neuron", "End"),  # it is at the start
    "Turn 180°": ("Random", "Enter"),  # a symmetric kernel stays as it is
    "Zeros per side p": ("Padding", "End"),  # only explicit padding has a number of zeros
    "Zeros per side p, value": ("Padding", "End"),
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


def enter(page, text):
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def move(control, view):
    """Operate a focused control; return the key that changed the drawing, None if none did."""
    page, kind, before = control.page, control.evaluate(KIND), drawing(view)
    looks = PATIENCE.get(kind, 4)
    if kind == "number":
        enter(page, control.evaluate(OTHER_NUMBER))
        return "number" if redrawn(view, before, looks) else None
    for key in KEYS[kind]:
        page.keyboard.press(key)
        if redrawn(view, before, looks):
            return key
    return None


def put_back(control, name, key, was):
    """Undo `move`, so that the next control finds the explorer as it was."""
    page = control.page
    if name not in FIRST and key in BACK:
        page.keyboard.press(BACK[key])
    elif name not in FIRST and key == "number":
        enter(page, was)
    else:
        page.reload()
        finish(page)


def dead_controls(explorer):
    """Try every control of an explorer; yield the names of those that fail, and how."""
    view, controls = explorer.locator(".cnn-anywidget"), explorer.locator(CONTROLS)
    for index in range(controls.count()):
        control = controls.nth(index)
        name, was = control.evaluate(NAME), control.evaluate("(one) => one.value")
        if name in FIRST:
            other, key = FIRST[name]
            button = explorer.get_by_role("button", name=other, exact=True)
            explorer.get_by_label(other, exact=True).or_(button).press(key)
        if not reach(controls, index, explorer):
            yield f"{name}: Tab does not reach it"
            continue
        key = move(control, view)
        if key is None:
            yield f"{name}: nothing changes"
        put_back(control, name, key, was)


@pytest.mark.parametrize("page", EXPLORER_PAGES)
def test_every_control_answers_the_keyboard(visit, page, stripes):
    opened = visit.open(page)
    opened.on("filechooser", lambda chooser: chooser.set_files(stripes))
    explorers = opened.locator(".cnn-explorer").all()
    assert explorers
    dead = [list(dead_controls(explorer)) for explorer in explorers]
    assert dead == [[] for _ in explorers]
