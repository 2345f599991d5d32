"""Pages printed as soon as they are there, and formulas where scripts do not run."""

import re

import numpy as np
import pypdfium2
import pytest
from browsing import PAGES

pytest_plugins = ("book_build", "browser_fixtures")

FORMULAS = "foundations/padding_strides.html"
FONT = "formulas.woff"


@pytest.fixture(scope="module", params=PAGES)
def paper(request, browser, site):
    """A page of the book, printed at once: the sheets as pypdfium2 reads them."""
    page = browser.new_page()
    page.goto(site + request.param)
    with pypdfium2.PdfDocument(page.pdf(format="A4")) as sheets:
        page.close()
        yield sheets


def filled(sheet):
    """Return how far down a sheet its last ink lies, from 0 to 1."""
    grey = np.asarray(sheet.render(scale=0.5).to_pil().convert("L"))
    inked = np.flatnonzero((grey < 200).any(axis=1))
    return round(int(inked.max(initial=0)) / len(grey), 2)


def test_formulas_are_set_on_paper(paper):
    text = "".join(sheet.get_textpage().get_text_range() for sheet in paper)
    assert len(text) > 1000
    assert re.findall(r"\\[(\[].*", text) == []


def test_no_sheet_but_the_last_is_half_empty(paper):
    shares = [filled(sheet) for sheet in paper]
    assert [pair for pair in enumerate(shares[:-1], 1) if pair[1] < 0.5] == []


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_formulas_stand_where_no_script_runs(visit, theme, width):
    page = visit.open(FORMULAS, theme=theme, width=width, java_script_enabled=False)
    assert page.locator(".math").count() == page.locator(".math > math").count() > 100
    for formula in page.locator("div.math").all():
        own, number = formula.locator("math"), formula.locator(".eqno")
        assert own.bounding_box()["height"] > 15
        assert number.bounding_box()["x"] > own.bounding_box()["x"]
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_mathjax_takes_the_place_of_mathml(visit):
    page = visit.open(FORMULAS)
    formulas = page.locator(".math[data-tex]").count()
    assert formulas == page.locator(".math > mjx-container").count() > 100
    assert page.locator("[data-tex] > math").count() == 0
    assert page.locator(".math math").count() == page.locator("mjx-assistive-mml math").count()


def test_font_of_formulas_is_fetched_for_paper_alone(browser, site):
    page, fetched = browser.new_page(), []
    page.on("request", lambda request: fetched.append(request.url.rsplit("/", 1)[-1]))
    page.goto(site + FORMULAS)
    assert FONT not in fetched
    page.pdf()
    assert FONT in fetched
    page.close()
