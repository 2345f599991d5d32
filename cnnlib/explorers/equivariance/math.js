// Shifts, and the layers that may or may not commute with them.

import { conv2d } from "../js/math/ops.js";

/** The values moved down and right; what leaves comes in again, or is replaced by zeros. */
export function shifted({ data, shape: [height, width] }, { down, right, circular }) {
  const moved = new Float32Array(data.length);
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      let [row, column] = [i - down, j - right];
      if (circular) [row, column] = [((row % height) + height) % height, ((column % width) + width) % width];
      else if (row < 0 || row >= height || column < 0 || column >= width) continue;
      moved[i * width + j] = data[row * width + column];
    }
  }
  return { data: moved, shape: [height, width] };
}

/** The values with a frame around them: of those on the other side, or of zeros. */
function framed({ data, shape: [height, width] }, reach, circular) {
  const [rows, columns] = [height + 2 * reach, width + 2 * reach];
  const wider = { data: new Float32Array(rows * columns), shape: [rows, columns] };
  for (let i = 0; i < height; i++) wider.data.set(data.subarray(i * width, (i + 1) * width), (i + reach) * columns + reach);
  if (!circular) return wider;
  const { data: cells } = wider;
  for (let i = reach; i < reach + height; i++) {
    const row = i * columns;
    cells.copyWithin(row, row + width, row + width + reach);
    cells.copyWithin(row + width + reach, row + reach, row + 2 * reach);
  }
  cells.copyWithin(0, height * columns, (height + reach) * columns);
  cells.copyWithin((height + reach) * columns, reach * columns, 2 * reach * columns);
  return wider;
}

/** Cross-correlation with a square kernel of odd size, circular or with zeros around. */
export function filtered(picture, kernel, circular) {
  const wider = framed(picture, (kernel.length - 1) / 2, circular);
  const kernels = { data: Float32Array.from(kernel.flat()), shape: [kernel.length, kernel.length, 1, 1] };
  const { data } = conv2d({ data: wider.data, shape: [...wider.shape, 1] }, kernels);
  return { data, shape: picture.shape };
}

/** Each column weighted from 0 at the left to 2 at the right. */
export function placed({ data, shape: [height, width] }) {
  return { data: data.map((value, at) => (value * 2 * (at % width)) / (width - 1)), shape: [height, width] };
}

/** Weights from -1 to 1 of a dense layer from `size` inputs to as many outputs: a hash of their numbers. */
export function denseWeights(size) {
  return Float32Array.from({ length: size * size }, (_, number) => {
    let x = Math.imul(number ^ (number >>> 16), 0x7feb352d);
    x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
    return ((x ^ (x >>> 16)) >>> 0) / 2 ** 31 - 1;
  });
}

/** What a dense layer with these weights answers. */
export function dense({ data, shape }, weights) {
  const out = new Float32Array(data.length);
  for (let row = 0; row < data.length; row++) {
    let sum = 0;
    for (let column = 0, at = row * data.length; column < data.length; column++, at++) sum += weights[at] * data[column];
    out[row] = sum;
  }
  return { data: out, shape };
}

/** Means of blocks of `factor` x `factor` pixels. */
export function shrunk({ data, shape: [height, width] }, factor) {
  const [rows, columns] = [height / factor, width / factor];
  const out = new Float32Array(rows * columns);
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      out[Math.floor(i / factor) * columns + Math.floor(j / factor)] += data[i * width + j] / factor ** 2;
    }
  }
  return { data: out, shape: [rows, columns] };
}

/** The share of values that are larger than `least`, whatever their sign. */
export const shareAbove = ({ data }, least) => data.reduce((count, value) => count + (Math.abs(value) > least), 0) / data.length;
