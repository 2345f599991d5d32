// A convolution as a matrix: which weight stands in which row and column.

import { outputSize, padAmounts } from "../js/math/ops.js";

/** For every output along one axis, the `kernel` cells it reads; null is a zero of the padding. */
export function readsAlong(n, kernel, stride, padding) {
  if (padding === "circular") {
    const before = Math.floor((kernel - 1) / 2);
    const cell = (output, u) => (((output * stride + u - before) % n) + n) % n;
    return Array.from({ length: Math.ceil(n / stride) }, (_, i) => Array.from({ length: kernel }, (_, u) => cell(i, u)));
  }
  const rule = padding === "full" ? kernel - 1 : padding;
  const [before] = padAmounts(n, kernel, stride, rule);
  const inside = (cell) => (cell >= 0 && cell < n ? cell : null);
  return Array.from({ length: outputSize(n, kernel, stride, rule) }, (_, i) =>
    Array.from({ length: kernel }, (_, u) => inside(i * stride + u - before)));
}

/** A kernel (list of rows) turned by 180°. */
export const turned = (kernel) => kernel.map((line) => [...line].reverse()).reverse();

/**
 * The matrix by its entries. `rows` and `columns` count them; `taps` lists, for every row, its
 * { column, u, v, weight }: the pixel's number, the kernel cell (as it lies on the picture), the weight.
 */
export function matrixOf({ height, width, kernel, stride, padding, flip }) {
  const weights = flip ? turned(kernel) : kernel;
  const size = weights.length;
  const down = readsAlong(height, size, stride, padding);
  const across = readsAlong(width, size, stride, padding);
  const taps = down.flatMap((rows) => across.map((columns) =>
    rows.flatMap((row, u) => columns.flatMap((column, v) =>
      row === null || column === null ? [] : [{ column: row * width + column, u, v, weight: weights[u][v] }]))));
  return { rows: taps.length, columns: height * width, outHeight: down.length, outWidth: across.length, taps };
}

/** The transposed matrix: for every column, its { column: row of the original, u, v, weight }. */
export function transposed(matrix) {
  const taps = Array.from({ length: matrix.columns }, () => []);
  matrix.taps.forEach((line, row) => {
    for (const { column, ...rest } of line) taps[column].push({ column: row, ...rest });
  });
  return { ...matrix, rows: matrix.columns, columns: matrix.rows, taps };
}

/** The matrix times a vector. */
export const times = ({ taps }, vector) =>
  taps.map((line) => line.reduce((sum, { column, weight }) => sum + weight * vector[column], 0));
