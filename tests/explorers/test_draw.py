"""The drawing helpers that need a browser, and when explorers draw."""

import base64

import node
import pytest

from cnnlib.explorers._modules import joined

pytest_plugins = "browser_fixtures"

BEFORE = '<p id="kept">a <b>b</b></p><p class="old" title="t">c</p><i>d</i><i>e</i>'
AFTER = '<p id="kept">a <b>b</b></p><p class="new">c <b>f</b></p><u>d</u>'


@pytest.fixture(scope="module")
def page(browser):
    page = browser.new_page()
    modules = ("draw/element", "draw/pictures", "draw/theme", "frame/explorer", "frame/input")
    source = base64.b64encode(joined(*(f"js/{name}.js" for name in modules)).encode()).decode()
    load = (
        'async (source) => { window.draw = await import("data:text/javascript;base64," + source); }'
    )
    page.evaluate(load, source)
    yield page
    page.close()


def test_renewed_children_look_like_the_parts_and_what_was_equal_is_the_same_node(page):
    html, kept, changed = page.evaluate(
        """([before, after]) => {
          const [parent, parts] = ["div", "div"].map((tag) => document.createElement(tag));
          [parent.innerHTML, parts.innerHTML] = [before, after];
          const [first, second] = parent.children;
          draw.renew(parent, ...parts.childNodes);
          return [parent.innerHTML, first === parent.children[0], second === parent.children[1]];
        }""",
        [BEFORE, AFTER],
    )
    assert html == AFTER
    assert (kept, changed) == (True, True)


def test_the_theme_is_read_anew_once_it_is_forgotten(page):
    inks = page.evaluate(
        """() => {
          const el = document.body.appendChild(document.createElement("div"));
          const paint = (name, colour) => el.style.setProperty(`--cnn-${name}`, colour);
          const names = ["negative", "zero", "positive", "ink"];
          for (const name of names) paint(name, "#000000");
          const inks = [draw.themeOf(el).ink];
          paint("ink", "#ffffff");
          inks.push(draw.themeOf(el).ink);
          draw.forgetTheme();
          return [...inks, draw.themeOf(el).ink];
        }"""
    )
    assert inks == ["#000000", "#000000", "#ffffff"]


def test_an_explorer_draws_once_in_a_frame_and_not_again_for_what_it_corrects_itself(page):
    drawn = page.evaluate(
        """async () => {
          const start = { size: 9, last: 0 };
          const declared = { names: ["size", "last"], start, options: {}, range: {}, when: {} };
          const traits = { ...start, declared };
          let listener;
          const model = {
            get: (name) => traits[name],
            set: (name, value) => ((traits[name] = value), listener?.()),
            save_changes() {},
            on: (_, callback) => (listener = callback),
            off() {},
          };
          const drawn = [];
          const build = ({ read, set }) => ({ size }) => {
            set({ last: size - 1 });
            drawn.push(read().last);
          };
          const frames = async () => {
            for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
          };
          const el = document.createElement("div");
          const stop = await draw.explorer(build).render({ model, el });
          await frames();
          model.set("size", 5);
          model.set("size", 7);
          await frames();
          stop();
          return drawn;
        }"""
    )
    assert drawn == [8, 6]


def test_a_width_is_told_when_it_changes_and_only_then(page):
    told = page.evaluate(
        """async () => {
          const box = document.body.appendChild(document.createElement("div"));
          const { signal } = new AbortController();
          const told = [];
          const settled = () => new Promise((go) => setTimeout(go, 100));
          box.style.width = "300px";
          const width = draw.widthOf(box, () => told.push(width()), signal);
          told.push(width());
          await settled();
          box.style.height = "50px";
          await settled();
          box.style.width = "200px";
          await settled();
          return told;
        }"""
    )
    assert told == [300, 200]


def test_a_count_has_its_plural_and_a_real_minus_sign():
    said = node.run(
        "return data.map((count) => ops.plural(count, 'map'));",
        [1, 2, -5, 2000],
        "js/draw/format.js",
    )
    assert said == ["1 map", "2 maps", "−5 maps", "2,000 maps"]


def test_pictures_that_a_running_kernel_tells_of_later_are_waited_for(page):
    found = page.evaluate(
        """async () => {
          let asked = 0;
          const traits = { pixels: Uint8Array.of(0, 255), height: 1, width: 2 };
          const get_model = async (id) => {
            if (id !== "7" || ++asked < 3) throw new Error("widget model not found");
            return { get: (name) => traits[name] };
          };
          const model = { widget_manager: { get_model }, get: () => ({ dot: "IPY_MODEL_7" }) };
          const { dot } = await draw.loadPictures(model);
          return [asked, dot.shape, [...dot.data]];
        }"""
    )
    assert found == [3, [1, 2, 1], [0, 1]]
