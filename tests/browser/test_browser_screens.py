"""What fits: an explorer and a table a laptop's screen, an option its menu, a number its field; a
long formula no phone's, and its edge says so.
"""

import pytest
from browsing import EXPLORER_PAGES, finish, picture, settle

pytest_plugins = ("book_build", "browser_fixtures")

LAPTOP = {"width": 1280, "height": 720}
# Moves each control to its ends, or through its options, from the state that the page opens with,
# then all sliders to their ends together; returns the states that take more than a screen: as it
# opens the whole explorer counts, else what lies from the first control to the largest drawing.
TOO_TALL = """async (explorer) => {
  const tallest = 700; // a control and what it changes are seen without scrolling
  const kinds = ".cnn-panel-controls :is(select, [type=range], [type=checkbox])";
  const controls = [...explorer.querySelectorAll(kinds)];
  const property = ({ type }) => ({ checkbox: "checked", range: "value" })[type] ?? "selectedIndex";
  const ends = ({ type, min, max, options }) =>
    ({ checkbox: [true, false], range: [min, max] })[type] ?? [...Array(options.length).keys()];
  const found = [];
  const box = (one) => one.getBoundingClientRect();
  const area = (one) => box(one).width * box(one).height;
  const drawings = () => [...explorer.querySelectorAll(".cnn-view :is(svg, canvas):not(svg svg)")];
  const largest = () => drawings().sort((one, other) => area(other) - area(one))[0];
  const bottom = () => Math.min(box(largest()).bottom, box(explorer).bottom); // it scrolls
  const look = (state, height = bottom() - box(controls[0]).top) => {
    if (height > tallest) found.push(`${state}: ${Math.round(height)}`);
  };
  async function put(control, value) {
    control[property(control)] = value;
    control.dispatchEvent(new Event(control.type === "range" ? "input" : "change"));
    for (let frames = 3; frames; frames--) await new Promise(requestAnimationFrame);
  }
  look("as it opens", box(explorer).height);
  for (const control of controls) {
    const before = control[property(control)];
    for (const value of ends(control)) {
      await put(control, value);
      look(`${control.labels[0].textContent} = ${value}`);
    }
    await put(control, before);
  }
  const sliders = controls.filter(({ type }) => type === "range");
  for (const end of sliders.length ? ["min", "max"] : []) {
    for (const slider of sliders) await put(slider, slider[end]);
    look(`all at their ${end}`);
  }
  return found;
}"""
# The menus' options and the sliders' ends that are wider than the control that is to show them.
CUT = """(explorer) => {
  const tooWide = (menu) => ({ text }) => {
    const free = document.createElement("select");
    free.append(new Option(text));
    const { font, padding, border } = getComputedStyle(menu);
    Object.assign(free.style, { font, padding, border, width: "auto", position: "absolute" });
    menu.after(free);
    const { width } = free.getBoundingClientRect();
    free.remove();
    return width > menu.getBoundingClientRect().width;
  };
  const tooLong = (field) => (end) => {
    const before = field.value;
    field.value = end;
    const cut = field.scrollWidth > field.clientWidth;
    field.value = before;
    return cut;
  };
  const all = (kind) => [...explorer.querySelectorAll(`.cnn-panel-controls ${kind}`)];
  const options = all("select").flatMap((menu) => [...menu.options].filter(tooWide(menu)));
  const ends = all("[type=number]").flatMap((one) => [one.min, one.max].filter(tooLong(one)));
  return [...options.map(({ text }) => text), ...ends];
}"""
LONGEST_WAY = 1500
"""CSS pixels from one thing to touch to the next: some two screens."""
# The ways of a text, down to its summary, between what can be touched.
WAYS = """() => {
  const article = document.querySelector(".bd-article");
  const top = (one) => one.getBoundingClientRect().top;
  const bottom = (one) => one.getBoundingClientRect().bottom;
  const heads = [...article.querySelectorAll("h2")];
  const end = heads.find((one) => one.textContent.startsWith("Summary"));
  const touched = [...article.querySelectorAll(".cnn-live")];
  const last = end ? top(end) : bottom(article);
  let from = top(article);
  return [...touched.map((one) => [top(one), bottom(one)]), [last, last]].map(([start, stop]) => {
    const way = start - from;
    from = Math.max(from, stop);
    return Math.round(way);
  });
}"""
OVERFLOWS = "(formula) => formula.scrollWidth > formula.clientWidth"
TEXTS = [page for page in EXPLORER_PAGES if page != "index.html"]


def of_each_explorer(page, finding):
    """What a function finds in the explorers of a page, all at the same time; where it does."""
    explorers = "[...document.querySelectorAll('.cnn-explorer')]"
    found = page.evaluate(f"() => Promise.all({explorers}.map({finding}))")
    return {place: faults for place, faults in enumerate(found) if faults}


@pytest.mark.parametrize(("height", "covered"), [(LAPTOP["height"], False), (1000, True)])
def test_nothing_stays_on_top_of_a_low_window(visit, height, covered):
    opened = visit.open("foundations/pooling.html", width=LAPTOP["width"], height=height)
    opened.locator(".cnn-explorer").nth(1).evaluate("(one) => one.scrollIntoView()")
    settle(opened)
    top = opened.evaluate("document.elementFromPoint(640, 10).closest('.bd-header-article')")
    assert (top is not None) == covered


@pytest.mark.parametrize("page", TEXTS)
def test_no_text_goes_on_for_long_without_something_to_touch(visit, page):
    ways = visit.open(page, **LAPTOP).evaluate(WAYS)
    assert [way for way in ways if way > LONGEST_WAY] == []


@pytest.mark.parametrize("desk", TEXTS, indirect=True)
def test_no_column_of_a_table_lies_beyond_a_laptops_page(desk):
    desk.set_viewport_size(LAPTOP)
    settle(desk)
    wide = [
        table.evaluate("({ scrollWidth, clientWidth }) => scrollWidth - clientWidth")
        for table in desk.locator(".cnn-rows").all()
    ]
    assert [beyond for beyond in wide if beyond > 0] == []


@pytest.mark.parametrize("width", [768, LAPTOP["width"]])
@pytest.mark.parametrize("desk", EXPLORER_PAGES, indirect=True)
def test_no_menu_cuts_an_option_and_no_field_a_number(desk, width):
    desk.set_viewport_size({**LAPTOP, "width": width})
    settle(desk)
    assert of_each_explorer(desk, CUT) == {}


@pytest.mark.parametrize("desk", EXPLORER_PAGES, indirect=True)
def test_whatever_is_set_an_explorer_is_no_taller_than_a_laptops_screen(desk):
    desk.set_viewport_size(LAPTOP)
    settle(desk)
    assert of_each_explorer(desk, TOO_TALL) == {}


def shadowed(formula):
    """Whether the right edge of a formula has another colour than its ground."""
    drawn = picture(formula)
    edge = drawn.crop((drawn.width - 2, 0, drawn.width - 1, drawn.height))
    (_, ground), (_, colour) = (
        max(image.getcolors(image.width * image.height)) for image in (drawn, edge)
    )
    return colour != ground


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_formula_that_goes_on_beyond_its_edge_has_a_shadow_there(visit, theme):
    opened = visit.open("foundations/padding_strides.html", theme=theme, width=360)
    narrow = 0
    for width in (360, LAPTOP["width"]):
        opened.set_viewport_size({"width": width, "height": 720})
        finish(opened)
        for formula in opened.locator("div.math:visible").all():
            overflows = formula.evaluate(OVERFLOWS)
            assert shadowed(formula) == overflows
            if overflows:
                narrow += width == 360
                formula.evaluate("(formula) => formula.scrollTo(formula.scrollWidth, 0)")
                settle(opened)
                assert not shadowed(formula)
    assert narrow
