// The drawings: one row under its neurons, the input grid and the output grid. Each function returns
// [parts, width, height].

import { element } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";

export const CELL = 30;
const INDEX = 20; // room for the number of a cell
const TOP = INDEX + CELL + 46; // of the input row, under the outputs and their lines
const GRIP = 12; // how near the row's edge is taken hold of

const outside = ({ n }, cell) => cell < 0 || cell >= n;

/** The sum of what a neuron reads: rows and columns of `pixels`, zeros outside. */
export function sumOf(pixels, rows, columns, down, across) {
  const inside = (axis, taps) => taps.filter((tap) => !outside(axis, tap));
  return inside(rows, down).flatMap((i) => inside(columns, across).map((j) => pixels[i][j])).reduce((a, b) => a + b, 0);
}

const square = (className, x, y, width = CELL) =>
  element("rect", { class: className, x: x + 1, y: y + 1, width: width - 2, height: CELL - 2, rx: 4 });

const stroke = (x, y) =>
  element("line", { class: "cnn-stroke", x1: x + 4, y1: y + CELL - 4, x2: x + CELL - 4, y2: y + 4 });

const text = (className, x, y, value) => element("text", { class: className, x: x + CELL / 2, y, "text-anchor": "middle" }, signed(value));

/** A cell of the input with its value, struck out where no neuron reads it. */
function inputCell(x, y, value, { zero, unread, lit }) {
  const kind = ["cnn-cell", zero && "cnn-zero", unread && "cnn-ignored", lit && "cnn-lit"].filter(Boolean).join(" ");
  return [square(kind, x, y), text("cnn-label", x, y + CELL / 2 + 4, value), ...(unread ? [stroke(x, y)] : [])];
}

/** The window of a kernel that does not fit. */
const overhang = (x, y, width, height) => element("rect", { class: "cnn-window cnn-overhang", x, y, width, height, rx: 5 });

/** One row of the input, the outputs above the middles of their windows, and the chosen one's lines. */
export function rowDrawing(pixels, columns, stride, chosen) {
  const { from, to, before, n, reach, outputs } = columns;
  const taps = columns.taps(chosen);
  const x = (index) => (index - from) * CELL;
  const outputX = (output) => x(output * stride - before + (reach - 1) / 2);
  const every = Array.from({ length: outputs }, (_, output) => output);
  const lines = every.flatMap((output) => columns.taps(output).map((tap) => element("line", {
    class: output === chosen ? "cnn-edge cnn-lit" : "cnn-edge",
    x1: outputX(output) + CELL / 2, y1: INDEX + CELL, x2: x(tap) + CELL / 2, y2: TOP,
  })));
  // Windows overlap where the stride is small: outputs shrink so that they stay apart.
  const room = Math.min(CELL, stride * CELL);
  const neurons = every.flatMap((output) => [
    square(output === chosen ? "cnn-output cnn-lit" : "cnn-output", outputX(output) + (CELL - room) / 2, INDEX, room),
    text("cnn-label", outputX(output), INDEX + CELL / 2 + 4, sumOf([pixels], { n: 1 }, columns, [0], columns.taps(output))),
    text("cnn-tick", outputX(output), INDEX - 4, output),
  ]);
  const inputs = columns.cells.flatMap((cell) => [
    ...inputCell(x(cell), TOP, outside(columns, cell) ? 0 : pixels[cell], {
      zero: outside(columns, cell), unread: outputs && columns.unread.includes(cell), lit: outputs && taps.includes(cell),
    }),
    text("cnn-tick", x(cell), TOP + CELL + INDEX - 3, cell),
  ]);
  const edge = element("line", { class: "cnn-grip", x1: x(n), x2: x(n), y1: TOP - 5, y2: TOP + CELL + 5 });
  const window = outputs ? [] : [overhang(x(-before), TOP, reach * CELL, CELL)];
  return [[...lines, ...neurons, ...inputs, ...window, edge], (to - from) * CELL, TOP + CELL + INDEX];
}

/** Whether a place in the row's drawing, in fractions of its sides, is at the row's edge. */
export function atEdge({ n, from, to }, [y, x]) {
  const height = TOP + CELL + INDEX;
  return y * height > TOP - 8 && Math.abs(x * (to - from) - (n - from)) * CELL < GRIP;
}

/** The padded input as a grid, the chosen window outlined. */
export function inputDrawing(pixels, rows, columns, [row, column]) {
  const [down, across] = [rows.taps(row), columns.taps(column)];
  const place = (axis, cell) => (cell - axis.from) * CELL;
  const fits = rows.outputs && columns.outputs;
  const parts = rows.cells.flatMap((i) => columns.cells.flatMap((j) => {
    const zero = outside(rows, i) || outside(columns, j);
    return inputCell(place(columns, j), place(rows, i), zero ? 0 : pixels[i][j], {
      zero, unread: fits && (rows.unread.includes(i) || columns.unread.includes(j)), lit: fits && down.includes(i) && across.includes(j),
    });
  }));
  const [x, y, width, height] = [place(columns, across[0]), place(rows, down[0]), columns.reach * CELL, rows.reach * CELL];
  parts.push(fits ? element("rect", { class: "cnn-window", x, y, width, height, rx: 5 }) : overhang(x, y, width, height));
  return [parts, place(columns, columns.to), place(rows, rows.to)];
}

export function outputDrawing(pixels, rows, columns, chosen) {
  const parts = [];
  for (let i = 0; i < rows.outputs; i++) {
    for (let j = 0; j < columns.outputs; j++) {
      const lit = i === chosen[0] && j === chosen[1] ? "cnn-output cnn-lit" : "cnn-output";
      parts.push(square(lit, j * CELL, i * CELL));
      parts.push(text("cnn-label", j * CELL, i * CELL + CELL / 2 + 4, sumOf(pixels, rows, columns, rows.taps(i), columns.taps(j))));
    }
  }
  return [parts, columns.outputs * CELL, rows.outputs * CELL];
}
