"""On a phone no label of a drawing lies on another, and none leaves its drawing or its cell."""

import pytest
from browsing import settle
from gallery import EXPLORERS

pytest_plugins = "browser_fixtures"

PHONE = {"width": 344, "height": 800}
"""CSS pixels: the book's margins take the rest of 360."""
# What collides as the explorer opens and as each control goes from end to end: a view's state, what
# is wrong, and the words. Letters fill three fifths of their line's height.
COLLISIONS = """async (box) => {
  const isSeen = (one) => one.checkVisibility({ visibilityProperty: true });
  const inked = (one) => {
    const { left, right, top, bottom, width, height } = one.getBoundingClientRect();
    const [x, y] = one.getScreenCTM().b ? [width / 5, 0.5] : [0.5, height / 5];
    return { words: one.textContent.trim(), left: left + x, right: right - x, top: top + y, bottom: bottom - y };
  };
  const beyond = (one, frame) =>
    one.left < frame.left - 1 || one.right > frame.right + 1 || one.top < frame.top - 1 || one.bottom > frame.bottom + 1;
  const holds = ({ left, right, top, bottom }, one) => {
    const [x, y] = [(one.left + one.right) / 2, (one.top + one.bottom) / 2];
    return left < x && x < right && top < y && y < bottom;
  };
  const overlap = (one, other) =>
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  const area = ({ width, height }) => width * height;

  function faults(svg) {
    const frame = svg.getBoundingClientRect();
    const labels = [...svg.querySelectorAll("text")].filter((one) => isSeen(one) && one.textContent.trim()).map(inked);
    const cells = [...svg.querySelectorAll(".cnn-cell, .cnn-output")].map((one) => one.getBoundingClientRect());
    const cellOf = (label) => cells.filter((cell) => holds(cell, label)).sort((one, other) => area(one) - area(other))[0];
    return labels.flatMap((label, i) => [
      ...(beyond(label, cellOf(label) ?? frame) ? [[label.words, "leaves its place"]] : []),
      ...labels.slice(i + 1).filter((other) => overlap(label, other)).map(({ words }) => [label.words, "lies on", words]),
    ]);
  }

  const found = new Set();
  const look = (state) => {
    for (const svg of box.querySelectorAll("svg")) {
      if (!svg.ownerSVGElement && isSeen(svg)) faults(svg).forEach((fault) => found.add([state, ...fault].join(" ")));
    }
  };
  const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
  async function change(control, how, state) {
    if (control.disabled) return;
    how();
    for (const type of ["input", "change"]) control.dispatchEvent(new Event(type, { bubbles: true }));
    await drawn();
    look(`${control.getAttribute("aria-label") ?? control.labels?.[0]?.textContent} ${state}:`);
  }
  const controls = [...box.querySelectorAll(".cnn-panel-controls :is(input, select)")];
  look("opened:");
  for (const stage of box.querySelectorAll("[role=application]")) {
    for (const key of ["ArrowRight", "ArrowDown", "ArrowRight"]) {
      stage.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
      await drawn();
      look(`${key}:`);
    }
  }
  for (const one of controls) {
    if (one.type === "range") for (const end of ["max", "min"]) await change(one, () => (one.value = one[end]), one[end]);
    if (one.type === "checkbox") await change(one, () => (one.checked = !one.checked), "ticked");
    if (one.tagName === "SELECT") for (const { index, text } of one.options) await change(one, () => (one.selectedIndex = index), text);
  }
  return [...found];
}"""


@pytest.mark.parametrize("explorer", EXPLORERS)
def test_labels_of_a_drawing_keep_apart_and_inside_on_a_phone(shown, explorer):
    page, [box] = shown(explorer(), reduced_motion="reduce")
    page.set_viewport_size(PHONE)
    settle(page)
    assert box.evaluate(COLLISIONS) == []
    assert page.errors == []
