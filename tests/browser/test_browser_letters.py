"""What is written in an explorer can be read on a phone, in drawings and on canvases, too."""

import pytest
from browsing import settle
from gallery import EXPLORERS

from cnnlib.explorers import ConvolutionExplorer, PoolingExplorer

pytest_plugins = "browser_fixtures"

PHONE = {"width": 344, "height": 800}
"""CSS pixels: the book's margins take the rest of 360."""
SMALLEST = 9
# Notes the smallest letters that are drawn on a sheet, and on which canvas it is copied.
WATCH_CANVASES = """
  const sheet = OffscreenCanvasRenderingContext2D.prototype;
  const { fillText } = sheet;
  sheet.fillText = function (text, ...where) {
    const size = parseFloat(this.font.match(/([\\d.]+)px/)[1]);
    if (text.trim()) this.canvas.letters = Math.min(size, this.canvas.letters ?? Infinity);
    return fillText.call(this, text, ...where);
  };
  const page = CanvasRenderingContext2D.prototype;
  const { drawImage } = page;
  page.drawImage = function (source, ...where) {
    this.canvas.letters = source.letters;
    delete source.letters;
    return drawImage.call(this, source, ...where);
  };
"""
# Everything written that is smaller: its text, or where it stands, and its size.
TOO_SMALL = """(box, smallest) => {
  const isSeen = (one) =>
    one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length;
  const isWritten = (one) =>
    [...one.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim());
  const seen = (kind) => [...box.querySelectorAll(kind)].filter(isSeen);
  const fontOf = (one) => parseFloat(getComputedStyle(one).fontSize);
  const scaleOf = (one) => {
    const { a, b } = one.getScreenCTM?.() ?? { a: 1, b: 0 };
    return Math.hypot(a, b);
  };
  const texts = seen("*").filter(isWritten).map(
    (one) => [one.textContent.trim(), fontOf(one) * scaleOf(one)]);
  const canvases = seen("canvas").filter(({ letters }) => letters).map((one) => {
    const scale = (one.getBoundingClientRect().width * devicePixelRatio) / one.width;
    return [one.parentElement.className, one.letters * scale];
  });
  return [...texts, ...canvases].filter(([, size]) => size < smallest - 0.05);
}"""


def too_small(page, box):
    page.add_init_script(WATCH_CANVASES)
    page.set_viewport_size(PHONE)
    page.reload()
    settle(page)
    assert page.errors == []
    return box.evaluate(TOO_SMALL, SMALLEST)


@pytest.mark.parametrize("explorer", EXPLORERS)
def test_letters_of_an_explorer_are_nine_pixels_high_on_a_phone(shown, explorer):
    page, [box] = shown(explorer())
    assert too_small(page, box) == []


@pytest.mark.parametrize("size", range(2, 9))
def test_tables_of_a_window_have_numbers_of_nine_pixels_or_none(shown, size):
    made = [ConvolutionExplorer(kernel="gaussian", size=size), PoolingExplorer(size=size)]
    page, boxes = shown(*made)
    assert [too_small(page, box) for box in boxes] == [[], []]
