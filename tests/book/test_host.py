"""The page host: every widget that it knows is drawn, named, and moved by keyboard and links."""

import re

import gallery
import ipywidgets as widgets
import pytest
from accessibility import violations
from browsing import serve, settle
from contents import ROOT
from gallery import PAIRS
from keyboard import operate

pytest_plugins = ("book_build", "browser_fixtures")

NEVER_DRAWN = {"LinkModel", "DirectionalLinkModel", "LayoutModel", "WidgetModel"}
CONTROLS = "input:not([type=radio]:not(:checked)), select, button"
# What a reader can tell of a widget's state.
SHOWN = """(widget) => [...widget.querySelectorAll("input, select, button, output")].map((one) =>
  one.type === "radio" || one.type === "checkbox"
    ? one.checked
    : (one.ariaPressed ?? one.selectedIndex ?? one.value))"""


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """The folder of the gallery and the names of the models in it."""
    folder = tmp_path_factory.mktemp("gallery")
    players = [gallery.player("Film"), gallery.player("Loop", repeat=True)]
    parts = [*players, gallery.limits(), gallery.switches(), gallery.foreign()]
    twice = widgets.IntSlider(4, description="Twice")
    pairs = [gallery.pair(kind) for kind in PAIRS]
    found = gallery.write(folder, "index.html", [*pairs, *parts, twice, twice])
    broken = gallery.Broken()
    strange = widgets.DatePicker(description="Unknown")
    healthy = widgets.IntSlider(3, description="Healthy")
    gallery.write(folder, "broken.html", [broken, strange, healthy], figure=broken)
    return folder, found


def test_a_page_holds_what_it_shows_and_nothing_else_that_was_made(tmp_path):
    hidden = widgets.Text(description="On no page")
    shown = widgets.IntSlider(3, description="Shown")
    gallery.write(tmp_path, "index.html", [shown])
    text = (tmp_path / "index.html").read_text("utf8")
    assert shown.model_id in text
    assert hidden.model_id not in text


@pytest.fixture(scope="module")
def site(models):
    with serve(models[0]) as address:
        yield address


@pytest.fixture
def page(visit):
    return visit.open("index.html")


@pytest.fixture(scope="module")
def pairs_page(long_visit):
    return long_visit.open("index.html")


def known_models():
    return set(re.findall(r'^    "(\w+Model)",$', _source("_ext/page_host.py"), re.MULTILINE))


def _source(name):
    return (ROOT / "book" / name).read_text("utf8")


def shown(widget):
    settle(widget.page)
    return widget.evaluate(SHOWN)


def value(page, label):
    settle(page)
    return page.get_by_label(label, exact=True).input_value()


def test_the_build_lets_pass_what_the_host_draws():
    drawn = set(re.findall(r"^    (\w+Model): ", _source("static/host.js"), re.MULTILINE))
    assert known_models() == drawn | NEVER_DRAWN


def test_the_gallery_holds_every_known_model(models):
    assert known_models() <= models[1]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_violation(visit, theme):
    page = visit.open("index.html")
    page.evaluate("(theme) => (document.documentElement.dataset.theme = theme)", theme)
    assert violations(page) == []


def check_control(control, widget, partner, echo):
    """Moving one control of a widget moves its partner and the label that follows."""
    before, said = shown(widget), echo.inner_text()
    assert shown(partner) == before
    control.focus()
    assert operate(control, lambda: shown(widget) != before)
    assert shown(partner) == shown(widget)
    assert echo.inner_text() != said


@pytest.mark.parametrize("kind", PAIRS)
def test_keyboard_moves_the_widget_and_its_partner(pairs_page, kind):
    role = PAIRS[kind][2]
    one, other, echo = (pairs_page.locator(f".{kind}-{end}") for end in ("one", "other", "echo"))
    for widget, partner, name in ((one, other, f"{kind} one"), (other, one, f"{kind} other")):
        assert pairs_page.get_by_role(role, name=name, exact=True).count() == 1
        controls = widget.locator(CONTROLS).all()
        assert controls
        for control in controls:
            check_control(control, widget, partner, echo)


def test_a_directional_link_leads_one_way(page):
    page.get_by_label("Leader", exact=True).press("ArrowRight")
    assert value(page, "Follower") == "2"
    page.get_by_label("Follower", exact=True).press("ArrowRight")
    assert (value(page, "Leader"), value(page, "Follower")) == ("2", "3")


def test_a_widget_shown_twice_is_one_widget(page):
    first, second = page.get_by_label("Twice", exact=True).all()
    first.press("ArrowRight")
    settle(page)
    assert first.input_value() == second.input_value() == "5"


def test_a_player_plays_to_the_end_and_starts_again(page):
    frame = page.get_by_label("Film frame", exact=True)
    assert page.get_by_role("group", name="Film").count() == 1
    page.locator(".Film").get_by_role("button", name="Play").press("Enter")
    page.wait_for_function("(frame) => frame.value === '5'", arg=frame.element_handle())
    page.locator(".Film").get_by_role("button", name="Play").wait_for()
    page.locator(".Film").get_by_role("button", name="Start again").press("Enter")
    assert value(page, "Film frame") == "0"


def test_a_player_that_repeats_goes_on_until_it_is_paused(page):
    frame = page.get_by_label("Loop frame", exact=True)
    button = page.locator(".Loop").get_by_role("button", name=re.compile("Play|Pause"))
    button.press("Enter")
    for stage in ("5", "0"):
        page.wait_for_function(f"(frame) => frame.value === '{stage}'", arg=frame.element_handle())
    button.press("Enter")
    assert len({value(page, "Loop frame") for _ in range(10)}) == 1


@pytest.mark.parametrize("rule", ["min", "max"])
def test_limits_that_move_take_the_value_along(page, rule):
    ruled, field = (page.get_by_label(name, exact=True) for name in ("Ruled", "Ruled, value"))
    limit = page.get_by_label(f"Its {rule}", exact=True)
    limit.press("Home")
    if rule == "min":
        limit.press("End")
    settle(page)
    bound = "9" if rule == "min" else "0"
    assert ruled.get_attribute(rule) == field.get_attribute(rule) == bound
    assert ruled.input_value() == field.input_value() == bound
    assert page.locator(".ruled-echo").inner_text() == bound


def test_a_step_that_moves_is_kept_to(page):
    page.get_by_label("Its step", exact=True).press("End")
    ruled = page.get_by_label("Ruled", exact=True)
    ruled.press("Home")
    ruled.press("ArrowRight")
    assert value(page, "Ruled") == value(page, "Ruled, value") == "5"


@pytest.mark.parametrize(("entry", "becomes"), [("25", "10"), ("-4", "0"), ("", "8"), ("6.6", "7")])
def test_an_entry_is_brought_into_range(page, entry, becomes):
    field = page.get_by_label("Ruled, value", exact=True)
    field.fill(entry)
    field.press("Enter")
    assert value(page, "Ruled, value") == value(page, "Ruled") == becomes


@pytest.mark.parametrize(("name", "while_dragged"), [("At once", True), ("At the end", False)])
def test_a_drag_counts_at_once_or_at_its_end(page, name, while_dragged):
    slider = page.get_by_label(name, exact=True)
    echo = page.locator("." + name.lower().replace(" ", "-"))
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.05 * box["width"], y)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.8 * box["width"], y, steps=3)
    settle(page)
    assert (echo.inner_text() != "5") == while_dragged
    page.mouse.up()
    settle(page)
    assert echo.inner_text() == slider.input_value() != "5"


def test_a_disabled_widget_is_out_of_reach_until_a_link_frees_it(page):
    off = page.get_by_label("Off", exact=True)
    assert off.is_disabled()
    assert page.get_by_label("Off, value", exact=True).is_disabled()
    page.get_by_label("Lock").press("Space")
    settle(page)
    off.press("ArrowRight")
    assert value(page, "Off") == "6"


def test_layout_is_carried_out(page):
    assert page.locator(".hidden").is_hidden()


def test_an_anywidget_gets_bytes_other_widgets_and_links(page):
    view, words = page.locator(".bytes"), page.locator(".words")
    assert view.inner_text() == "true, 258, 30, 7"
    assert words.inner_html() == "7"  # the link has replaced what was there
    page.get_by_label("Number", exact=True).press("ArrowRight")
    settle(page)
    assert view.inner_text() == "true, 258, 30, 8"
    assert words.inner_text() == "8"
    assert view.evaluate("(one) => getComputedStyle(one).letterSpacing") == "1px"


def test_a_view_that_fails_leaves_its_figure_and_its_neighbours(browser, site):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(site + "broken.html")
        page.get_by_text("This figure could not start.").wait_for()
        assert page.get_by_role("img", name="Still").is_visible()
        healthy = page.get_by_label("Healthy", exact=True)
        healthy.press("ArrowRight")
        assert value(page, "Healthy") == "4"
