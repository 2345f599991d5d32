"""The explorers in Firefox: they draw, and a slider moves them."""

import io

import browsers
import pytest
from browsing import EXPLORER_PAGES, NEXT_FRAMES, colours
from firefox import Firefox
from PIL import Image

pytest_plugins = ("book_build", "browser_fixtures")

READY = """new Promise((go) => {
  const waiting = 'script[type="text/late"], .cnn-anywidget:not([data-ready])';
  const look = () => (document.querySelector(waiting) ? requestAnimationFrame(look) : go());
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
        assert colours(Image.open(io.BytesIO(before)).convert("RGB")) > 16
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
