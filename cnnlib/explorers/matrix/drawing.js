// The matrix, and the two grids that it joins, with one row lit.

import { onSheet } from "../js/draw/canvas.js";
import { element } from "../js/draw/element.js";
import { short } from "../js/draw/format.js";
import { inkOn, signedColour } from "../js/draw/theme.js";
import { show } from "../js/frame/stage.js";

const WIDE = 640; // units of the matrix's drawing
const EDGE = 2; // room for the chosen row's frame
const CELL = 40; // and of a grid's
const ROOM = 15; // in which a number can be read

/** The ground of the matrix, and lines between the blocks that rows of the picture and of the map make. */
function drawBlocks(context, { matrix, into, out }, cell, theme) {
  const [width, height] = [matrix.columns * cell, matrix.rows * cell];
  context.fillStyle = theme.ground;
  context.fillRect(0, 0, width, height);
  context.fillStyle = theme.line;
  for (let block = into[1]; block < matrix.columns; block += into[1]) context.fillRect(block * cell - 0.5, 0, 1, height);
  for (let block = out[1]; block < matrix.rows; block += out[1]) context.fillRect(0, block * cell - 0.5, width, 1);
}

/** Every weight in its colour, with its number where there is room. */
function drawWeights(context, { taps }, cell, { palette, font }, limit) {
  context.font = `${Math.min(13, cell * 0.42)}px ${font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  taps.forEach((line, i) => {
    for (const { column, weight } of line) {
      const colour = signedColour(palette, weight, limit);
      context.fillStyle = `rgb(${colour})`;
      context.fillRect(column * cell + 0.5, i * cell + 0.5, cell - 1, cell - 1);
      if (cell < ROOM) continue;
      context.fillStyle = inkOn(colour);
      context.fillText(short(weight), (column + 0.5) * cell, (i + 0.5) * cell);
    }
  });
}

/** The matrix on a canvas; `state` is { matrix, into, out }, the shapes of the grids that it joins. */
export function drawMatrix(canvas, state, row, { theme, limit }) {
  const { matrix } = state;
  const cell = Math.min(30, WIDE / matrix.columns);
  const [width, height] = [matrix.columns * cell + 2 * EDGE, matrix.rows * cell + 2 * EDGE];
  canvas.style.width = `${width}px`;
  onSheet(canvas, width, height, (context) => {
    context.translate(EDGE, EDGE);
    drawBlocks(context, state, cell, theme);
    drawWeights(context, matrix, cell, theme, limit);
    for (const [lineWidth, strokeStyle] of [[4, "#000"], [2.5, theme.lit]]) {
      Object.assign(context, { lineWidth, strokeStyle });
      context.strokeRect(0, row * cell, matrix.columns * cell, cell);
    }
  });
}

const box = (x, y, className) =>
  element("rect", { class: className, x: x + 1, y: y + 1, width: CELL - 2, height: CELL - 2, rx: 4 });

const text = (x, y, value, size) =>
  element("text", { class: "cnn-label", x, y: y + size * 0.35, style: `font-size:${size}px` }, value);

/** A small cell in the colour of a weight, with its number. */
function weighted(x, y, side, weight, palette, limit) {
  const colour = signedColour(palette, weight, limit);
  const place = { x: x + 0.5, y: y + 0.5, width: side - 1, height: side - 1 };
  const label = text(x + side / 2, y + side / 2, short(weight), Math.min(13, side * 0.42));
  label.style.fill = inkOn(colour);
  return [element("rect", { class: "cnn-entry", ...place, style: `fill:rgb(${colour})` }), label];
}

/** Parts of all cells of a grid, from what `part(at, x, y)` makes of one. */
function drawGrid(svg, [rows, columns], part) {
  const cell = (_, at) => part(at, (at % columns) * CELL, Math.floor(at / columns) * CELL);
  show(svg, Array.from({ length: rows * columns }, cell).flat(), columns * CELL, rows * CELL);
}

/** The grid that the row reads: values, and the weights on those of the row's `line`. */
export function drawInput(svg, shape, values, { line, palette, limit }) {
  const lit = new Map(line.map(({ column, weight }) => [column, weight]));
  drawGrid(svg, shape, (at, x, y) => {
    const value = short(values[at]);
    if (!lit.has(at)) return [box(x, y, "cnn-cell"), text(x + CELL / 2, y + CELL / 2, value, 13)];
    const corner = weighted(x + CELL - 20, y + CELL - 20, 18, lit.get(at), palette, limit);
    return [box(x, y, "cnn-cell cnn-lit"), ...corner, text(x + 13, y + 14, value, 12)];
  });
}

/** The grid that the matrix gives, the row's own value lit. */
export function drawOutput(svg, shape, values, row) {
  drawGrid(svg, shape, (at, x, y) => {
    const value = short(values[at]);
    const size = value.length > 4 ? 10 : 12;
    return [box(x, y, at === row ? "cnn-output cnn-lit" : "cnn-output"), text(x + CELL / 2, y + CELL / 2, value, size)];
  });
}
