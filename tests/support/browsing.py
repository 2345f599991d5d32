"""What the browser tests share: a server, and looking at pages and explorers."""

import functools
import io
import threading
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import contents
from PIL import Image

FINISHED = """() =>
    [...document.scripts].every((one) => !one.src || finishedScripts.has(one)) &&
    !document.querySelector('script[type="text/late"], .cnn-anywidget:not([data-ready])') &&
    document.fonts.status === "loaded"
"""
PLACE = """(view) => {
  view.scrollIntoView({ block: "center", behavior: "instant" });
  const { left, top, width, height } = view.getBoundingClientRect();
  document.documentElement.dataset.photograph = ""; // see browser_fixtures.py
  return { x: left + scrollX, y: top + scrollY, width, height, scale: 1 };
}"""
NEXT_FRAMES = "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"


PAGES = [f"{page}.html" for page in contents.PAGES]
EXPLORER_PAGES = [
    f"{page}.html"
    for page in contents.PAGES
    if "cnnlib.explorers" in contents.source(page).read_text("utf8")
]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *message):
        pass


@contextmanager
def serve(folder):
    """Serve a folder on the loopback interface.

    Args:
        folder: path of the folder.

    Yields:
        The address, which ends in a slash.
    """
    handler = functools.partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def finish(page):
    """Wait until a page's scripts, explorers, fonts and formulas are done, and drawn."""
    page.wait_for_function(FINISHED)
    page.evaluate("() => window.MathJax?.startup?.promise")
    settle(page)


def settle(page):
    """Wait until what has changed is on the screen, and nothing is being computed for it."""
    page.evaluate(NEXT_FRAMES)
    page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
    page.evaluate(NEXT_FRAMES)


def picture(locator):
    """Take a picture of an element.

    Args:
        locator: of the element.

    Returns:
        A Pillow image.
    """
    return Image.open(io.BytesIO(locator.screenshot(animations="disabled"))).convert("RGB")


def colours(image):
    """Count the colours of a Pillow image."""
    return len(image.getcolors(image.width * image.height))


def drawing(view):
    """Take a picture of an explorer's view; from now on its controls and words are invisible.

    Args:
        view: locator of the view.

    Returns:
        PNG, as base64 text.
    """
    page = view.page
    session = page.context.new_cdp_session(page)  # three times as fast as playwright's own way
    how = {"clip": view.evaluate(PLACE), "optimizeForSpeed": True}
    taken = session.send("Page.captureScreenshot", how)
    session.detach()
    return taken["data"]


def redrawn(view, before, looks=40):
    """Wait until a view looks different.

    Args:
        view: locator of the view.
        before: what `drawing` gave.
        looks: how often to look.

    Returns:
        Whether it does.
    """
    for _ in range(looks):
        settle(view.page)
        if drawing(view) != before:
            return True
    return False
