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
    const words = one.textContent.trim();
    return { words, left: left + x, right: right - x, top: top + y, bottom: bottom - y };
  };
  const beyond = (one, frame) =>
    [frame.left - one.left, one.right - frame.right, frame.top - one.top, one.bottom - frame.bottom]
      .some((pixels) => pixels > 1);
  const holds = ({ left, right, top, bottom }, one) => {
    const [x, y] = [(one.left + one.right) / 2, (one.top + one.bottom) / 2];
    return left < x && x < right && top < y && y < bottom;
  };
  const overlap = (one, other) =>
    one.left < other.right && other.left < one.right &&
    one.top < other.bottom && other.top < one.bottom;
  const area = ({ width, height }) => width * height;

  function faults(svg) {
    const frame = svg.getBoundingClientRect();
    const isWritten = (one) => isSeen(one) && one.textContent.trim();
    const labels = [...svg.querySelectorAll("text")].filter(isWritten).map(inked);
    const cells = [...svg.querySelectorAll(".cnn-cell, .cnn-output")].map(
      (one) => one.getBoundingClientRect());
    const smallestFirst = cells.sort((one, other) => area(one) - area(other));
    const placeOf = (label) => smallestFirst.find((cell) => holds(cell, label)) ?? frame;
    return labels.flatMap((label, i) => [
      ...(beyond(label, placeOf(label)) ? [[label.words, "leaves its place"]] : []),
      ...labels.slice(i + 1).filter((other) => overlap(label, other)).map(
        ({ words }) => [label.words, "lies on", words]),
    ]);
  }

  const found = new Set();
  const look = (state) => {
    for (const svg of box.querySelectorAll("svg")) {
      if (svg.ownerSVGElement || !isSeen(svg)) continue;
      for (const fault of faults(svg)) found.add([state, ...fault].join(" "));
    }
  };
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  async function lookAgain(state) {
    await frame();
    await frame();
    look(state);
  }
  async function change(control, name, value) {
    if (control.disabled) return;
    control[name] = value;
    const tell = (type) => control.dispatchEvent(new Event(type, { bubbles: true }));
    ["input", "change"].forEach(tell);
    await lookAgain(`${control.ariaLabel ?? control.labels?.[0]?.textContent} ${value}:`);
  }

  look("opened:");
  for (const stage of box.querySelectorAll("[role=application]")) {
    for (const key of ["ArrowRight", "ArrowDown", "ArrowRight"]) {
      stage.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
      await lookAgain(`${key}:`);
    }
  }
  for (const one of box.querySelectorAll(".cnn-panel-controls :is(input, select)")) {
    const ends = one.type === "range" ? [one.max, one.min] : [];
    for (const end of ends) await change(one, "value", end);
    if (one.type === "checkbox") await change(one, "checked", !one.checked);
    for (const { value } of one.options ?? []) await change(one, "value", value);
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
