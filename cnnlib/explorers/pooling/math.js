// Pooling, and small movements of a picture.

import { outputSize } from "../js/math/ops.js";

/** Largest or mean value of every whole window of one map, as tf.nn.max_pool and avg_pool take it. */
export function pool({ data, shape: [height, width] }, kind, { size, stride }) {
  const [rows, columns] = [height, width].map((n) => outputSize(n, size, stride));
  const pooled = new Float32Array(rows * columns);
  const largest = kind === "max";
  for (let at = 0; at < pooled.length; at++) {
    const [top, left] = [Math.floor(at / columns) * stride, (at % columns) * stride];
    let found = largest ? -Infinity : 0;
    for (let i = top; i < top + size; i++) {
      for (let from = i * width + left, end = from + size; from < end; from++) {
        if (!largest) found += data[from];
        else if (data[from] > found) found = data[from];
      }
    }
    pooled[at] = largest ? found : found / size ** 2;
  }
  return { data: pooled, shape: [rows, columns] };
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
 * The map moved `right` by pixels, turned by degrees (clockwise) and magnified about its
 * centre; bilinear, with the border's pixels continued outwards.
 */
export function move({ data, shape: [height, width] }, { right, turn, zoom }) {
  const angle = (turn * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle) / zoom, Math.sin(angle) / zoom];
  const [middle, centre] = [(height - 1) / 2, (width - 1) / 2];
  const moved = new Float32Array(height * width);
  const row = (i) => Math.max(0, Math.min(height - 1, i));
  const column = (j) => Math.max(0, Math.min(width - 1, j));
  for (let i = 0, at = 0; i < height; i++) {
    for (let j = 0; j < width; j++, at++) {
      const [dy, dx] = [i - middle, j - centre - right];
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
  return Math.sqrt(difference / (spread || 1));
}
