"""Pages where books are read: learning platforms, a folder on a disk, a frame, a part of a site."""

import functools
import http.server
import re
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from browsing import EXPLORER_PAGES

pytest_plugins = ("book_build", "browser_fixtures")

POLICY = "default-src 'self' data:; script-src 'self' 'unsafe-inline'; style-src * 'unsafe-inline'"
STATE = r"application/vnd\.jupyter\.widget-state\+json"
PAGE = "foundations/pooling.html"


@contextmanager
def served(folder, prefix="", **headers):
    """Serve a folder below a path, every answer with some headers."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path):
            return super().translate_path(path.removeprefix(prefix))

        def end_headers(self):
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            super().end_headers()

        def log_message(self, *message):
            pass

    handler = functools.partial(Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{prefix}/"
        server.shutdown()


def explorers_live(page):
    """Wait for a page's (or frame's) explorers; move the first slider; tell whether it redraws."""
    page.wait_for_selector(".cnn-view canvas, .cnn-view svg")
    view = page.locator(".cnn-anywidget").first
    words = view.locator("[role=status]")
    words.wait_for()
    before = words.inner_text()
    slider = page.locator(".cnn-explorer input[type=range]:enabled").first
    slider.focus()
    slider.press("ArrowRight")
    page.wait_for_function(
        "([node, text]) => node.innerText !== text", arg=[words.element_handle(), before]
    )
    return words.inner_text() != before


@pytest.fixture
def tab(browser):
    """A tab of its own and the errors on its console."""
    context = browser.new_context()
    page = context.new_page()
    page.errors = []
    page.on("console", lambda message: message.type == "error" and page.errors.append(message.text))
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    yield page
    context.close()


def test_a_strict_policy_for_scripts_leaves_explorers_alive(book, tab):
    with served(book.html, Content_Security_Policy=POLICY) as site:
        tab.goto(site + PAGE)
        assert explorers_live(tab)
        assert tab.errors == []


def test_a_strict_policy_leaves_a_readers_own_view_alive(book, tab):
    with served(book.html, Content_Security_Policy=POLICY) as site:
        tab.goto(site + "make_your_own.html")
        assert explorers_live(tab)
        assert tab.locator(".cnn-failed").count() == 0
        # the browser says so where a worker is refused; the network is then judged between frames
        assert [one for one in tab.errors if not one.startswith("Creating a worker")] == []


@pytest.mark.parametrize("name", [PAGE, "make_your_own.html"])
def test_a_page_from_a_disk_is_alive(book, tab, name):
    tab.goto(f"file://{book.html}/{name}")
    assert explorers_live(tab)
    assert tab.locator(".cnn-failed").count() == 0


def test_a_page_in_a_sandboxed_frame_is_alive(book, tab):
    with served(book.html) as site:
        tab.goto(site + "LICENSE.html")
        tab.set_content(
            f'<iframe sandbox="allow-scripts" src="{site}{PAGE}" width=900 height=700></iframe>'
        )
        frame = tab.frame(url=lambda url: url.endswith(PAGE))
        assert explorers_live(frame)


def test_a_book_below_a_path_is_alive(book, tab):
    with served(book.html, prefix="/courses/cnn") as site:
        tab.goto(site + PAGE)
        assert explorers_live(tab)
        assert tab.errors == []


def test_a_second_page_finds_the_shared_scripts_cached(book, browser):
    with served(book.html, Cache_Control="max-age=600") as site:
        context = browser.new_context()
        page = context.new_page()
        asked = []
        page.on("response", lambda r: r.from_service_worker or asked.append(r))
        page.goto(site + PAGE, wait_until="networkidle")
        first = {r.url for r in asked if "/explorers/js/" in r.url}
        asked.clear()
        page.goto(site + "foundations/memory.html", wait_until="networkidle")
        again = [r for r in asked if r.url in first]
        sizes = [max(0, r.request.sizes()["responseBodySize"]) for r in again]
        context.close()
    assert first
    assert {r.url for r in again} == first
    assert sum(sizes) == 0


def test_every_page_takes_its_explorers_from_files_of_the_site(book):
    for name in EXPLORER_PAGES:
        text = Path(book.html, name).read_text("utf8")
        (state,) = re.findall(rf'<script type="{STATE}">(.*?)</script>', text, re.DOTALL)
        assert "export default" not in state, name
        assert "_static/explorers/js/frame.js" in text, name
