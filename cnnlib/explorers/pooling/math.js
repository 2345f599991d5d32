// Pooling, and small movements of a picture.

import { outputSize, padAmounts } from "../js/math/ops.js";

/** The cells [first, end) of an axis that the window of each output covers, padding left out. */
function windows(n, size, stride, padding) {
  const [before] = padAmounts(n, size, stride, padding);
  return Array.from({ length: outputSize(n, size, stride, padding) }, (_, i) => {
    const start = i * stride - before;
    return [Math.max(0, start), Math.min(n, start + size)];
  });
}

/** The window of output (i, j): [top, bottom, left, right], the ends excluded. */
export function windowOf({ shape: [height, width] }, { size, stride, padding }, [i, j]) {
  const [down, across] = [windows(height, size, stride, padding), windows(width, size, stride, padding)];
  return [...down[i], ...across[j]];
}

/** Largest or mean value of every window of one map, as tf.nn.max_pool and avg_pool take it. */
export function pool({ data, shape: [height, width] }, kind, { size, stride, padding }) {
  const [down, across] = [windows(height, size, stride, padding), windows(width, size, stride, padding)];
  const pooled = new Float32Array(down.length * across.length);
  const largest = kind === "max";
  let at = 0;
  for (const [top, bottom] of down) {
    for (const [left, right] of across) {
      let found = largest ? -Infinity : 0;
      for (let i = top; i < bottom; i++) {
        for (let from = i * width + left, j = left; j < right; j++, from++) {
          if (!largest) found += data[from];
          else if (data[from] > found) found = data[from];
        }
      }
      pooled[at++] = largest ? found : found / ((bottom - top) * (right - left));
    }
  }
  return { data: pooled, shape: [down.length, across.length] };
}

/** What a 1x1 convolution of weight 1 with this stride and no padding keeps. */
export function strided({ data, shape: [height, width] }, stride) {
  const [rows, columns] = [height, width].map((n) => Math.ceil(n / stride));
  const kept = new Float32Array(rows * columns);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) kept[at++] = data[i * stride * width + j * stride];
  }
  return { data: kept, shape: [rows, columns] };
}

/** Largest value at each pixel over all maps of a tensor [height, width, maps]. */
export function depthwiseMax({ data, shape: [height, width, maps] }) {
  const found = new Float32Array(height * width);
  for (let i = 0; i < found.length; i++) found[i] = Math.max(...data.subarray(i * maps, (i + 1) * maps));
  return { data: found, shape: [height, width] };
}

/** The mean of a whole map, as a map of one cell. */
export function globalAverage({ data }) {
  return { data: Float32Array.of(data.reduce((sum, value) => sum + value, 0) / data.length), shape: [1, 1] };
}

/**
 * The map moved `right` and `down` by pixels, turned by degrees (clockwise) and magnified about its
 * centre; bilinear, with the border's pixels continued outwards.
 */
export function move({ data, shape: [height, width] }, { right, down, turn, zoom }) {
  const angle = (turn * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle) / zoom, Math.sin(angle) / zoom];
  const [middle, centre] = [(height - 1) / 2, (width - 1) / 2];
  const moved = new Float32Array(height * width);
  const row = (i) => Math.max(0, Math.min(height - 1, i));
  const column = (j) => Math.max(0, Math.min(width - 1, j));
  for (let i = 0, at = 0; i < height; i++) {
    for (let j = 0; j < width; j++, at++) {
      const [dy, dx] = [i - middle - down, j - centre - right];
      const y = row(middle + cos * dy - sin * dx);
      const x = column(centre + sin * dy + cos * dx);
      const [top, left] = [Math.floor(y), Math.floor(x)];
      const [v, u] = [y - top, x - left];
      const [bottom, other] = [row(top + 1), column(left + 1)];
      moved[at] =
        (1 - v) * ((1 - u) * data[top * width + left] + u * data[top * width + other]) +
        v * ((1 - u) * data[bottom * width + left] + u * data[bottom * width + other]);
    }
  }
  return { data: moved, shape: [height, width] };
}

/** How much two maps differ: root mean square of the difference over the standard deviation. */
export function change({ data: before }, { data: after }) {
  const mean = before.reduce((sum, value) => sum + value, 0) / before.length;
  let [spread, difference] = [0, 0];
  for (let i = 0; i < before.length; i++) {
    spread += (before[i] - mean) ** 2;
    difference += (after[i] - before[i]) ** 2;
  }
  if (before.length === 1) return Math.abs(after[0] - before[0]) / (Math.abs(before[0]) || 1);
  return Math.sqrt(difference / (spread || 1));
}
