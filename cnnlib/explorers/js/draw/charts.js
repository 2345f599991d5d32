// Bars, scales and axes.

import { element, renew } from "./element.js";

/** Bars with a name and a text, one for each { name, share, text, lit }; a share of 1 fills the track. */
export function drawBars(parent, rows) {
  const bar = ({ name, share, text, lit }) => {
    const fill = element("span", { className: lit ? "cnn-fill cnn-limit" : "cnn-fill" });
    fill.style.width = `${Math.max(100 * share, 0.5)}%`;
    return element("div", { className: "cnn-bar" },
      element("span", { className: "cnn-bar-name" }, name),
      element("span", { className: "cnn-track" }, fill),
      element("span", { className: "cnn-bar-value" }, text));
  };
  renew(parent, ...rows.map(bar));
}

/** A function from values between `low` and `high` to pixels between `from` and `to`. */
export function scale(low, high, from, to, { log = false } = {}) {
  const warp = log ? Math.log10 : (value) => value;
  const [start, end] = [warp(low), warp(high)];
  return (value) => from + ((warp(value) - start) / (end - start || 1)) * (to - from);
}

/** At most eight round values from `low` to `high`. */
export function linearTicks(low, high) {
  const rough = (high - low) / 7 || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((size) => size * power >= rough) * power;
  const count = Math.floor(high / step + 1e-9) - Math.ceil(low / step - 1e-9) + 1;
  return Array.from({ length: count }, (_, i) => Number(((Math.ceil(low / step - 1e-9) + i) * step).toPrecision(12)));
}

/** Round values between two positive ones, spaced for a logarithmic scale. */
export function logTicks(low, high) {
  const decades = Math.log10(high / low);
  const steps = decades > 4 ? [1] : decades > 2 ? [1, 3] : [1, 2, 5];
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++) {
    ticks.push(...steps.map((step) => step * 10 ** power).filter((value) => value >= low && value <= high));
  }
  return ticks;
}

/**
 * Grid, numbers and names of two axes in a box of pixels { left, right, top, bottom }; an axis is
 * { place, ticks, name, text }: its scale, the values marked, what it shows, and how a value is written.
 */
export function axes({ left, right, top, bottom }, across, up) {
  const written = ({ text = String }, value) => text(value);
  const middle = (top + bottom) / 2;
  return [
    ...across.ticks.flatMap((value) => {
      const x = across.place(value);
      return [
        element("line", { class: "cnn-grid", x1: x, x2: x, y1: top, y2: bottom }),
        element("text", { class: "cnn-tick", x, y: bottom + 5, dy: "0.9em", "text-anchor": "middle" }, written(across, value)),
      ];
    }),
    ...up.ticks.flatMap((value) => {
      const y = up.place(value);
      return [
        element("line", { class: "cnn-grid", x1: left, x2: right, y1: y, y2: y }),
        element("text", { class: "cnn-tick", x: left - 6, y, dy: "0.33em", "text-anchor": "end" }, written(up, value)),
      ];
    }),
    element("text", { class: "cnn-axis", x: (left + right) / 2, y: bottom + 10, dy: "2.3em", "text-anchor": "middle" }, across.name ?? ""),
    element("text", { class: "cnn-axis", transform: `translate(13 ${middle}) rotate(-90)`, "text-anchor": "middle" }, up.name ?? ""),
  ];
}

/**
 * Rows of dots, one for each run, the marked one full, over a line from the least to the greatest; each run has
 * a lane of its own, the first on top. `rows` are { name, values }, `across` places a value, `left` is where
 * names end, `top` and `high` where the rows are.
 */
export const runRows = (rows, { across, left, top, high, marked }) =>
  rows.flatMap(({ name, values }, row) => {
    const y = top + (row + 0.5) * high;
    const lane = Math.min(4, (high - 14) / values.length);
    const ends = [Math.min(...values), Math.max(...values)].map((end) => `${across(end)} ${y + high / 2 - 3}`);
    return [
      element("text", { class: "cnn-axis", x: left, y, dy: "0.35em", "text-anchor": "end" }, name),
      element("path", { class: "cnn-curve", d: `M${ends.join("L")}` }),
      ...values.map((value, i) =>
        element("circle", { class: "cnn-dot", "fill-opacity": i === marked ? 1 : 0.25, cx: across(value), cy: y - 3 + (i - (values.length - 1) / 2) * lane, r: i === marked ? 6 : 4 })),
    ];
  });

/** An entry of a legend: a swatch of this class and its text. */
export const swatch = (className, text) =>
  element("span", { className: "cnn-key" }, element("span", { className: `cnn-swatch ${className}` }), text);
