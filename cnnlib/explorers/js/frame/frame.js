// What every explorer does alike: draw once per frame, follow the theme, clean up.

import { forgetTheme } from "../draw/draw.js";

/** Call `changed` when the page switches between light and dark. */
function watchTheme(changed, signal) {
  const observer = new MutationObserver(changed);
  const watch = { attributes: true, attributeFilter: ["data-theme", "theme", "data-jp-theme-light", "class"] };
  observer.observe(document.documentElement, watch);
  observer.observe(document.body, watch);
  signal.addEventListener("abort", () => observer.disconnect());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed, { signal });
}

/**
 * An anywidget front-end module. `build({ model, el, signal, schedule })` makes the elements once
 * and returns (perhaps later) the function that draws the model's present state. That function may
 * correct the model before it reads it: only what others change is drawn anew.
 */
export function explorer(build) {
  async function render({ model, el }) {
    const abort = new AbortController();
    const { signal } = abort;
    let show = () => {};
    let drawing = false;
    let frame = 0;
    const draw = () => {
      frame = 0;
      drawing = true;
      try {
        show();
      } finally {
        drawing = false;
      }
    };
    const schedule = () => (frame ||= requestAnimationFrame(draw));
    const changed = () => drawing || schedule();
    signal.addEventListener("abort", () => cancelAnimationFrame(frame));
    el.classList.add("cnn-view");
    show = await build({ model, el, signal, schedule });
    model.on("change", changed);
    signal.addEventListener("abort", () => model.off("change", changed));
    watchTheme(() => {
      forgetTheme();
      schedule();
    }, signal);
    draw();
    return () => abort.abort();
  }
  return { render };
}

/** Set several traits at once, for the page and for a kernel where there is one. */
export function update(model, values) {
  for (const [name, value] of Object.entries(values)) model.set(name, value);
  model.save_changes();
}

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

/** Arrow keys, Home and End move `position()` = [row, column] inside `extent()` = [rows, columns]. */
export function arrowKeys(target, position, extent, move, signal) {
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  target.addEventListener(
    "keydown",
    (event) => {
      const [row, column] = position();
      const [rows, columns] = extent();
      let next = null;
      if (event.key in steps) {
        const far = event.shiftKey ? 10 : 1;
        next = [row + steps[event.key][0] * far, column + steps[event.key][1] * far];
      } else if (event.key === "Home") next = [row, 0];
      else if (event.key === "End") next = [row, columns - 1];
      if (!next) return;
      event.preventDefault();
      event.stopPropagation(); // JupyterLab's own shortcuts stay quiet
      move(Math.max(0, Math.min(rows - 1, next[0])), Math.max(0, Math.min(columns - 1, next[1])));
    },
    { signal },
  );
}

/** Report the pointer's place over `target` as fractions [y, x], while it hovers, taps or drags. */
export function pointer(target, place, signal) {
  const report = (event) => {
    const box = target.getBoundingClientRect();
    if (!box.width || !box.height) return;
    const inside = (t) => Math.max(0, Math.min(1 - 1e-9, t));
    place(inside((event.clientY - box.top) / box.height), inside((event.clientX - box.left) / box.width));
  };
  target.addEventListener("pointermove", report, { signal });
  target.addEventListener("pointerdown", report, { signal });
}
