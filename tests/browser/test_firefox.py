"""The explorers in Firefox: they draw, and a slider moves them."""

import io

import browsers
import pytest
from browsing import EXPLORER_PAGES, NEXT_FRAMES, colours
from firefox import Firefox, fault
from PIL import Image

pytest_plugins = ("book_build", "browser_fixtures")

READY = """new Promise((go) => {
  const waiting = 'script[type="text/late"], .cnn-anywidget:not([data-ready])';
  const ready = () => !document.querySelector(waiting) && document.fonts.status === "loaded";
  const look = () => (ready() ? go() : requestAnimationFrame(look));
  look();
})"""


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
        drawing = f"{explorer}.querySelector('.cnn-view :is(.cnn-stage, svg)')"
        slider = f"{explorer}.querySelector('input[type=range]')"
        before = firefox.screenshot(drawing)
        assert colours(Image.open(io.BytesIO(before)).convert("RGB")) > 8
        if firefox.value(f"Boolean({slider})"):
            firefox.evaluate(f"{slider}.focus()")
            at_the_end = firefox.value(f"{slider}.value === {slider}.max")
            firefox.press("Home" if at_the_end else "End")
        else:
            firefox.evaluate(f"{explorer}.querySelector('.cnn-view [tabindex=\"0\"]').focus()")
            firefox.press("ArrowDown")
        firefox.evaluate(f"({NEXT_FRAMES})()")
        assert firefox.screenshot(drawing) != before
    assert firefox.faults == []


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
