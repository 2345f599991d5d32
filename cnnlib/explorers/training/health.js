// The kernels of the first layer, and how each layer does: its values, its gradient, its dead units.

import { paintSigned } from "../js/draw/canvas.js";
import { scale } from "../js/draw/charts.js";
import { element, renew } from "../js/draw/element.js";
import { three } from "../js/draw/format.js";


/** The layers with weights, which layer gives their values, and what of them may be dead. */
const shownOf = (net) => [
  { name: "conv1", values: "conv1", what: "maps" },
  { name: "conv2", values: "conv2", what: "maps" },
  { name: "hidden", values: "relu", what: "units" },
  net.named.clipped ? { name: "digit", values: "clipped", what: "classes" } : { name: "digit", values: "digit" },
].map((one) => ({ ...one, channels: net.named[one.values].shape.at(-1) }));

const [LEAST, MOST] = [1e-4, 1e3]; // that bars show
const share = scale(LEAST, MOST, 0, 100, { log: true });

/** The layers' rows: { node, draw(told, net) }; `told` is what the session said, or null. */
export function healthOf() {
  const node = element("div", { className: "cnn-train-health", role: "table", "aria-label": "How each layer does" });
  const cell = (role, ...parts) => element("span", { role, className: "cnn-train-cell" }, ...parts);
  const heads = ["Layer", "Size of values", "Gradient", "Dead"];

  function bar(value, width, text, sick) {
    const fill = element("span", { className: sick ? "cnn-train-fill cnn-train-sick" : "cnn-train-fill" });
    fill.style.width = `${Math.max(0, Math.min(100, width)).toFixed(1)}%`;
    return cell("cell", element("span", { className: "cnn-train-number" }, text), element("span", { className: "cnn-train-track" }, fill));
  }
  const size = (value) => bar(value, value > LEAST ? share(value) : 0, written(value), !(value > LEAST && value < MOST));
  const nothing = () => cell("cell", "–");

  function row({ name, values, what, channels }, told) {
    const found = told?.tested.layers[values];
    const dead = found && Math.round(found.dead * channels);
    return element("div", { role: "row", className: "cnn-train-row" },
      element("span", { role: "rowheader", className: "cnn-train-cell" }, name),
      found ? size(found.size) : nothing(),
      found ? size(told.gradients[name]) : nothing(),
      found && what ? bar(dead, 100 * found.dead, `${dead} of ${channels} ${what}`, found.dead > 0.5) : nothing());
  }

  function draw(told, net) {
    renew(node,
      element("div", { role: "row", className: "cnn-train-row" }, ...heads.map((head) => element("span", { role: "columnheader", className: "cnn-train-cell" }, head))),
      ...shownOf(net).map((one) => row(one, told)));
  }
  return { node, draw };
}

/** A number with three digits, or what it is instead. */
export function written(value) {
  if (!Number.isFinite(value)) return "no number";
  if (value === 0) return "0";
  return value < 1e-3 || value >= 1e5 ? value.toExponential(1).replace("-", "−").replace("+", "") : three(value);
}

/** Which parts of a network gave 0 for all pictures of a test, in words. */
export function deadIn({ layers }, net) {
  const some = shownOf(net).flatMap(({ name, values, what, channels }) => {
    const dead = what ? Math.round(layers[values].dead * channels) : 0;
    return dead ? [`${dead} of ${channels} ${what} of ${name}`] : [];
  });
  return some.length ? `Dead: ${some.join(", ")}.` : "Nothing is dead.";
}

/** Kernels as they began, each beside what became of it: { node, draw(first, now, palette) }, of { data, shape: [height, width, 1, count] }. */
export function kernelsOf(count) {
  const pairs = Array.from({ length: count }, () => [0, 1].map(() => element("canvas", { "aria-hidden": "true" })));
  const node = element("div", { className: "cnn-train-kernels" },
    element("p", { className: "cnn-title" }, "Kernels of conv1"),
    element("p", { className: "cnn-train-told" }, "each at first, and now"),
    element("div", { className: "cnn-train-sheet" }, ...pairs.map((pair) => element("div", { className: "cnn-train-pair" }, ...pair))));

  function draw(first, now, palette) {
    const limit = [first, now].reduce((most, { data }) => data.reduce((one, value) => Math.max(one, Math.abs(value)), most), 0);
    const paint = (canvas, { data, shape: [height, width] }, k) =>
      paintSigned(canvas, { data: data.filter((_, i) => i % count === k), shape: [height, width] }, palette, limit);
    pairs.forEach(([before, after], k) => {
      paint(before, first, k);
      paint(after, now, k);
    });
  }
  return { node, draw };
}

