"""Every page of the built book in Chromium: drawn, accessible, in both themes and on a phone."""

import pytest
from accessibility import violations
from browsing import EXPLORER_PAGES, PAGES, colours, drawing, picture, settle

pytest_plugins = ("book_build", "browser_fixtures")

THEMES = ("light", "dark")
PHONE, DESK = 360, 1280

# How many colours each canvas holds.
CANVAS_COLOURS = """(canvases) => canvases.map((canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size;
})"""
PAINTED = "(canvases) => canvases.map((canvas) => canvas.toDataURL())"
# Rectangles of the SVG drawings inside an explorer, from its left upper corner.
# Drawings, not the small marks of a legend.
SVG_BOXES = """(explorer) => {
  const origin = explorer.getBoundingClientRect();
  return [...explorer.querySelectorAll("svg:not(svg svg)")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .map((one) => one.getBoundingClientRect())
    .filter(({ width }) => width > 40)
    .map(({ left, top, right, bottom }) => [left, top, right, bottom])
    .map((box) => box.map((edge, i) => edge - (i % 2 ? origin.top : origin.left)));
}"""
PHOTOGRAPHS = (
    "architectures/alexnet.html",
    "foundations/padding_strides.html",
    "foundations/receptive_fields.html",
)
"""Pages of explorers whose canvases, where they have any, hold photographs alone."""
UNFOLD = """() => {
  for (const folded of document.querySelectorAll("details")) folded.open = true;
  for (const folded of document.querySelectorAll("button.toggle-button-hidden")) folded.click();
}"""
# Coloured words of the code are thousands, and of a few kinds: one of each is left.
ONE_OF_EACH_TOKEN = """() => {
  const seen = new Set();
  for (const token of document.querySelectorAll(".highlight span[class]")) {
    const place = token.closest(".cell_input, .cell_output")?.className;
    const kind = `${token.className}, ${place}`;
    if (seen.has(kind)) token.replaceWith(...token.childNodes);
    seen.add(kind);
  }
}"""
END_TRANSITIONS = "() => document.getAnimations().forEach((one) => one.finish())"
# What sticks out of the window and is neither clipped nor scrolled by something that fits.
TOO_WIDE = """() => [...document.querySelectorAll(".cnn-live *")]
  .filter((one) => one.checkVisibility() && one.getClientRects().length)
  .filter((one) => {
    const holds = (around) => getComputedStyle(around).overflowX !== "visible"
      && around.getBoundingClientRect().right <= innerWidth;
    let around = one.parentElement;
    while (around && !holds(around)) around = around.parentElement;
    return !around || around === document.documentElement;
  })
  .filter((one) => one.getBoundingClientRect().right > innerWidth)
  .map((one) => one.outerHTML.slice(0, 100))"""

# Code within a sentence that leaves its paragraph.
CUT_OFF = """() => [...document.querySelectorAll(".bd-article :is(p, li, dd, td) code")]
  .filter((code) => !code.closest("pre") && code.checkVisibility())
  .filter((code) => {
    const edge = code.closest("p, li, dd, td").getBoundingClientRect().right;
    return [...code.getClientRects()].some(({ right }) => right > edge + 1);
  })
  .map((code) => code.textContent)"""


def check_figures(opened):
    """Each explorer's static figure is there in its place."""
    figures = opened.locator(".cnn-static svg").all()
    assert len(figures) == opened.locator("[data-cnn-model]").count() > 0
    assert all(figure.is_visible() for figure in figures)
    assert all(colours(picture(figure)) > 4 for figure in figures)
    assert opened.locator(".cnn-explorer:visible").count() == 0


def check_redrawing(opened, darken):
    """All views look different once a page is dark."""
    views = opened.locator(".cnn-view").all()
    assert views
    before = [(drawing(view), view.locator("canvas").evaluate_all(PAINTED)) for view in views]
    darken()
    settle(opened)
    assert opened.locator("html").get_attribute("data-theme") == "dark"
    assert all(drawing(view) != looked for view, (looked, _) in zip(views, before, strict=True))
    repainted = [
        view.locator("canvas").evaluate_all(PAINTED) != painted
        for view, (_, painted) in zip(views, before, strict=True)
        if painted
    ]
    # a photograph has its own colours, and a page may have drawings alone
    assert any(repainted) or not repainted or opened.url.endswith(PHOTOGRAPHS)


@pytest.mark.parametrize("desk", EXPLORER_PAGES, indirect=True)
def test_explorers_are_drawn_light_on_a_desk_and_dark_on_a_phone(desk):
    explorers = desk.locator(".cnn-explorer").all()
    assert len(explorers) == desk.locator("[data-cnn-model]").count() > 0
    for theme, width in zip(THEMES, (DESK, PHONE), strict=True):
        desk.emulate_media(color_scheme=theme)
        desk.set_viewport_size({"width": width, "height": 900})
        settle(desk)
        for explorer in explorers:
            whole, boxes = picture(explorer), explorer.evaluate(SVG_BOXES)
            # a trained network has silent maps, of one colour, as is a map to be built up
            canvases = explorer.locator("canvas:not(.cnn-cover, .cnn-silent, .cnn-sheet *):visible")
            drawn = canvases.evaluate_all(CANVAS_COLOURS)
            drawn += [colours(whole.crop(box)) for box in boxes]
            assert drawn
            # nothing but one colour is left of two maps that agree: a canvas and what lies on it
            agreeing = explorer.get_by_text("A less B").count()
            assert sum(found <= 4 for found in drawn) <= 2 * agreeing


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_wider_than_a_phone(visit, page):
    opened = visit.open(page, width=PHONE)
    assert opened.evaluate("document.documentElement.scrollWidth") == PHONE
    assert opened.evaluate(TOO_WIDE) == []
    opened.evaluate(UNFOLD)
    assert opened.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("desk", [*PAGES, "search.html", "genindex.html"], indirect=True)
def test_axe_finds_no_violation_in_either_theme(desk):
    desk.set_viewport_size({"width": DESK, "height": 900})
    desk.evaluate(UNFOLD)
    desk.evaluate(ONE_OF_EACH_TOKEN)
    for theme in THEMES:
        desk.emulate_media(color_scheme=theme)
        settle(desk)
        desk.evaluate(END_TRANSITIONS)
        assert desk.locator("html").get_attribute("data-theme") == theme
        assert violations(desk) == []


@pytest.mark.parametrize("desk", EXPLORER_PAGES, indirect=True)
def test_the_other_theme_redraws_in_other_colours(desk):
    desk.emulate_media(color_scheme="light")
    settle(desk)
    # from the system's theme to dark
    check_redrawing(desk, lambda: desk.locator(".theme-switch-button:visible").click())


def test_the_systems_other_theme_redraws_too(visit):
    opened = visit.open(EXPLORER_PAGES[0])
    check_redrawing(opened, lambda: opened.emulate_media(color_scheme="dark"))


@pytest.mark.parametrize("page", EXPLORER_PAGES)
def test_without_scripts_each_explorer_is_a_figure(visit, page):
    check_figures(visit.open(page, java_script_enabled=False))


@pytest.mark.parametrize("page", EXPLORER_PAGES)
def test_on_paper_each_explorer_is_a_figure(visit, page):
    opened = visit.open(page)
    for theme in THEMES:
        opened.emulate_media(media="print", color_scheme=theme)
        settle(opened)
        check_figures(opened)
