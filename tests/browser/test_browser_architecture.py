"""The architecture explorer in the browser: opened, read, painted and moved by keys and fingers."""

import gallery
import keras
import pytest
from accessibility import violations
from browsing import drawing, redrawn, serve, settle

from cnnlib.explorers import ArchitectureExplorer, LiveNetworkExplorer

pytest_plugins = ("book_build", "browser_fixtures")


def branched(name="branched", last=3):
    """Two modules of two branches each, between a stem and a head."""
    x = inputs = keras.Input((16, 16, 3))
    x = keras.layers.Conv2D(8, 7, 2, "same", name="stem")(x)
    for module, kernel in (("mixa", 3), ("mixb", last)):
        left = keras.layers.Conv2D(4, 1, name=f"{module}_1x1")(x)
        right = keras.layers.Conv2D(2, 1, name=f"{module}_reduce")(x)
        right = keras.layers.Conv2D(4, kernel, padding="same", name=f"{module}_3x3")(right)
        x = keras.layers.Concatenate(name=f"{module}_join")([left, right])
    x = keras.layers.GlobalAveragePooling2D(name="pool")(x)
    return keras.Model(inputs, keras.layers.Dense(4, name="fc")(x), name=name)


def repeated():
    """Four residual units alike."""
    x = inputs = keras.Input((16, 16, 8))
    for unit in range(4):
        y = keras.layers.Conv2D(8, 3, padding="same", name=f"stage_u{unit}_one")(x)
        y = keras.layers.Conv2D(8, 3, padding="same", name=f"stage_u{unit}_two")(y)
        x = keras.layers.Add(name=f"stage_u{unit}_add")([x, y])
    return keras.Model(inputs, keras.layers.Dense(4, name="fc")(x), name="repeated")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("architecture")
    pages = {
        "index.html": ArchitectureExplorer(branched(), opened=[]),
        "two.html": ArchitectureExplorer(branched(), branched("wider", 5)),
        "folded.html": ArchitectureExplorer(repeated()),
    }
    for name, made in pages.items():
        gallery.write(folder, name, [made])
    live = LiveNetworkExplorer()
    gallery.write(folder, "live.html", [live, ArchitectureExplorer(live)])
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


def click_title(page, name):
    box(page, name).click(position={"x": 12, "y": 6})


def test_a_block_opens_on_a_click_and_closes_on_one_on_its_title(page):
    assert names(page) == CLOSED
    assert box(page, "mixa").get_attribute("aria-expanded") == "false"
    box(page, "mixa").click()
    assert set(names(page)) == {*CLOSED, *INSIDE}
    assert box(page, "mixa").get_attribute("aria-expanded") == "true"
    click_title(page, "mixa")
    assert names(page) == CLOSED


def selected(page):
    labels = page.locator('[aria-selected="true"]').evaluate_all(
        "all => all.map((x) => x.ariaLabel)"
    )
    return [label.split(",")[0] for label in labels]


def test_what_is_selected_stays_so_while_blocks_open_and_close_and_the_drawing_grows(page):
    box(page, "stem").click()
    for button in ("Open all blocks", "Larger", "Close all blocks", "Smaller"):
        page.get_by_role("button", name=button).click()
        settle(page)
        assert selected(page) == ["stem"]
        assert words(page).startswith("stem: ")


def test_all_blocks_open_and_close_at_once(page):
    page.get_by_role("button", name="Open all blocks").click()
    assert len(names(page)) == len(CLOSED) + 8
    page.get_by_role("button", name="Close all blocks").click()
    assert names(page) == CLOSED


def test_keys_walk_along_the_edges_and_open_what_they_reach(page):
    box(page, "input").focus()
    for name in ("stem", "mixa"):
        page.keyboard.press("ArrowRight")
        assert focused(page) == name
    page.keyboard.press("Enter")
    assert focused(page) == "mixa"
    page.keyboard.press("ArrowRight")
    assert focused(page) in ("mixa_1x1", "mixa_reduce")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert focused(page) == "mixa_1x1"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert focused(page) in INSIDE
    page.keyboard.press("Escape")
    assert focused(page) == "mixa"
    assert names(page) == CLOSED
    page.keyboard.press("End")
    assert focused(page) == "fc"
    page.keyboard.press("Home")
    assert focused(page) == "input"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_maps_on_the_boxes_follow_what_is_drawn_and_broken_beside_them(visit, theme):
    page = visit.open("live.html", theme=theme)

    def faces():
        settle(page)
        images = page.locator(".cnn-arch-faces image")
        return images.evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")

    before = faces()
    assert len(before) == 4
    page.get_by_role("button", name="Switch this map off").click()  # of conv1, which is shown
    broken = faces()
    changed = [one != other for one, other in zip(before, broken, strict=True)]
    assert changed == [False, True, True, True]
    page.get_by_role("button", name="Undo", exact=True).click()
    assert faces() == before
    page.get_by_role("button", name="Clear", exact=True).click()
    assert all(one != other for one, other in zip(before, faces(), strict=True))
    assert violations(page, ".cnn-explorer") == []


def test_the_legend_names_what_is_drawn_and_no_more(visit):
    page = visit.open("folded.html")
    keys = page.locator(".cnn-keys")
    assert "×4: 4 of one form, drawn as one" in keys.inner_text()
    assert "pooling" not in keys.inner_text()
    stage = page.get_by_role("treeitem", name="stage").first
    assert "4 of one form, one after the other" in stage.get_attribute("aria-label")
    page.get_by_role("button", name="Open all blocks").click()
    settle(page)
    assert "drawn as one" not in keys.inner_text()


def test_a_fold_shows_one_of_its_units_and_opens_into_all(visit):
    page = visit.open("folded.html")
    units = [f"stage_u{i}" for i in range(4)]
    assert [name for name in names(page) if name in units] == ["stage_u1"]
    assert page.get_by_text("stage_u ×4").count() == 1
    click_title(page, "stage_u0 … stage_u3")
    assert [name for name in names(page) if name in units] == units
    click_title(page, "stage_u0 … stage_u3")
    assert [name for name in names(page) if name in units] == ["stage_u1"]


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
    settle(page)
    fills = {name: box(page, name).evaluate("(one) => one.style.fill") for name in CLOSED}
    assert "100%" in fills["stem"]
    assert " 0%" in fills["pool"]


def width(page):
    settle(page)
    return page.locator(".cnn-arch-stage svg").bounding_box()["width"]


def test_buttons_keys_and_wheel_zoom(page):
    start = width(page)
    page.get_by_role("button", name="Larger").click()
    assert width(page) == pytest.approx(1.5 * start, rel=0.01)
    page.get_by_role("button", name="Fit the page").click()
    assert width(page) == pytest.approx(start)
    box(page, "input").focus()
    page.keyboard.press("+")
    assert width(page) > start
    page.keyboard.press("0")
    assert width(page) == pytest.approx(start)
    box(page, "stem").hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    assert width(page) > start


def test_the_drawing_ends_to_grow_where_a_box_fills_the_window(page):
    sizes = []
    for _ in range(9):
        page.get_by_role("button", name="Larger").click()
        sizes.append(width(page))
    assert sizes[-1] == sizes[-2] > sizes[0]
    scale = page.get_by_role("tree").evaluate("(one) => one.getScreenCTM().a")
    assert scale == pytest.approx(8, rel=0.01)


@pytest.mark.parametrize("across", [360, 860])
def test_all_of_the_network_fits_into_its_window_in_both_directions(visit, across):
    page = visit.open("index.html", width=across)
    for name in ("Open all blocks", "Close all blocks"):
        page.get_by_role("button", name=name).click()
        settle(page)
        left = page.locator(".cnn-arch-stage").evaluate(
            "(one) => [one.scrollWidth - one.clientWidth, one.scrollHeight - one.clientHeight]"
        )
        assert left == [0, 0]


def overlaps(page):
    """Pairs of captions that lie over one another, and those that stick out of the drawing."""
    return page.evaluate("""() => {
        const texts = [...document.querySelectorAll(".cnn-arch-words text")];
        const boxes = texts.map((one) => one.getBoundingClientRect());
        const out = texts.filter((one, i) => {
          const sheet = one.ownerSVGElement.getBoundingClientRect();
          return boxes[i].left < sheet.left - 8 || boxes[i].right > sheet.right + 8;
        });
        const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
          && a.top < b.bottom - 3 && b.top < a.bottom - 3;
        const over = boxes.filter((a, i) => boxes.slice(i + 1).some((b) => meet(a, b)));
        return [texts.length, out.length, over.length];
    }""")


@pytest.mark.parametrize("across", [360, 860])
def test_captions_in_the_page_s_font_are_whole_and_apart(visit, across):
    page = visit.open("two.html", width=across)
    for name in ("Open all blocks", "Larger", "Larger"):
        page.get_by_role("button", name=name).click()
        settle(page)
        count, *faults = overlaps(page)
        assert count > 0
        assert faults == [0, 0]


def test_the_strip_selects_and_moves_the_view(page):
    page.get_by_role("button", name="Open all blocks").click()
    for _ in range(5):
        page.get_by_role("button", name="Larger").click()
    stage = page.locator(".cnn-arch-stage")
    stage.evaluate("(one) => one.scrollTo(0, 0)")
    band = page.locator(".cnn-arch-band").first
    band.click(position={"x": band.bounding_box()["width"] - 3, "y": 8})
    settle(page)
    assert selected(page) == ["fc"]
    window, found = stage.bounding_box(), box(page, "fc").bounding_box()
    assert window["x"] <= found["x"] <= window["x"] + window["width"]
    assert window["y"] <= found["y"] <= window["y"] + window["height"]
    assert stage.evaluate("(one) => one.scrollLeft + one.scrollTop") > 0


def test_two_networks_open_together_with_what_differs_marked(visit):
    page = visit.open("two.html")
    trees = page.get_by_role("tree")
    assert trees.count() == 2
    differing = page.locator(".cnn-differs[role=treeitem]:not(.cnn-open)")
    labels = differing.evaluate_all("all => all.map((one) => one.ariaLabel.split(',')[0])")
    assert labels == ["mixb_3x3", "mixb_3x3"]
    assert "Different: 1 layer of branched and 1 layer of wider." in words(page)
    box(page, "mixb_3x3").last.click()
    told = words(page)
    assert "mixb_3x3: Conv2D 3x3+1(S); 76 parameters" in told
    assert "mixb_3x3: Conv2D 5x5+1(S); 204 parameters" in told
    page.get_by_role("button", name="Close all blocks").click()
    settle(page)
    assert box(page, "mixb").count() == 2
    scales = trees.evaluate_all("all => all.map((one) => one.getScreenCTM().a)")
    assert scales[0] == pytest.approx(scales[1], rel=0.01)


def test_a_tap_opens_a_block_on_a_phone(visit):
    page = visit.open("index.html", width=360, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    box(page, "mixb").tap()
    assert len(names(page)) == len(CLOSED) + 4
    assert words(page).startswith("mixb: 4 layers")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_violation_in_the_open_diagram(visit, theme):
    page = visit.open("two.html")
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    page.get_by_role("button", name="Open all blocks").click()
    settle(page)
    assert violations(page) == []
