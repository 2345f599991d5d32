"""Chromium, and the probe that times it from within the page."""

from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.support.browsers import ARGUMENTS, chromium

PROBE = Path(__file__).with_name("probe.js").read_text("utf-8")
WARM_UP = 4
"""Presses before the first that counts."""


@contextmanager
def new_page(height=900):
    """Open a page in a new browser process with an empty profile; probe.js runs in it first."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        try:
            page = browser.new_page(viewport={"width": 1280, "height": height})
            page.add_init_script(PROBE)
            yield page
        finally:
            browser.close()


def press_and_time(page, handle, pause, presses):
    """Move a slider back and forth by its arrow keys and time every press.

    `probe.watch` must be at work in the page. The slider has three values or more and stands at
    the least; it goes up twice and down twice, again and again.

    Args:
        page: the page.
        handle: locator of the element that takes the keys.
        pause: a function without arguments; the milliseconds to wait before the next press.
        presses: how many presses count, a multiple of four, so that the slider ends at the least.

    Returns:
        What `probe.watch` recorded of every press that counts, a list of dicts.
    """
    handle.focus()
    for press in range(WARM_UP + presses):
        page.keyboard.press("ArrowLeft" if press % 4 > 1 else "ArrowRight")
        page.wait_for_function("n => probe.presses.length === n", arg=press + 1, polling=20)
        page.wait_for_timeout(pause())
    return page.evaluate("probe.presses")[WARM_UP:]
