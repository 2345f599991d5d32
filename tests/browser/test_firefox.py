"""The explorers in Firefox: they draw, and a slider moves them."""

import io
import re
import shutil

import browsers
import gallery
import pytest
from browsing import EXPLORER_PAGES, NEXT_FRAMES, colours, serve
from firefox import Firefox, fault
from PIL import Image

from cnnlib.explorers import LiveNetworkExplorer
from cnnlib.explorers._modules import FOLDER

pytest_plugins = ("book_build", "browser_fixtures")

READY = """new Promise((go) => {
  const waiting = 'script[type="text/late"], .cnn-anywidget:not([data-ready])';
  const ready = () => !document.querySelector(waiting) && document.fonts.status === "loaded";
  const look = () => (ready() ? go() : requestAnimationFrame(look));
  look();
})"""
OPERABLE = 'input[type=range]:not(:disabled), .cnn-view [tabindex="0"], select'
PLAYER = ".cnn-view button"  # what is set before a start shows after it
KEY = """(({ type, value, max, localName, selectedIndex, length }) =>
  localName === "button" ? "Enter" :
  localName === "select" && selectedIndex === length - 1 ? "ArrowUp" :
  type !== "range" ? "ArrowDown" : value === max ? "Home" : "End"
)(document.activeElement)"""


@pytest.fixture(scope="module")
def firefox(site):
    with Firefox(browsers.firefox(), site) as driven:
        yield driven


@pytest.mark.parametrize("page", EXPLORER_PAGES)
def test_explorers_draw_and_follow_the_keyboard(firefox, page):
    firefox.open(page)
    firefox.evaluate(READY)
    count = firefox.value("document.querySelectorAll('.cnn-explorer').length")
    assert count == firefox.value("document.querySelectorAll('[data-cnn-model]').length") > 0
    for index in range(count):
        explorer = f"document.querySelectorAll('.cnn-explorer')[{index}]"
        view = f"{explorer}.querySelector('.cnn-view')"
        firefox.evaluate(f"{explorer}.querySelector('.cnn-foot').style.visibility = 'hidden'")
        before = firefox.screenshot(view)
        assert colours(Image.open(io.BytesIO(before)).convert("RGB")) > 8
        for kind in (OPERABLE, PLAYER):
            firefox.evaluate(f"{explorer}.querySelector(`{kind}`)?.focus()")
            firefox.press(firefox.value(KEY))
            firefox.evaluate(f"({NEXT_FRAMES})()")
            if (after := firefox.screenshot(view)) != before:
                break
        assert after != before
    assert firefox.faults == []


def test_a_live_network_is_drawn_for_and_broken(tmp_path):
    shutil.copy(FOLDER / "palette.css", tmp_path)
    gallery.write(tmp_path, "page.html", [LiveNetworkExplorer()])
    score = "document.querySelector('.cnn-score')"
    named = f"""new Promise((go) => {{
      const ready = () => {score}?.getAttribute("aria-busy") === "false";
      const look = () => (ready() ? go() : requestAnimationFrame(look));
      look();
    }})"""
    with serve(tmp_path) as address, Firefox(browsers.firefox(), address) as driven:
        driven.open("page.html")
        driven.evaluate(named)
        driven.evaluate(
            "[...document.querySelectorAll('button')]"
            ".find((one) => one.textContent === 'Clear').click()"
        )
        driven.evaluate("document.querySelector('.cnn-easel .cnn-stage').focus()")
        driven.press(*["ArrowUp"] * 7, " ", *["ArrowDown"] * 14, " ")
        driven.evaluate("document.querySelector('.cnn-maps').focus()")
        driven.press("Delete")
        driven.evaluate(f"({NEXT_FRAMES})()")
        driven.evaluate(named)
        assert driven.value("document.querySelector('.cnn-words').textContent").startswith("1, ")
        off = re.search(r"map (\d+) of conv1 off", driven.value(f"{score}.textContent"))
        edits = [{"layer": "conv1", "map": int(off[1]) - 1}]
        broken = LiveNetworkExplorer(edits=edits).compute()["right"]
        assert f"Right on {broken} of 200" in driven.value(f"{score}.textContent")
        assert driven.faults == []


SITE = "http://127.0.0.1:8000/"
FONT = 'downloadable font: download failed (font-family: "MJXTEX" style:normal weight:400): {}'


def _logged(text, level="error"):
    return {"method": "log.entryAdded", "params": {"level": level, "text": text}}


def _requested(url):
    return {"method": "network.beforeRequestSent", "params": {"request": {"url": url}}}


@pytest.mark.parametrize(
    "event",
    [
        _logged(FONT.format("status=2152398850 source: http://127.0.0.1:8000/a.woff2")),
        _logged("a remark", level="warn"),
        _requested(f"{SITE}page.html"),
        _requested("data:text/plain,1"),
    ],
)
def test_a_font_given_up_with_the_page_is_no_fault(event):
    assert fault(event, SITE) is None


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (_logged("TypeError: x is null"), "TypeError: x is null"),
        (_logged(FONT.format("status=2152857618")), FONT.format("status=2152857618")),
        (_logged("fetch failed: 2152398850"), "fetch failed: 2152398850"),
        (_requested("https://example.org/a.woff2"), "https://example.org/a.woff2"),
    ],
)
def test_errors_missing_fonts_and_other_hosts_are_faults(event, said):
    assert fault(event, SITE) == said
