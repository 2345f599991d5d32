"""The live network in a browser: drawing, looking, breaking, and what Keras says of the same."""

import io
import re

import accessibility
import pytest
from browsing import settle
from live_network import right, says
from PIL import Image

from cnnlib.explorers import LiveNetworkExplorer

pytest_plugins = "browser_fixtures"

SURFACE = re.compile("^Drawing surface")
MAPS = re.compile("^Maps")


@pytest.fixture
def digits(shown):
    """The digits network on a page, as (page, box); the test fails on a script's error."""
    page, (box,) = shown(LiveNetworkExplorer())
    yield page, box
    assert page.errors == []


def pixels(box):
    return box.locator(".cnn-easel canvas").evaluate("(one) => one.toDataURL()")


def open_map(page, box, layer, channel):
    """Open a map by the keys alone."""
    maps = box.get_by_label(MAPS)
    for _ in range(60):
        maps.press("ArrowLeft")  # to the picture, whose first map is its only one
    settle(page)
    while not box.locator(".cnn-opened .cnn-title").inner_text().startswith(layer):
        maps.press("ArrowRight")
        settle(page)
    for _ in range(channel):
        maps.press("ArrowDown")
    settle(page)


def press_through(page, box, keys):
    surface = box.get_by_label(SURFACE)
    for key in keys:
        surface.press(key)
    settle(page)


def test_a_line_drawn_by_mouse_changes_what_the_network_says_until_it_is_undone(digits):
    page, box = digits
    before, said = pixels(box), says(box)
    canvas = box.locator(".cnn-easel canvas").bounding_box()
    x, y, side = canvas["x"], canvas["y"], canvas["width"]
    box.get_by_role("button", name="Clear", exact=True).click()
    page.mouse.move(x + side * 0.5, y + side * 0.06)
    page.mouse.down()
    page.mouse.move(x + side * 0.5, y + side * 0.94, steps=8)
    page.mouse.up()
    settle(page)
    assert pixels(box) != before
    assert says(box)[0] == "1"
    for _ in range(2):
        box.get_by_role("button", name="Undo", exact=True).click()
    settle(page)
    assert (pixels(box), says(box)) == (before, said)


def test_the_keyboard_draws_a_one(digits):
    page, box = digits
    box.get_by_role("button", name="Clear", exact=True).click()
    press_through(page, box, ["ArrowUp"] * 7 + ["Space"] + ["ArrowDown"] * 14 + ["Space"])
    assert says(box)[0] == "1"
    press_through(page, box, ["e", "Space"] + ["ArrowUp"] * 14 + ["Space", "e"])
    settle(page)
    empty = box.locator(".cnn-easel canvas").evaluate(
        """(one) => one.getContext("2d").getImageData(0, 0, 16, 16).data
          .every((value, i) => i % 4 === 3 || value === 0)"""
    )
    assert empty


def test_a_finger_draws_a_one(shown):
    page, (box,) = shown(LiveNetworkExplorer(), has_touch=True)
    box.get_by_role("button", name="Clear", exact=True).tap()
    surface = box.get_by_label(SURFACE)
    surface.scroll_into_view_if_needed()
    area = box.locator(".cnn-easel canvas").bounding_box()
    session = page.context.new_cdp_session(page)
    for kind, share in (("touchStart", 0.06), ("touchMove", 0.5), ("touchMove", 0.94)):
        place = {"x": area["x"] + area["width"] / 2, "y": area["y"] + area["height"] * share}
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [place]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert says(box)[0] == "1"
    assert page.errors == []


def test_a_picture_of_ones_own_is_put_on_the_page_and_undone(digits):
    page, box = digits
    before = pixels(box)
    picture = LiveNetworkExplorer()._network.pictures[3, ..., 0]
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "PNG")
    chooser = box.locator("input[type=file]")
    chooser.set_input_files(
        {"name": "three.png", "mimeType": "image/png", "buffer": file.getvalue()}
    )
    box.get_by_role("alert").filter(has_text="three.png").wait_for()
    expected = LiveNetworkExplorer(picture=3).compute()["probabilities"]
    name, share = says(box)
    assert name == max(expected, key=expected.get)
    assert share == pytest.approx(100 * expected[name], abs=0.6)
    box.get_by_role("button", name="Undo", exact=True).click()
    settle(page)
    assert pixels(box) == before
    chooser.set_input_files({"name": "no.png", "mimeType": "image/png", "buffer": b"no picture"})
    box.get_by_role("alert").filter(has_text="not a picture").wait_for()
    assert pixels(box) == before


def test_a_test_picture_is_chosen_by_keys(digits):
    page, box = digits
    box.get_by_label(re.compile("^Test pictures")).press("ArrowRight")
    settle(page)
    expected = LiveNetworkExplorer(picture=1).compute()["probabilities"]
    name, share = says(box)
    assert name == max(expected, key=expected.get)
    assert share == pytest.approx(100 * expected[name], abs=0.6)


@pytest.mark.parametrize(
    ("target", "key", "expected"),
    [("Test pictures", "ArrowRight", "3, 100 %"), ("Opened map", "ArrowUp", "row 1, column 6")],
)
def test_keys_that_come_faster_than_frames_all_count(digits, target, key, expected):
    page, box = digits
    box.get_by_label(re.compile(f"^{target}")).evaluate(
        """(target, key) => {
          for (let i = 0; i < 5; i++) target.dispatchEvent(new KeyboardEvent("keydown", { key }));
        }""",
        key,
    )
    settle(page)
    assert expected in box.locator(".cnn-words").inner_text()


def test_the_map_that_keys_reach_stays_in_sight(shown):
    page, (box,) = shown(LiveNetworkExplorer("symbols"))
    page.set_viewport_size({"width": 1000, "height": 720})
    maps = box.get_by_label(MAPS)
    for _ in range(60):
        maps.press("ArrowRight")
    settle(page)
    chosen, window = box.locator(".cnn-maps .cnn-chosen").bounding_box(), maps.bounding_box()
    for start, size in (("x", "width"), ("y", "height")):
        assert window[start] - 1 <= chosen[start]
        assert chosen[start] + chosen[size] <= window[start] + window[size] + 1


def test_shift_and_turn_are_those_of_python(digits):
    _, box = digits
    box.get_by_label("Shift right", exact=True).fill("3")
    box.get_by_label("Turn", exact=True).fill("40")
    expected = LiveNetworkExplorer(right=3, turn=40).compute()["probabilities"]
    name, share = says(box)
    assert name == max(expected, key=expected.get)
    assert share == pytest.approx(100 * expected[name], abs=1.5)


def test_a_broken_kernel_cell_costs_what_it_costs_in_keras(digits):
    page, box = digits
    open_map(page, box, "conv1", 5)
    field = box.get_by_label("Weight in row 0, column 0, value", exact=True)
    field.fill("-6")
    field.press("Enter")
    edit = {"layer": "conv1", "weight": "kernel", "at": [0, 0, 0, 5], "value": -6}
    broken = LiveNetworkExplorer(edits=[edit]).compute()["right"]
    whole = LiveNetworkExplorer().compute()["right"]
    assert broken != whole
    assert right(box) == broken
    assert f"{whole} before" in box.locator(".cnn-score").inner_text()
    box.get_by_role("button", name="Undo", exact=True).click()
    assert right(box) == whole
    assert "Broken" not in box.locator(".cnn-score").inner_text()


def test_maps_units_and_biases_break_and_reset_mends(digits):
    page, box = digits
    whole = right(box)
    open_map(page, box, "conv2", 2)
    box.get_by_label(MAPS).press("Delete")
    open_map(page, box, "digit", 8)
    bias = box.get_by_label("bias of this map", exact=True)
    bias.fill("-40")
    bias.press("Enter")
    open_map(page, box, "hidden", 3)
    box.get_by_role("button", name="Switch this unit off").click()
    edits = [
        {"layer": "conv2", "map": 2},
        {"layer": "digit", "weight": "bias", "at": [8], "value": -40},
        {"layer": "hidden", "map": 3},
    ]
    expected = LiveNetworkExplorer(edits=edits).compute()
    assert right(box) == expected["right"] < whole
    assert "unit 4 of hidden off" in box.locator(".cnn-score").inner_text()
    box.get_by_role("button", name="Reset", exact=True).click()
    page.wait_for_timeout(100)
    assert right(box) == whole


def test_a_layer_without_a_kernel_shows_none(digits):
    page, box = digits
    open_map(page, box, "conv2", 0)
    tables = box.locator(".cnn-tables")
    assert tables.is_visible()
    open_map(page, box, "pool", 0)
    assert not tables.is_visible()
    assert "the largest value of its window" in box.locator(".cnn-sum").inner_text()


def test_a_shortcut_is_cut_as_in_keras(shown):
    network = LiveNetworkExplorer("symbols")
    joins = [one["name"] for one in network.network.graph["layers"] if one["kind"] == "Add"]
    edits = [{"layer": joins[0], "input": 1}]
    page, (box,) = shown(network)
    whole = right(box)
    assert whole == network.compute()["right"]
    open_map(page, box, joins[0].split("/")[-1], 0)
    cut = box.locator(".cnn-opened button[aria-pressed]").nth(2)
    cut.click()
    settle(page)
    assert cut.get_attribute("aria-pressed") == "true"
    assert right(box) == LiveNetworkExplorer("symbols", edits=edits).compute()["right"]
    assert page.errors == []


def test_a_connection_is_cut_as_in_keras_until_it_is_undone(shown):
    edits = [{"layer": "C3", "slice": [1, 1]}]
    page, (box,) = shown(LiveNetworkExplorer("lenet"))
    whole = right(box)
    open_map(page, box, "C3", 1)
    for key in ["ArrowLeft"] * 2 + ["ArrowRight"]:
        box.get_by_label(re.compile("^Slices")).press(key)
    cut = box.get_by_role("button", name="Cut this connection")
    cut.click()
    settle(page)
    assert cut.get_attribute("aria-pressed") == "true"
    assert box.locator(".cnn-strand.cnn-severed").count() == 1
    assert box.locator(".cnn-kernel-table").evaluate("(one) => one.inert")
    assert "map 3 of S2 → map 2 of C3 cut" in box.locator(".cnn-score").inner_text()
    assert right(box) == LiveNetworkExplorer("lenet", edits=edits).compute()["right"] < whole
    box.get_by_role("button", name="Undo", exact=True).click()
    assert right(box) == whole
    assert not box.locator(".cnn-kernel-table").evaluate("(one) => one.inert")
    assert page.errors == []


def test_a_cell_of_a_bitmap_is_edited_as_in_keras(shown):
    edit = {"layer": "output", "weight": "centers", "at": [8, 0], "value": 30}
    page, (box,) = shown(LiveNetworkExplorer("lenet"))
    open_map(page, box, "output", 8)
    field = box.get_by_label("Weight in row 0, column 0, value", exact=True)
    field.fill("30")
    field.press("Enter")
    expected = LiveNetworkExplorer("lenet", edits=[edit]).compute()
    assert right(box) == expected["right"]
    name = min(expected["distances"], key=expected["distances"].get)
    said = box.locator(".cnn-words").inner_text()
    assert said.startswith(f"{name}, at distance {expected['distances'][name]:.1f}.")
    assert page.errors == []


def test_a_network_beside_another_sees_what_is_drawn_there_and_breaks_alone(shown):
    first = LiveNetworkExplorer("lenet")
    page, (upper, lower) = shown(first, first.beside("lenet_modern"))
    before, whole = says(lower), right(lower)
    upper.get_by_role("button", name="Clear", exact=True).click()
    press_through(page, upper, ["ArrowUp"] * 13 + ["Space"] + ["ArrowDown"] * 27 + ["Space"])
    assert says(lower)[0] == "1" != before[0]
    undo = lower.get_by_role("button", name="Undo", exact=True)
    assert undo.is_disabled()
    open_map(page, lower, "C1", 0)
    lower.get_by_label(MAPS).press("Delete")
    assert right(lower) < whole
    assert "Broken" not in upper.locator(".cnn-score").inner_text()
    undo.click()
    assert right(lower) == whole
    lower.get_by_label(re.compile("^Test pictures")).press("ArrowRight")
    settle(page)
    assert "3, at distance" in upper.locator(".cnn-words").inner_text()
    assert page.errors == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_accessibility_rules_hold(shown, theme):
    first = LiveNetworkExplorer("lenet")
    page, _ = shown(LiveNetworkExplorer("symbols"), first, first.beside("lenet_modern"))
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    settle(page)
    assert accessibility.violations(page, ".cnn-explorer") == []


def test_a_unit_of_the_last_layer_says_its_class(digits):
    page, box = digits
    open_map(page, box, "digit", 7)
    title = box.locator(".cnn-opened .cnn-title").inner_text()
    assert title == "digit, unit 8 of 10: 7"


@pytest.mark.parametrize("across", [360, 800])
def test_names_below_the_maps_do_not_meet_and_what_is_out_of_sight_is_told(shown, across):
    page, (box,) = shown(LiveNetworkExplorer("symbols"))
    page.set_viewport_size({"width": across, "height": 900})
    settle(page)
    names = [one.bounding_box() for one in box.locator(".cnn-layer-name").all()]
    assert len(names) > 20
    for i, one in enumerate(names):
        for other in names[:i]:
            beside = abs(one["y"] - other["y"]) > 8
            left, right = sorted((one, other), key=lambda name: name["x"])
            assert beside or left["x"] + left["width"] < right["x"]
    hidden = box.get_by_label(MAPS).evaluate("(one) => one.scrollHeight > one.clientHeight + 12")
    assert ("Scroll" in box.locator(".cnn-abreast .cnn-hint").last.inner_text()) == hidden
