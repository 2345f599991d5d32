import { swatch } from "../js/draw/charts.js";
import { element, say } from "../js/draw/element.js";
import { plural, signed } from "../js/draw/format.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowKeys, pointer } from "../js/frame/input.js";
import { drawing, show, titled } from "../js/frame/stage.js";
import { axisOf, formula } from "./math.js";

const GAP = 46; // between the input row and the outputs above it, in the drawing's units
const CELL = 30;

/** "row 3", "rows 3 to 5" or, where some lie between, "rows 3, 5, 7". */
function listed(word, taps) {
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
  return [parts, columns.cells * CELL, top + CELL];
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
  return [parts, columns.cells * CELL, rows.cells * CELL];
}

function outputDrawing(rows, columns, [row, column]) {
  const parts = [];
  for (let i = 0; i < rows.outputs; i++) {
    for (let j = 0; j < columns.outputs; j++) {
      const lit = i === row && j === column ? "cnn-output cnn-lit" : "cnn-output";
      parts.push(square(j * CELL, i * CELL, lit));
    }
  }
  return [parts, columns.outputs * CELL, rows.outputs * CELL];
}

/** A drawing under a title that arrow keys and the pointer can explore. */
function panel(name, label) {
  const { stage, picture } = drawing(label);
  return { ...titled(`cnn-${name}`, stage), stage, picture };
}

function build({ el, read, set, signal }) {
  const row = panel("one-row", "One row: left and right arrow keys choose a neuron");
  const input = panel("input", "Input grid: arrow keys move the window");
  const output = panel("output", "Output grid: arrow keys choose a neuron");
  const sizes = element("p", { className: "cnn-sizes" });
  const key = element(
    "p",
    { className: "cnn-keys" },
    swatch("cnn-lit", "read by the chosen neuron"),
    swatch("cnn-zero", "zero of the padding"),
    swatch("cnn-ignored", "read by no neuron"),
  );
  el.append(sizes, row.node, element("div", { className: "cnn-grids" }, input.node, output.node), key);

  let rows;
  let columns;
  const ready = () => rows.outputs && columns.outputs;
  const last = () => Math.max(0, rows.outputs * columns.outputs - 1);
  const chosen = () => {
    const neuron = Math.min(read().neuron, last());
    return [Math.floor(neuron / columns.outputs), neuron % columns.outputs];
  };
  const choose = (i, j) => ready() && set({ neuron: i * columns.outputs + j });
  const nearest = (along, fraction) => {
    const middle = Math.floor(fraction * along.cells) - (along.reach - 1) / 2;
    return Math.max(0, Math.min(along.outputs - 1, Math.round(middle / read().stride)));
  };
  for (const { stage } of [row, input, output]) arrowKeys(stage, chosen, () => [rows.outputs, columns.outputs], choose, signal);
  pointer(row.picture, (y, x) => choose(chosen()[0], nearest(columns, x)), signal);
  pointer(input.picture, (y, x) => choose(nearest(rows, y), nearest(columns, x)), signal);
  pointer(output.picture, (y, x) => choose(Math.floor(y * rows.outputs), Math.floor(x * columns.outputs)), signal);

  return function draw(settings) {
    const { width, height, kernel, stride, dilation } = settings;
    [rows, columns] = [axisOf(height, settings), axisOf(width, settings)];
    if (settings.last_neuron !== last()) set({ last_neuron: last() });
    if (ready() && settings.neuron > last()) set({ neuron: last() });
    el.classList.toggle("cnn-empty", !ready());
    const layer = `${kernel}×${kernel} kernel, stride ${stride}${kernel > 1 ? `, dilation ${dilation}` : ""}`;
    if (!ready()) {
      const { reach, cells } = rows.outputs ? columns : rows;
      say(sizes, "No output");
      return `${layer}: the kernel spans ${reach} cells, but the padded input has only ${cells}.`;
    }
    say(sizes, `width ${formula(columns, settings)},  height ${formula(rows, settings)}`);
    const [i, j] = chosen();
    say(row.title, `One row: ${width} inputs below, ${plural(columns.outputs, "neuron")} above`);
    say(input.title, `Input ${height}×${width}`);
    say(output.title, `Output ${rows.outputs}×${columns.outputs}`);
    show(row.picture, ...rowDrawing(columns, stride, j), { margin: 2 });
    show(input.picture, ...inputDrawing(rows, columns, [i, j]), { margin: 2 });
    show(output.picture, ...outputDrawing(rows, columns, [i, j]), { margin: 2 });
    const zeros = `zeros: ${columns.before} left, ${columns.after} right, ${rows.before} above, ${rows.after} below`;
    const ignored = `ignored: ${plural(columns.ignored.length, "column")}, ${plural(rows.ignored.length, "row")}`;
    return `${layer}: ${height}×${width} → ${rows.outputs}×${columns.outputs}; ${zeros}; ${ignored}. ` +
      `Neuron (${i}, ${j}) reads ${listed("row", rows.taps(i))}, ${listed("column", columns.taps(j))}.`;
  };
}

export default explorer(build);
