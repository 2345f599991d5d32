// The matrix, and the two grids that it joins, with one row lit.

import { onSheet } from "../js/draw/canvas.js";
import { element } from "../js/draw/element.js";
import { short } from "../js/draw/format.js";
import { inkOn } from "../js/draw/theme.js";
import { show } from "../js/frame/stage.js";

const TALLEST = 340; // of the matrix, in CSS pixels
const EDGE = 2; // room for the chosen row's frame
const CELL = { matrix: 30, grid: 34 }; // at most
const [SMALLEST, LARGEST] = [9, 13]; // letters
const APART = 12; // pixels that cells need to have lines between them
let ruler; // a canvas that measures letters

/** The size of letters in which all numbers, as they are written, fit into cells of this side; 0 if none can be read. */
function fontFor(written, cell, font) {
  ruler ??= document.createElement("canvas").getContext("2d");
  ruler.font = `${LARGEST}px ${font}`;
  const longest = Math.max(...written.map((one) => ruler.measureText(one).width));
  const size = Math.min(LARGEST, cell * 0.65, (LARGEST * (cell - 4)) / longest);
  return size < SMALLEST ? 0 : size;
}

/** The ground of the matrix, and lines between the blocks that rows of the picture and of the map make. */
function drawBlocks(context, { matrix, into, out }, cell, theme) {
  const [width, height] = [matrix.columns * cell, matrix.rows * cell];
  context.fillStyle = theme.ground;
  context.fillRect(0, 0, width, height);
  context.fillStyle = theme.line;
  for (let block = into[1]; block < matrix.columns; block += into[1]) context.fillRect(block * cell - 0.5, 0, 1, height);
  for (let block = out[1]; block < matrix.rows; block += out[1]) context.fillRect(0, block * cell - 0.5, width, 1);
}

/** Every entry in the colour of its weight, with its number where there is room. */
function drawWeights(context, { taps }, cell, { theme, colourOf }) {
  const size = fontFor(taps.flat().map(({ weight }) => short(weight)), cell, theme.font);
  context.font = `${size}px ${theme.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const gap = cell < APART ? 0 : 0.5;
  taps.forEach((line, i) => {
    for (const { column, weight, ...place } of line) {
      const colour = colourOf(place);
      context.fillStyle = `rgb(${colour})`;
      context.fillRect(column * cell + gap, i * cell + gap, cell - 2 * gap, cell - 2 * gap);
      if (!size) continue;
      context.fillStyle = inkOn(colour);
      context.fillText(short(weight), (column + 0.5) * cell, (i + 0.5) * cell);
    }
  });
}

/** The matrix on a canvas; `state` is { matrix, into, out }, the shapes of the grids that it joins. */
export function drawMatrix(canvas, state, row, { wide, theme, colourOf }) {
  const { matrix } = state;
  const cell = Math.min(CELL.matrix, Math.max(0, wide - 2 * EDGE) / matrix.columns, TALLEST / matrix.rows);
  const [width, height] = [matrix.columns * cell + 2 * EDGE, matrix.rows * cell + 2 * EDGE];
  canvas.style.width = `${width}px`;
  onSheet(canvas, width, height, (context) => {
    context.translate(EDGE, EDGE);
    drawBlocks(context, state, cell, theme);
    drawWeights(context, matrix, cell, { theme, colourOf });
    for (const [lineWidth, strokeStyle] of [[4, "#000"], [2.5, theme.lit]]) {
      Object.assign(context, { lineWidth, strokeStyle });
      context.strokeRect(0, row * cell, matrix.columns * cell, cell);
    }
  });
}

/** A grid of values; `look(at)` gives a cell's class and, where it has one of its own, its colour. */
function drawGrid(svg, [rows, columns], values, wide, font, look) {
  const cell = Math.max(1, Math.min(CELL.grid, (wide - 2) / Math.max(rows, columns))); // a hidden one has no width
  const written = values.map((value) => short(value));
  const size = fontFor(written, cell, font);
  const parts = written.flatMap((value, at) => {
    const [x, y] = [(at % columns) * cell, Math.floor(at / columns) * cell];
    const { name, colour } = look(at);
    const box = { x: x + 0.5, y: y + 0.5, width: cell - 1, height: cell - 1, rx: cell < APART ? 0 : 3 };
    const square = element("rect", { class: cell < APART ? `${name} cnn-tiny` : name, ...box, ...(colour && { style: `fill:rgb(${colour})` }) });
    if (!size) return [square];
    const style = `font-size:${size}px;${colour ? `fill:${inkOn(colour)}` : ""}`;
    return [square, element("text", { class: "cnn-label", x: x + cell / 2, y: y + cell / 2 + size * 0.35, style }, value)];
  });
  show(svg, parts, columns * cell, rows * cell, { margin: 1 });
}

/** The grid that the row reads: its cells have the colours of the weights that the row's `line` lays on them. */
export function drawInput(svg, shape, values, wide, { font, line, colourOf }) {
  const lit = new Map(line.map(({ column, ...place }) => [column, colourOf(place)]));
  drawGrid(svg, shape, values, wide, font, (at) => ({ name: "cnn-cell", colour: lit.get(at) }));
}

/** The grid that the matrix gives, the row's own value lit. */
export function drawOutput(svg, shape, values, wide, { font, row }) {
  drawGrid(svg, shape, values, wide, font, (at) => ({ name: at === row ? "cnn-output cnn-lit" : "cnn-output" }));
}
