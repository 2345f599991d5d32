"""Fixtures that open pages in Chromium.

A test module gets them with ``pytest_plugins = ("book_build", "browser_fixtures")``.
"""

import shutil

import browsers
import gallery
import pytest
from browsing import finish, serve, settle
from playwright.sync_api import sync_playwright

from cnnlib.explorers._modules import FOLDER

PATIENCE = 120_000  # milliseconds; a loaded machine is slow
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
# Notes each script that has run, so that a test can wait for those that a page loads late, and
# covers explorers' controls and words once `browsing.drawing` has taken a picture.
PREPARE = """
  window.finishedScripts = new WeakSet();
  document.addEventListener("load", ({ target }) => finishedScripts.add(target), true);
  const cover = new CSSStyleSheet();
  cover.replaceSync(`
    html[data-photograph] .cnn-view :is(input, select, button, [role=grid], [role=status]) {
      opacity: 0 !important;
    }`);
  document.adoptedStyleSheets.push(cover);
"""


class Visit:
    """Opens pages of one site; `faults` lists what a page must not do.

    Faults are errors on the console, uncaught exceptions, and requests to another host.
    """

    def __init__(self, browser, site):
        self.browser, self.site, self.faults, self.contexts = browser, site, [], []

    def open(self, page, *, theme="light", width=1280, height=900, **options):
        """Open a page in a context of its own and wait until its scripts have run.

        Args:
            page: its path below the site.
            theme: "light" or "dark", the reader's preference.
            width: of the window, in CSS pixels.
            height: of the window, in CSS pixels.
            **options: more of playwright's `Browser.new_context`.

        Returns:
            Playwright's `Page`.
        """
        viewport = {"width": width, "height": height}
        context = self.browser.new_context(viewport=viewport, color_scheme=theme, **options)
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(PREPARE)
        context.on("request", self._check_request)
        context.on("console", lambda message: self._note(message.type == "error", message.text))
        context.on("weberror", lambda error: self._note(True, error.error))
        opened = context.new_page()
        opened.goto(self.site + page)
        if options.get("java_script_enabled", True):
            finish(opened)
        return opened

    def close(self):
        """Close the pages; return the faults."""
        for context in self.contexts:
            context.close()
        return self.faults

    def _note(self, bad, what):
        if bad:
            self.faults.append(str(what))

    def _check_request(self, request):
        self._note(not request.url.startswith((self.site, "data:", "blob:")), request.url)


@pytest.fixture(scope="module")
def browser():
    """A headless Chromium."""
    with sync_playwright() as playwright:
        arguments = [*browsers.ARGUMENTS, OFFLINE]
        found = playwright.chromium.launch(executable_path=browsers.chromium(), args=arguments)
        yield found
        found.close()


@pytest.fixture(scope="session")
def site(book):
    """The address at which the built book is served."""
    assert book.returncode == 0, book.log
    with serve(book.html) as address:
        yield address


@pytest.fixture
def visit(browser, site):
    """Opens pages; the test fails when one of them is at fault."""
    visit = Visit(browser, site)
    yield visit
    assert visit.close() == []


@pytest.fixture(scope="module")
def long_visit(browser, site):
    """Opens pages for all tests of a module, which set what they need; else as `visit`."""
    visit = Visit(browser, site)
    yield visit
    assert visit.close() == []


@pytest.fixture(scope="module")
def desk(browser, site, request):
    """A page (`indirect` names it) at a desk's width, for all tests of a module that ask for it.

    They come one after the other; each sets the theme and the width that it needs, and one that
    leaves a page otherwise than it was comes after those that mind.
    """
    visit = Visit(browser, site)
    yield visit.open(request.param)
    assert visit.close() == []


@pytest.fixture
def shown(browser, tmp_path):
    """Puts explorers on a page, in a context with options; returns the page and their boxes."""
    contexts = []

    def show(*made, **options):
        shutil.copy(FOLDER / "palette.css", tmp_path)
        gallery.write(tmp_path, "page.html", made)
        context = browser.new_context(viewport={"width": 1000, "height": 900}, **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.goto((tmp_path / "page.html").as_uri())
        page.wait_for_function("() => !document.querySelector('.cnn-anywidget:not([data-ready])')")
        settle(page)
        return page, page.locator(".cnn-explorer").all()

    yield show
    for context in contexts:
        context.close()
