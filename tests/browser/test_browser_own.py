"""The page "Make your own explorer": the reader's own controls and view, joined by links."""

import numpy as np
import pytest
from browsing import drawing, redrawn, settle

pytest_plugins = ("book_build", "browser_fixtures")


@pytest.fixture
def page(visit):
    return visit.open("make_your_own.html")


def value(locator):
    settle(locator.page)
    return locator.input_value()


def test_own_slider_moves_the_explorer_and_follows_it(page):
    mine = page.get_by_label("My stride", exact=True)
    explorer = page.locator(".cnn-explorer").first
    theirs, view = explorer.get_by_label("Stride", exact=True), explorer.locator(".cnn-anywidget")
    before = drawing(view)
    mine.press("ArrowRight")
    assert value(theirs) == "2"
    assert redrawn(view, before)
    assert "stride 2" in explorer.get_by_role("status").inner_text()
    theirs.press("End")
    assert value(mine) == value(theirs) == "5"


@pytest.mark.parametrize(
    ("control", "key"), [("Stride of both", "ArrowRight"), ("ReLU on both", "Space")]
)
def test_one_control_drives_two_explorers(page, control, key):
    views = page.locator(".cnn-explorer .cnn-anywidget").all()[1:3]
    before = [drawing(view) for view in views]
    page.get_by_label(control, exact=True).press(key)
    assert all(redrawn(view, old, looks=4) for view, old in zip(views, before, strict=True))


def test_one_of_two_explorers_carries_the_other_along(page):
    one, other = page.locator(".cnn-explorer").all()[1:3]
    one.get_by_label("Stride", exact=True).press("End")
    assert value(other.get_by_label("Stride", exact=True)) == "4"
    assert value(page.get_by_label("Stride of both", exact=True)) == "4"


def test_own_view_draws_what_the_sliders_say(page):
    live = page.locator(".cnn-live").filter(has=page.get_by_label("Sigma", exact=True))
    view = live.locator(".cnn-anywidget")
    before = drawing(view)
    page.get_by_label("Sigma", exact=True).press("End")
    assert redrawn(view, before, looks=4)
    before = drawing(view)
    size = live.get_by_label("Kernel size", exact=True)
    size.press("ArrowRight")
    assert redrawn(view, before, looks=4)
    sigma, reach = 4, (int(value(size)) - 1) // 2
    bell = np.exp(-(np.arange(-40, 41) ** 2) / (2 * sigma**2))
    share = 100 * bell[40 - reach : 41 + reach].sum() / bell.sum()
    assert view.locator("p").inner_text() == f"The kernel keeps {share:.1f} % of the bell."
