import { outputSize, padAmounts, span } from "../js/math/ops.js";
import { element, plural, renew, say } from "../js/draw/draw.js";
import { arrowKeys, explorer, pointer, update } from "../js/frame/frame.js";

const NAMES = ["width", "height", "kernel", "stride", "dilation", "zeros"];
const GAP = 46; // between the input row and the outputs above it, in the drawing's units
const CELL = 30;

function read(model) {
  const p = Object.fromEntries(NAMES.map((name) => [name, model.get(name)]));
  return { ...p, padding: ["valid", "same", p.zeros][model.get("padding")] };
}

/** Everything the drawing needs to know about one axis with n cells. */
function axis(n, { kernel, stride, padding, dilation }) {
  const [before, after] = padAmounts(n, kernel, stride, padding, dilation);
  const outputs = outputSize(n, kernel, stride, padding, dilation);
  const taps = (output) => Array.from({ length: kernel }, (_, u) => output * stride + u * dilation - before);
  const read = new Set(Array.from({ length: outputs }, (_, output) => taps(output)).flat());
  const ignored = Array.from({ length: n }, (_, i) => i).filter((i) => !read.has(i));
  return { n, before, after, outputs, taps, ignored, reach: span(kernel, dilation) };
}

/** The formula of the output size with its numbers. */
function formula({ n, before, after, outputs, reach }, { padding, stride }) {
  if (padding === "same") return `⌈${n} / ${stride}⌉ = ${outputs}`;
  const zeros = before + after ? ` + ${before + after}` : "";
  return `⌊(${n}${zeros} − ${reach}) / ${stride}⌋ + 1 = ${outputs}`;
}

const signed = (number) => String(number).replace("-", "−");


function range(word, taps) {
  if (taps.length === 1) return `${word} ${signed(taps[0])}`;
  if (taps[1] - taps[0] > 1) return `${word}s ${taps.map(signed).join(", ")}`;
  return `${word}s ${signed(taps[0])} to ${signed(taps.at(-1))}`;
}

const kind = (zero, ignored, lit) =>
  ["cnn-cell", zero && "cnn-zero", ignored && "cnn-ignored", lit && "cnn-lit"].filter(Boolean).join(" ");

const square = (x, y, className) =>
  element("rect", { class: className, x: x + 1, y: y + 1, width: CELL - 2, height: CELL - 2, rx: 4 });

const stroke = (x, y) =>
  element("line", { class: "cnn-stroke", x1: x + 4, y1: y + CELL - 4, x2: x + CELL - 4, y2: y + 4 });

const label = (x, y, text) => element("text", { class: "cnn-label", x: x + CELL / 2, y: y + CELL / 2 + 4 }, String(text));

/** One row of the input, the outputs above the middles of their windows, and the chosen one's lines. */
function rowDrawing(columns, stride, chosen) {
  const taps = columns.taps(chosen);
  const cells = columns.before + columns.n + columns.after;
  const x = (index) => (index + columns.before) * CELL;
  const outputX = (output) => output * stride * CELL + ((columns.reach - 1) / 2) * CELL;
  const top = CELL + GAP;
  const parts = [];
  for (let output = 0; output < columns.outputs; output++) {
    const lit = output === chosen;
    for (const tap of columns.taps(output)) {
      const line = { x1: outputX(output) + CELL / 2, y1: CELL, x2: x(tap) + CELL / 2, y2: top };
      parts.push(element("line", { class: lit ? "cnn-edge cnn-lit" : "cnn-edge", ...line }));
    }
  }
  // Windows overlap where the stride is small: outputs shrink so that they stay apart.
  const room = Math.min(CELL, stride * CELL) - 2;
  for (let output = 0; output < columns.outputs; output++) {
    const lit = output === chosen ? "cnn-output cnn-lit" : "cnn-output";
    const left = outputX(output) + (CELL - room) / 2;
    parts.push(element("rect", { class: lit, x: left, y: 1, width: room, height: CELL - 2, rx: 4 }));
    parts.push(label(outputX(output), 0, output));
  }
  for (let index = -columns.before; index < columns.n + columns.after; index++) {
    const ignored = columns.ignored.includes(index);
    const zero = index < 0 || index >= columns.n;
    parts.push(square(x(index), top, kind(zero, ignored, taps.includes(index))));
    if (ignored) parts.push(stroke(x(index), top));
    parts.push(label(x(index), top, signed(index)));
  }
  return { parts, width: cells * CELL, height: top + CELL };
}

/** The padded input as a grid, the chosen window outlined. */
function inputDrawing(rows, columns, [row, column]) {
  const [down, across] = [rows.taps(row), columns.taps(column)];
  const parts = [];
  for (let i = -rows.before; i < rows.n + rows.after; i++) {
    for (let j = -columns.before; j < columns.n + columns.after; j++) {
      const [x, y] = [(j + columns.before) * CELL, (i + rows.before) * CELL];
      const zero = i < 0 || i >= rows.n || j < 0 || j >= columns.n;
      const ignored = !zero && (rows.ignored.includes(i) || columns.ignored.includes(j));
      const lit = down.includes(i) && across.includes(j);
      parts.push(square(x, y, kind(zero, ignored, lit)));
      if (ignored) parts.push(stroke(x, y));
    }
  }
  const corner = { x: (across[0] + columns.before) * CELL, y: (down[0] + rows.before) * CELL };
  parts.push(element("rect", { class: "cnn-window", ...corner, width: columns.reach * CELL, height: rows.reach * CELL, rx: 5 }));
  return {
    parts,
    width: (columns.before + columns.n + columns.after) * CELL,
    height: (rows.before + rows.n + rows.after) * CELL,
  };
}

function outputDrawing(rows, columns, [row, column]) {
  const parts = [];
  for (let i = 0; i < rows.outputs; i++) {
    for (let j = 0; j < columns.outputs; j++) {
      const lit = i === row && j === column ? "cnn-output cnn-lit" : "cnn-output";
      parts.push(square(j * CELL, i * CELL, lit));
    }
  }
  return { parts, width: columns.outputs * CELL, height: rows.outputs * CELL };
}

function show(svg, { parts, width, height }) {
  svg.setAttribute("viewBox", `-2 -2 ${width + 4} ${height + 4}`);
  svg.style.width = `${width + 4}px`;
  renew(svg, ...parts);
}

/** A drawing under a title that arrow keys and the pointer can explore. */
function drawing(name, ariaLabel) {
  const svg = element("svg", { "aria-hidden": "true" });
  const stage = element("div", { className: "cnn-drawing", role: "application", tabIndex: 0, "aria-label": ariaLabel }, svg);
  const title = element("p", { className: "cnn-title" });
  return { node: element("div", { className: `cnn-${name}` }, title, stage), title, stage, svg };
}

function build({ model, el, signal }) {
  const row = drawing("one-row", "One row: left and right arrow keys choose a neuron");
  const input = drawing("input", "Input grid: arrow keys move the window");
  const output = drawing("output", "Output grid: arrow keys choose a neuron");
  const sizes = element("p", { className: "cnn-sizes" });
  const words = element("p", { className: "cnn-words", role: "status" });
  const swatch = (className, text) =>
    element("span", { className: "cnn-key" }, element("span", { className: `cnn-swatch ${className}` }), text);
  const key = element(
    "p",
    { className: "cnn-keys" },
    swatch("cnn-lit", "read by the chosen neuron"),
    swatch("cnn-zero", "zero of the padding"),
    swatch("cnn-ignored", "read by no neuron"),
  );
  const grids = element("div", { className: "cnn-grids" }, input.node, output.node);
  el.append(sizes, row.node, grids, key, words);

  let rows;
  let columns;

  const extent = () => [rows.outputs, columns.outputs];
  const chosen = () => {
    const neuron = Math.max(0, Math.min(model.get("neuron"), rows.outputs * columns.outputs - 1));
    return [Math.floor(neuron / columns.outputs), neuron % columns.outputs];
  };
  const choose = (i, j) => update(model, { neuron: i * columns.outputs + j });
  const nearest = (along, fraction) => {
    const cell = Math.floor(fraction * (along.before + along.n + along.after));
    const output = Math.round((cell - (along.reach - 1) / 2) / model.get("stride"));
    return Math.max(0, Math.min(along.outputs - 1, output));
  };
  const ready = () => rows.outputs && columns.outputs;
  for (const one of [row, input, output]) arrowKeys(one.stage, chosen, extent, (i, j) => ready() && choose(i, j), signal);
  pointer(row.svg, (y, x) => ready() && choose(chosen()[0], nearest(columns, x)), signal);
  pointer(input.svg, (y, x) => ready() && choose(nearest(rows, y), nearest(columns, x)), signal);
  pointer(output.svg, (y, x) => ready() && choose(Math.floor(y * rows.outputs), Math.floor(x * columns.outputs)), signal);

  return function draw() {
    const p = read(model);
    [rows, columns] = [axis(p.height, p), axis(p.width, p)];
    const last = Math.max(0, rows.outputs * columns.outputs - 1);
    if (model.get("last_neuron") !== last) update(model, { last_neuron: last });
    if (ready() && model.get("neuron") > last) update(model, { neuron: last });
    el.classList.toggle("cnn-empty", !ready());
    const layer = `${p.kernel}×${p.kernel} kernel, stride ${p.stride}, dilation ${p.dilation}`;
    if (!ready()) {
      const short = rows.outputs ? columns : rows;
      sizes.textContent = "No output";
      say(words, `${layer}: the kernel spans ${short.reach} cells, but the padded input has only ${short.before + short.n + short.after}.`);
      return;
    }
    say(sizes, `width ${formula(columns, p)},  height ${formula(rows, p)}`);
    const [i, j] = chosen();
    say(row.title, `One row: ${p.width} inputs below, ${plural(columns.outputs, "neuron")} above`);
    say(input.title, `Input ${p.height}×${p.width}`);
    say(output.title, `Output ${rows.outputs}×${columns.outputs}`);
    show(row.svg, rowDrawing(columns, p.stride, j));
    show(input.svg, inputDrawing(rows, columns, [i, j]));
    show(output.svg, outputDrawing(rows, columns, [i, j]));
    const zeros = `zeros: ${columns.before} left, ${columns.after} right, ${rows.before} above, ${rows.after} below`;
    const ignored = `ignored: ${plural(columns.ignored.length, "column")}, ${plural(rows.ignored.length, "row")}`;
    const [down, across] = [rows.taps(i), columns.taps(j)];
    say(words,
      `${layer}: ${p.height}×${p.width} → ${rows.outputs}×${columns.outputs}; ${zeros}; ${ignored}. ` +
      `Neuron (${i}, ${j}) reads ${range("row", down)}, ${range("column", across)}.`);
  };
}

export default explorer(build);
