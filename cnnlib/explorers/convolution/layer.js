// What the explorer's settings make of a picture.

import { activate, conv2d, interior, outputSize, padAmounts, resizeKernel, span, usualLimit } from "../js/math/ops.js";

/** The kernel that settings stand for, a list of rows: a named one or, where the name is null, the reader's own. */
export function weightsOf({ kernel, own_kernel, presets, size }) {
  if (kernel === null) return resizeKernel(own_kernel, size);
  const { kernels, usual } = presets[kernel];
  return kernels[size] ?? resizeKernel(kernels[usual], size);
}

/** The settings with their weights, and what follows from the picture's sides: `sizes` of the map, zeros `before`, `reach`. */
export function layerOf(settings, { shape: [height, width] }) {
  const { size, stride, padding, dilation } = settings;
  const layer = [size, stride, padding, dilation];
  const [sizes, before] = [outputSize, (...axis) => padAmounts(...axis)[0]].map((of) => [height, width].map((n) => of(n, ...layer)));
  return { ...settings, weights: weightsOf(settings), sizes, before, reach: span(size, dilation) };
}

/**
 * The map, its values `inside` (of windows without padding) and the `limit` of its colours, which is never
 * below that of the weighted sums: what bias and ReLU leave small stays faint.
 */
export function mapOf(picture, layer) {
  const { weights, size, stride, bias, relu, before, reach } = layer;
  const kernels = { data: Float32Array.from(weights.flat()), shape: [size, size, 1, 1] };
  const insideOf = (map) => interior(map, before, reach, stride, picture);
  const sums = conv2d(picture, kernels, layer);
  const least = usualLimit(insideOf(sums));
  const map = activate(sums, bias, relu);
  const inside = insideOf(map);
  return { map, inside, limit: Math.max(least, usualLimit(inside)) };
}

/** The row and the column of the picture where a neuron's window starts. */
export const windowStart = ({ stride, before }, neuron) => neuron.map((at, axis) => at * stride - before[axis]);

/** The neuron whose window has its middle nearest to a place in the picture, given in fractions of its sides. */
export function neuronUnder({ shape }, { stride, before, reach }, fractions) {
  return fractions.map((fraction, axis) =>
    Math.round((Math.floor(fraction * shape[axis]) - (reach - 1) / 2 + before[axis]) / stride));
}

/** The pixels under the window of a neuron; null stands for padding. */
export function patch({ data, shape: [height, width] }, layer, neuron) {
  const [top, left] = windowStart(layer, neuron);
  return layer.weights.map((line, u) =>
    line.map((_, v) => {
      const [i, j] = [top + u * layer.dilation, left + v * layer.dilation];
      return i >= 0 && j >= 0 && i < height && j < width ? data[i * width + j] : null;
    }),
  );
}
