// The drawings of a convolution: its wires along one axis, and its kernel.

import { element } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { channelsOf, outputs, taps } from "./math.js";

const [CELL, GAP, WIDEST] = [28, 54, 330];
export const ROW = 20;
const [INSET, TALL, DEPTH] = [5, 13, 4]; // of a cell in its row, and from a slice to the one behind it

const square = (x, y, width, className) =>
  element("rect", { class: className, x: x + 1, y: y + INSET, width: width - 2, height: TALL, rx: 2 });

/** The slabs behind a row: a map of two dimensions is a plane, one of three a block. */
const slabs = (dimensions, y, width) =>
  Array.from({ length: dimensions - 1 }, (_, i) => dimensions - 1 - i).map((deep) =>
    element("rect", { class: "cnn-cell cnn-slab", x: 1 + deep * DEPTH, y: y + INSET - deep * (DEPTH / 2), width: width - 2, height: TALL, rx: 2 }));

const row = (y, count, width, className, isLit) =>
  Array.from({ length: count }, (_, at) => square(at * width, y, width, isLit(at) ? `${className} cnn-lit` : className));

/** A wire from the bottom of one row to the top of a lower one, in the colour of its weight's column. */
const wire = (x1, row1, x2, row2, tap) =>
  element("line", { class: `cnn-wire cnn-wire-${tap % 4}`, x1, y1: row1 + INSET + TALL, x2, y2: row2 + INSET });

const label = (y, text) => element("text", { class: "cnn-family-label", x: 2, y }, text);

/** Where rows and columns of cells lie: outputs above, a separable convolution's storey, inputs below. */
function layoutOf(setting) {
  const { kind, cells, channels, maps, stride } = setting;
  const length = outputs(setting);
  const spread = kind === "transposed" ? stride : 1; // zeros stand between the inputs
  const width = Math.min(WIDEST, Math.max(cells * spread, length) * CELL);
  const middle = maps * ROW + GAP;
  const bottom = middle + (kind === "separable" ? channels * ROW + GAP : 0);
  const [inStep, outStep] = [width / cells, width / length];
  return { length, spread, width, middle, bottom, height: bottom + channels * ROW, inStep, outStep };
}

/** Input channel c with the zeros between its cells. */
function inputRow({ spread, bottom, inStep, outStep }, cells, c, isLit) {
  const wide = spread > 1 ? outStep : inStep;
  return Array.from({ length: cells }, (_, cell) => {
    const x = (cell + 0.5) * inStep - wide / 2;
    const zeros = cell < cells - 1 ? spread - 1 : 0;
    return [
      square(x, bottom + c * ROW, wide, isLit(cell) ? "cnn-cell cnn-lit" : "cnn-cell"),
      ...Array.from({ length: zeros }, (_, zero) => square(x + (zero + 1) * outStep, bottom + c * ROW, wide, "cnn-cell cnn-zero")),
    ];
  }).flat();
}

/** All cells, and the wires of the output at a place of a map: { parts, width, height, outStep, places, channels }. */
export function wiring(setting, [map, place]) {
  const { kind, cells, channels, maps, dimensions } = setting;
  const layout = layoutOf(setting);
  const { length, width, middle, bottom, height, inStep, outStep } = layout;
  const separable = kind === "separable";
  const reads = new Map(taps(setting, place));
  const read = channelsOf(setting, map);
  const [top, outX] = [map * ROW, (place + 0.5) * outStep];
  const fan = (c) => outX + (c - (channels - 1) / 2) * 5; // so that no wire hides another
  const wires = read.flatMap((c) => [
    ...(separable ? [wire(fan(c), top, fan(c), middle + c * ROW, 0)] : []),
    ...Array.from(reads, ([cell, tap]) =>
      wire(outX, separable ? middle + c * ROW : top, (cell + 0.5) * inStep, bottom + c * ROW, tap)),
  ]);
  const each = (count, make) => Array.from({ length: count }, (_, index) => make(index)).flat();
  const behind = (y) => slabs(dimensions, y, width);
  const boxes = [
    ...each(maps, (k) => behind(k * ROW)),
    ...each(separable ? channels : 0, (c) => behind(middle + c * ROW)),
    ...each(channels, (c) => behind(bottom + c * ROW)),
    ...each(maps, (k) => row(k * ROW, length, outStep, "cnn-output", (at) => k === map && at === place)),
    ...each(separable ? channels : 0, (c) => row(middle + c * ROW, length, outStep, "cnn-cell", (at) => at === place)),
    ...each(channels, (c) => inputRow(layout, cells, c, (cell) => reads.has(cell) && read.includes(c))),
  ];
  const counts = each(kind === "transposed" ? length : 0, (at) =>
    element("text", { class: "cnn-label", x: (at + 0.5) * outStep, y: INSET + TALL - 3 }, String(taps(setting, at).length)));
  const labels = [label(maps * ROW + 12, `${plural(maps, "map")} out`), label(bottom - 8, `${plural(channels, "channel")} in`)];
  if (separable) labels.push(label(middle - 8, "each channel on its own"));
  const parts = [...boxes, ...wires, ...counts, ...labels];
  return { parts, width: width + 2 * DEPTH, height, outStep, places: reads.size, channels: read.length };
}

/** The kernel's cells in one, two or three dimensions, gaps of the dilation included: { parts, width, height }. */
export function kernelSlice({ kernel, dilation, dimensions }) {
  const reach = (count) => (count - 1) * dilation + 1;
  const unit = Math.max(5, Math.min(16, 110 / reach(kernel)));
  const [rows, slices] = [dimensions > 1 ? kernel : 1, dimensions > 2 ? kernel : 1];
  const shift = unit * 0.55 * dilation; // from one slice to the next
  const parts = [];
  for (let s = slices - 1; s >= 0; s--) {
    for (let u = 0; u < rows; u++) {
      for (let v = 0; v < kernel; v++) {
        const [x, y] = [v * dilation * unit + s * shift, u * dilation * unit + (slices - 1 - s) * shift];
        parts.push(element("rect", { class: `cnn-tap cnn-tap-${v % 4}`, x, y, width: unit - 1, height: unit - 1, rx: 2 }));
      }
    }
  }
  const [width, height] = [kernel, rows].map((count) => reach(count) * unit + (slices - 1) * shift);
  return { parts, width, height };
}
