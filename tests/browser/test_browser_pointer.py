"""The explorers under a mouse and under a finger."""

import re

import pytest
from browsing import settle

pytest_plugins = ("book_build", "browser_fixtures")

FILTERS, PADDING = "foundations/filters.html", "foundations/padding_strides.html"


def first(visit, page, **options):
    main = "[aria-label^='Output grid']" if page == PADDING else "[role=grid]"
    opened = visit.open(page, **options)
    explorer = opened.locator(".cnn-explorer", has=opened.locator(main)).first
    explorer.scroll_into_view_if_needed()
    return explorer


def words(explorer):
    settle(explorer.page)
    return explorer.get_by_role("status").inner_text()


def neuron(explorer):
    """The chosen neuron [row, column], as the line of words names it."""
    found = re.search(r"Neuron (?:in row )?\(?(\d+), (?:column )?(\d+)", words(explorer))
    return [int(index) for index in found.groups()]


def map_size(explorer):
    found = re.search(r"→ (\d+)×(\d+)", words(explorer))
    return [int(count) for count in found.groups()]


def point(locator, down, across):
    """Window coordinates of a place in an element, given as fractions of its size."""
    locator.scroll_into_view_if_needed()
    box = locator.bounding_box()
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def finger(page, *points):
    """Put a finger down at the first point, draw it over the others, and lift it."""
    session = page.context.new_cdp_session(page)

    def send(kind, touches):
        touched = [{"x": x, "y": y} for x, y in touches]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})

    send("touchStart", points[:1])
    for touch in points[1:]:
        send("touchMove", [touch])
    send("touchEnd", [])
    settle(page)


def weight(cell):
    settle(cell.page)
    return float(cell.get_attribute("aria-label").split(": ")[1].replace("−", "-"))


def test_hovering_the_map_chooses_the_neuron_under_the_pointer(visit):
    explorer = first(visit, FILTERS)
    rows, columns = map_size(explorer)
    stage = explorer.locator(".cnn-map .cnn-stage")
    for down, across in [(0.25, 0.75), (0.6, 0.1)]:
        explorer.page.mouse.move(*point(stage, down, across))
        assert neuron(explorer) == [int(down * rows), int(across * columns)]


def test_hovering_the_picture_moves_the_window_onto_the_pointer(visit):
    explorer = first(visit, FILTERS)
    stage, window = explorer.locator(".cnn-input .cnn-stage"), explorer.locator(".cnn-window")
    for down, across in [(0.3, 0.7), (0.8, 0.2)]:
        x, y = point(stage, down, across)
        explorer.page.mouse.move(x, y)
        settle(explorer.page)
        box = window.bounding_box()
        assert box["x"] <= x <= box["x"] + box["width"]
        assert box["y"] <= y <= box["y"] + box["height"]


def test_dragging_a_kernel_cell_changes_its_weight_alone(visit):
    explorer = first(visit, FILTERS)
    cells = explorer.get_by_role("gridcell")
    before = [weight(cell) for cell in cells.all()]
    said = words(explorer)
    x, y = point(cells.nth(1), 0.5, 0.5)
    mouse = explorer.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 30, y)
    dragged = weight(cells.nth(1))
    mouse.up()
    mouse.move(x + 60, y)
    after = [weight(cell) for cell in cells.all()]
    assert after[1] == dragged > before[1]
    assert after[:1] + after[2:] == before[:1] + before[2:]
    assert words(explorer) != said


@pytest.mark.parametrize("drawing", [".cnn-input svg", ".cnn-output svg"])
def test_hovering_a_grid_chooses_a_neuron(visit, drawing):
    explorer = first(visit, PADDING)
    rows, columns = map_size(explorer)
    for place, corner in [((0.95, 0.95), [rows - 1, columns - 1]), ((0.05, 0.05), [0, 0])]:
        explorer.page.mouse.move(*point(explorer.locator(drawing), *place))
        assert neuron(explorer) == corner


def test_hovering_the_row_chooses_a_column(visit):
    explorer = first(visit, PADDING)
    columns = map_size(explorer)[1]
    for across, column in [(0.95, columns - 1), (0.05, 0)]:
        explorer.page.mouse.move(*point(explorer.locator(".cnn-one-row svg"), 0.9, across))
        assert neuron(explorer)[1] == column


def test_a_tap_moves_the_window(visit):
    explorer = first(visit, FILTERS, width=360, has_touch=True)
    rows, columns = map_size(explorer)
    finger(explorer.page, point(explorer.locator(".cnn-map .cnn-stage"), 0.3, 0.8))
    assert neuron(explorer) == [int(0.3 * rows), int(0.8 * columns)]
    tapped = neuron(explorer)
    finger(explorer.page, point(explorer.locator(".cnn-input .cnn-stage"), 0.7, 0.2))
    assert neuron(explorer) != tapped


def test_a_finger_drawn_sideways_changes_a_weight(visit):
    explorer = first(visit, FILTERS, width=360, has_touch=True)
    cell = explorer.get_by_role("gridcell").nth(4)
    x, y = point(cell, 0.5, 0.5)
    before = weight(cell)
    finger(explorer.page, (x, y), (x + 20, y), (x + 40, y))
    assert weight(cell) > before
    assert cell.get_attribute("aria-selected") == "true"


def test_a_tap_chooses_a_neuron_of_the_grid(visit):
    explorer = first(visit, PADDING, width=360, has_touch=True)
    rows, columns = map_size(explorer)
    finger(explorer.page, point(explorer.locator(".cnn-output svg"), 0.95, 0.95))
    assert neuron(explorer) == [rows - 1, columns - 1]


@pytest.mark.parametrize("page", [FILTERS, PADDING])
def test_the_words_follow_the_window_and_are_announced(visit, page):
    explorer = first(visit, page)
    before = words(explorer)
    explorer.get_by_role("application").first.press("ArrowRight")
    assert words(explorer) != before
