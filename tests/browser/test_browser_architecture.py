"""The architecture explorer in the browser: opened, read, painted and moved by keys and fingers."""

import gallery
import keras
import pytest
from accessibility import violations
from browsing import drawing, redrawn, serve, settle

from cnnlib.explorers import ArchitectureExplorer

pytest_plugins = ("book_build", "browser_fixtures")


def branched():
    """Two modules of two branches each, between a stem and a head."""
    x = inputs = keras.Input((16, 16, 3))
    x = keras.layers.Conv2D(8, 7, 2, "same", name="stem")(x)
    for name in ("mixa", "mixb"):
        left = keras.layers.Conv2D(4, 1, name=f"{name}_1x1")(x)
        right = keras.layers.Conv2D(2, 1, name=f"{name}_reduce")(x)
        right = keras.layers.Conv2D(4, 3, padding="same", name=f"{name}_3x3")(right)
        x = keras.layers.Concatenate(name=f"{name}_join")([left, right])
    x = keras.layers.GlobalAveragePooling2D(name="pool")(x)
    return keras.Model(inputs, keras.layers.Dense(4, name="fc")(x), name="branched")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("architecture")
    gallery.write(folder, "index.html", [ArchitectureExplorer(branched())])
    with serve(folder) as address:
        yield address


@pytest.fixture
def page(visit):
    return visit.open("index.html")


def box(page, name):
    return page.get_by_role("treeitem", name=f"{name},")


def words(page):
    settle(page)
    return page.get_by_role("status").inner_text()


def names(page):
    settle(page)
    labels = page.get_by_role("treeitem").evaluate_all("all => all.map((one) => one.ariaLabel)")
    return [label.split(",")[0] for label in labels]


def focused(page):
    settle(page)
    return page.evaluate("document.activeElement.ariaLabel").split(",")[0]


CLOSED = ["input", "stem", "mixa", "mixb", "pool", "fc"]
INSIDE = {"mixa_1x1", "mixa_reduce", "mixa_3x3", "mixa_join"}


def test_blocks_are_closed_at_first_and_open_on_a_click(page):
    assert names(page) == CLOSED
    assert box(page, "mixa").get_attribute("aria-expanded") == "false"
    box(page, "mixa").click()
    assert set(names(page)) == {*CLOSED, *INSIDE}
    assert box(page, "mixa").get_attribute("aria-expanded") == "true"
    box(page, "mixa").locator(".cnn-arch-name").click()
    assert names(page) == CLOSED


def test_all_blocks_open_and_close_at_once(page):
    page.get_by_role("button", name="Open all blocks").click()
    assert len(names(page)) == len(CLOSED) + 8
    page.get_by_role("button", name="Close all blocks").click()
    assert names(page) == CLOSED


def test_keys_walk_along_the_edges_and_open_what_they_reach(page):
    box(page, "input").focus()
    for name in ("stem", "mixa"):
        page.keyboard.press("ArrowDown")
        assert focused(page) == name
    page.keyboard.press("Enter")
    assert focused(page) == "mixa"
    page.keyboard.press("ArrowDown")
    first = focused(page)
    assert first in ("mixa_1x1", "mixa_reduce")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    assert focused(page) in INSIDE
    page.keyboard.press("Escape")
    assert focused(page) == "mixa"
    assert names(page) == CLOSED
    page.keyboard.press("End")
    assert focused(page) == "fc"
    page.keyboard.press("Home")
    assert focused(page) == "input"


def test_the_diagram_is_one_stop_for_tab(page):
    page.get_by_role("button", name="Larger").focus()
    page.keyboard.press("Tab")
    assert focused(page) == "input"
    assert page.locator('.cnn-arch-box[tabindex="0"]').count() == 1


def test_the_pointed_box_tells_its_figures(page):
    assert "branched: 12 layers" in words(page)
    box(page, "stem").hover()
    told = words(page)
    assert "stem: Conv2D 7x7+2(S); 1,184 parameters, 75,264 MACs; output 8×8×8" in told
    assert "each cell sees 7×7, stride 2" in told
    page.mouse.move(1, 1)
    assert "branched: 12 layers" in words(page)


def test_colours_show_shares(page):
    view = page.locator(".cnn-view")
    before = drawing(view)
    page.get_by_label("Colours").select_option("by MACs")
    assert redrawn(view, before)
    shares = page.locator(".cnn-arch-box").evaluate_all(
        "all => all.map((one) => parseFloat(one.style.getPropertyValue('--share')))"
    )
    assert sum(shares) == pytest.approx(100)


def width(page):
    settle(page)
    return page.locator(".cnn-arch-tree").bounding_box()["width"]


def test_buttons_keys_and_wheel_zoom(page):
    start = width(page)
    page.get_by_role("button", name="Larger").click()
    assert width(page) == pytest.approx(1.25 * start, rel=0.01)
    page.get_by_role("button", name="Fit the page").click()
    assert width(page) == pytest.approx(start)
    box(page, "input").focus()
    page.keyboard.press("-")
    assert width(page) < start
    page.keyboard.press("0")
    assert width(page) == pytest.approx(start)
    box(page, "stem").hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    assert width(page) > start


def test_a_tap_opens_a_block_on_a_phone(visit):
    page = visit.open("index.html", width=360, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    box(page, "mixb").tap()
    assert len(names(page)) == len(CLOSED) + 4
    assert words(page).startswith("mixb: 4 layers")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_violation_in_the_open_diagram(page, theme):
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    page.get_by_role("button", name="Open all blocks").click()
    settle(page)
    assert violations(page) == []
