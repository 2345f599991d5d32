"""The promises of "Make your own explorer", whose controls stand beside the explorers."""

import re

import pytest
from browsing import settle
from hands import Hands, numbers, signs
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

one_slider = Try("make_your_own", 1)
two_explorers = Try("make_your_own", 2)
gaussian = Try("make_your_own", 3)
own_parts = Try("make_your_own", 4)
own_network = Try("make_your_own", 5)


def beside(explorer):
    """The hands on the controls of the page, those of the explorers included."""
    return Hands(explorer.page.locator("main").first)


def maps(explorer):
    """The two explorers that are driven by one slider."""
    return [Hands(one) for one in explorer.page.locator(".cnn-explorer").all()[1:3]]


def bars(explorer):
    """The hands on the view from nothing and its sliders."""
    page = explorer.page
    sigma = page.get_by_label("Sigma", exact=True)
    return Hands(page.locator(".cnn-live").filter(has=sigma))


def bell(explorer):
    """The share of the bell that the kernel keeps."""
    [said] = bars(explorer).explorer.get_by_text("The kernel keeps").all_inner_texts()
    return numbers(said)[0]


def score(explorer):
    """On how many held-out pictures the network is right, of how many, and before it was broken."""
    settle(explorer.page)
    said = explorer.view.locator(".cnn-score[aria-busy=false]").inner_text()
    return numbers(said.partition("Right on")[2])


@one_slider.step(1, "2390dbaa")
def test_the_explorer_follows_a_slider_of_ones_own(explorer):
    before = numbers(explorer.words())
    beside(explorer).set("My stride", 4)
    assert explorer.value("Stride") == 4
    assert "stride 4" in explorer.words()
    assert numbers(explorer.words()) != before


@one_slider.step(2, "be549244")
def test_the_slider_follows_the_explorer(explorer):
    explorer.set("Stride", 1)
    assert beside(explorer).value("My stride") == 1


@two_explorers.step(1, "42405e98")
def test_two_maps_shrink_to_half_and_keep_the_cat(explorer):
    beside(explorer).set("Stride of both", 2)
    for one in maps(explorer):
        assert "128×128 → 64×64" in one.words()
        assert min(signs(one.pixels("Feature map"))) > 0.02


@two_explorers.step(2, "2fca448f")
def test_two_maps_shrink_to_a_quarter(explorer):
    beside(explorer).set("Stride of both", 4)
    assert all("128×128 → 32×32" in one.words() for one in maps(explorer))


@two_explorers.step(3, "f8de52a8")
def test_a_relu_leaves_red_alone_on_both(explorer):
    beside(explorer).set("Stride of both", 1)
    assert all(min(signs(one.pixels("Feature map"))) > 0.02 for one in maps(explorer))
    beside(explorer).tick("ReLU on both")
    for one in maps(explorer):
        red, blue = signs(one.pixels("Feature map"))
        assert red > 0.02
        assert blue == 0


@gaussian.step(1, "ebcdfa3c")
def test_thirteen_weights_keep_95_percent_of_a_bell_of_sigma_3(explorer):
    bars(explorer).set("Sigma", 3)
    kept = {size: bell(explorer) for size in bars(explorer).slide("Kernel size", 21)}
    assert min(size for size, share in kept.items() if share >= 95) == 13


@gaussian.step(2, "a9b9b01e")
def test_the_bell_goes_on_beyond_the_picture(explorer):
    bars(explorer).set("Sigma", 4)
    bars(explorer).set("Kernel size", 21)
    [drawing] = bars(explorer).explorer.locator("svg[role=img]").all()
    frame = drawing.bounding_box()
    seen = {
        bar.get_attribute("fill")
        for bar in drawing.locator("rect").all()
        if frame["x"] < (box := bar.bounding_box())["x"] + box["width"]
        and box["x"] < frame["x"] + frame["width"]
    }
    assert seen == {"var(--cnn-accent)"}
    assert bell(explorer) == pytest.approx(99.2, abs=0.01)


@own_parts.step(1, "8fd0cb97")
def test_the_bell_follows_the_slider(explorer):
    before = explorer.view.locator("svg").inner_html()
    explorer.set("Shift", 5)
    assert explorer.words() == "The bell stands 5 pixels to the right."
    assert explorer.view.locator("svg").inner_html() != before


@own_parts.step(2, "b703e706")
def test_the_slider_follows_keys_and_pointer(explorer):
    explorer.key("Bell", "ArrowRight", "ArrowRight")
    assert explorer.value("Shift") == 7
    drawing = explorer.view.locator("svg")
    drawing.scroll_into_view_if_needed()
    box = drawing.bounding_box()
    explorer.page.mouse.move(box["x"] + box["width"] * 110 / 420, box["y"] + box["height"] / 2)
    explorer.page.wait_for_timeout(100)
    assert explorer.value("Shift") == -10
    assert explorer.words() == "The bell stands 10 pixels to the left."


@own_parts.step(3, "b3920375")
def test_reset_puts_the_bell_back(explorer):
    explorer.press("Reset")
    assert explorer.words() == "The bell stands 0 pixels to the right."


@own_network.step(1, "96f099ed")
def test_a_line_from_top_to_bottom_is_a_one(explorer):
    explorer.press("Clear")
    maps = explorer.view.get_by_label(re.compile("^Maps"))
    before = maps.screenshot()
    explorer.point("Draw here", 0.1, 0.5)
    explorer.page.mouse.down()
    explorer.point("Draw here", 0.9, 0.5)
    explorer.page.mouse.up()
    settle(explorer.page)
    assert explorer.words().startswith("1, ")
    assert maps.screenshot() != before


@own_network.step(2, "0cbc7861")
def test_a_wrong_weight_costs_some_fifty_pictures(explorer):
    explorer.set("Weight in row 0, column 0", 9)
    now, count, before = score(explorer)
    assert count == 200
    assert 35 <= before - now <= 65
    broken = r"Broken: kernel of map \d of conv1, row 0, column 0, \S+ → 9\. "
    assert re.search(broken, explorer.view.inner_text())


@own_network.step(3, "20f48736")
def test_undo_gives_the_lost_pictures_back(explorer):
    *_, before = score(explorer)
    explorer.press("Undo")
    assert score(explorer) == [before, 200]


@own_network.step(4, "1bce0506")
def test_a_silent_map_costs_less_than_a_wrong_weight(explorer):
    explorer.set("Weight in row 0, column 0", 9)
    wrong, *_ = score(explorer)
    explorer.press("Undo")
    explorer.press("Switch this map off")
    silent, *_ = score(explorer)
    assert explorer.shows("of conv1 off")
    assert silent > wrong
