// Keys, the pointer and the width of the page.

/**
 * Returns a function that gives the width of `target`, and calls `changed` when it is another. It
 * is kept, because asking for it lays the page out.
 */
export function widthOf(target, changed, signal) {
  let width = 0;
  const resized = new ResizeObserver(() => {
    if (target.clientWidth === width) return;
    width = target.clientWidth;
    changed();
  });
  resized.observe(target);
  signal.addEventListener("abort", () => resized.disconnect());
  return () => (width ||= target.clientWidth);
}

/** The same for a chart, which is as wide as `target` within limits. */
export function chartWidth(target, changed, signal) {
  const width = widthOf(target, changed, signal);
  return () => Math.max(300, Math.min(760, width() || 720));
}

/** Call `act(key, event)` for the keys of a list; JupyterLab's own shortcuts stay quiet. */
export function onKeys(target, keys, act, signal) {
  target.addEventListener(
    "keydown",
    (event) => {
      if (!keys.includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      act(event.key, event);
    },
    { signal },
  );
}

/**
 * Returns a function that keeps the limit of a colour scale from shrinking while the pointer or a key is
 * down; `changed` is called when it is let go.
 */
export function steady(changed, signal) {
  let down = false;
  let kept = 0;
  const hold = (on, names) => {
    const note = () => {
      down = on;
      if (!on) changed();
    };
    for (const name of names) document.addEventListener(name, note, { signal, capture: true });
  };
  hold(true, ["pointerdown", "keydown"]);
  hold(false, ["pointerup", "pointercancel", "keyup"]);
  return (limit) => (kept = down ? Math.max(kept, limit) : limit);
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Arrow keys move by steps [down, right]; with Shift ten at a time. */
export function arrowSteps(target, move, signal) {
  onKeys(target, Object.keys(STEPS), (key, { shiftKey }) => move(...STEPS[key].map((step) => step * (shiftKey ? 10 : 1))), signal);
}

/**
 * Arrow keys move `position()` = [row, column] inside `extent()` = [rows, columns]; Home and End go to the ends of its row,
 * or of its column where there is only one.
 */
export function arrowKeys(target, position, extent, move, signal) {
  const go = (row, column) => {
    const [rows, columns] = extent();
    move(Math.max(0, Math.min(rows - 1, row)), Math.max(0, Math.min(columns - 1, column)));
  };
  arrowSteps(target, (down, right) => go(position()[0] + down, position()[1] + right), signal);
  onKeys(target, ["Home", "End"], (key) => {
    const end = key === "Home" ? 0 : Infinity;
    if (extent()[1] > 1) go(position()[0], end);
    else go(end, 0);
  }, signal);
}

/** Report the pointer's place over `target` as fractions [y, x], while it hovers, taps or drags. */
export function pointer(target, place, signal) {
  const report = (event) => {
    const box = target.getBoundingClientRect();
    if (!box.width || !box.height) return;
    const inside = (t) => Math.max(0, Math.min(1 - 1e-9, t));
    place(inside((event.clientY - box.top) / box.height), inside((event.clientX - box.left) / box.width), event);
  };
  target.addEventListener("pointermove", report, { signal });
  target.addEventListener("pointerdown", report, { signal });
}

/**
 * A number field that is left alone while something is typed into it. `enter` gets the number that
 * is entered, before a pointer that ends the entry does anything else. Returns a function that
 * shows a value.
 */
export function numberEntry(input, enter, signal) {
  let value = "";
  let typing = false;
  const show = (next) => {
    value = String(next);
    if (!typing && input.value !== value) input.value = value;
  };
  const end = () => {
    typing = false;
    show(value);
  };
  input.addEventListener("input", () => (typing = true));
  input.addEventListener("blur", end);
  input.addEventListener("change", () => {
    const entry = input.valueAsNumber;
    end();
    if (Number.isFinite(entry)) enter(entry);
  });
  const leave = ({ target }) => typing && target !== input && input.blur();
  window.addEventListener("pointerdown", leave, { capture: true, signal });
  return show;
}
