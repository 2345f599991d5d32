"""Every page of the built book in Chromium: drawn, accessible, in both themes and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import EXPLORER_PAGES, PAGES, colours, drawing, picture, redrawn, settle

pytest_plugins = ("book_build", "browser_fixtures")

THEMES = ("light", "dark")
PHONE, DESK = 360, 1280

# Rectangles of the drawings inside an explorer, from its left upper corner.
DRAWINGS = """(explorer) => {
  const origin = explorer.getBoundingClientRect();
  return [...explorer.querySelectorAll("canvas, svg")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .map((one) => one.getBoundingClientRect())
    .map(({ left, top, right, bottom }) => [left, top, right, bottom])
    .map((box) => box.map((edge, i) => edge - (i % 2 ? origin.top : origin.left)));
}"""
TOO_WIDE = """() => [...document.querySelectorAll(".cnn-live *")]
  .filter((one) => one.checkVisibility() && one.getClientRects().length)
  .filter((one) => one.getBoundingClientRect().right > innerWidth)
  .map((one) => one.outerHTML.slice(0, 100))"""


def figures_in_place_of_explorers(opened):
    figures = opened.locator(".cnn-static svg").all()
    assert len(figures) == opened.locator("[data-cnn-model]").count() > 0
    assert all(figure.is_visible() for figure in figures)
    assert all(colours(picture(figure)) > 4 for figure in figures)
    assert opened.locator(".cnn-explorer:visible").count() == 0


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("page", EXPLORER_PAGES)
def test_explorers_are_drawn(visit, page, theme, width):
    opened = visit.open(page, theme=theme, width=width)
    explorers = opened.locator(".cnn-explorer").all()
    assert len(explorers) == opened.locator("[data-cnn-model]").count() > 0
    for explorer in explorers:
        whole, boxes = picture(explorer), explorer.evaluate(DRAWINGS)
        assert boxes
        assert [box for box in boxes if colours(whole.crop(box)) < 5] == []


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_wider_than_a_phone(visit, page):
    opened = visit.open(page, width=PHONE)
    assert opened.evaluate("document.documentElement.scrollWidth") == PHONE
    assert opened.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("page", [*PAGES, "search.html", "genindex.html"])
def test_axe_finds_no_violation(visit, page, theme):
    opened = visit.open(page, theme=theme)
    # Preloading asks the server for style sheets at addresses that do not exist.
    found = Axe().run(opened, options={"preload": False, "resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("page", EXPLORER_PAGES)
def test_theme_switch_redraws_in_other_colours(visit, page):
    opened = visit.open(page)
    views = opened.locator(".cnn-anywidget").all()
    before = [drawing(view) for view in views]
    opened.locator(".theme-switch-button:visible").click()  # from the system's choice to dark
    assert opened.locator("html").get_attribute("data-theme") == "dark"
    assert all(redrawn(view, old) for view, old in zip(views, before, strict=True))


@pytest.mark.parametrize("page", EXPLORER_PAGES)
def test_theme_of_the_system_is_followed(visit, page):
    opened = visit.open(page)
    views = opened.locator(".cnn-anywidget").all()
    before = [drawing(view) for view in views]
    opened.emulate_media(color_scheme="dark")
    assert all(redrawn(view, old) for view, old in zip(views, before, strict=True))


@pytest.mark.parametrize("page", EXPLORER_PAGES)
def test_without_scripts_each_explorer_is_a_figure(visit, page):
    figures_in_place_of_explorers(visit.open(page, java_script_enabled=False))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("page", EXPLORER_PAGES)
def test_on_paper_each_explorer_is_a_figure(visit, page, theme):
    opened = visit.open(page, theme=theme)
    opened.emulate_media(media="print")
    settle(opened)
    figures_in_place_of_explorers(opened)
