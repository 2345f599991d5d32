// The mathematics of the explorers: pure functions on plain numbers and typed arrays.
// A tensor is { data: Float32Array, shape }, rows first and channels last, as in TensorFlow:
// images are [height, width, channels], kernels [height, width, channels in, channels out].

/** Length of the input that a kernel touches when its weights lie `dilation` cells apart. */
export function span(kernel, dilation = 1) {
  return (kernel - 1) * dilation + 1;
}

/** Zeros [before, after] along one axis; `padding` is "valid", "same" or their number per side. */
export function padAmounts(n, kernel, stride = 1, padding = "same", dilation = 1) {
  if (padding === "valid") return [0, 0];
  if (padding !== "same") return [padding, padding];
  const total = Math.max((Math.ceil(n / stride) - 1) * stride + span(kernel, dilation) - n, 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** Outputs along one axis; 0 where the kernel is larger than the padded input. */
export function outputSize(n, kernel, stride = 1, padding = "valid", dilation = 1) {
  const [before, after] = padAmounts(n, kernel, stride, padding, dilation);
  return Math.max(Math.floor((n + before + after - span(kernel, dilation)) / stride) + 1, 0);
}

/** First and last + 1 output whose tap at `offset` lies on a real cell, 0 <= i * stride + offset < n. */
function insideRange(offset, n, stride, outputs) {
  const first = Math.max(0, Math.ceil(-offset / stride));
  const end = Math.min(outputs, Math.floor((n - 1 - offset) / stride) + 1);
  return [first, end];
}

const TAPS = 4; // weights of a kernel's row that the inner loop takes at once

/** The image's values with zeros around them, `height` x `width` from (-top, -left) on. */
function padded({ data, shape: [n, m, channels] }, top, left, height, width) {
  const cells = new Float64Array(height * width * channels);
  const kept = Math.max(0, Math.min(m, width - left)) * channels;
  for (let i = 0; i < Math.min(n, height - top); i++) {
    const line = data.subarray(i * m * channels, i * m * channels + kept);
    cells.set(line, ((i + top) * width + left) * channels);
  }
  return cells;
}

/** Weights ordered [map, row, channel in, column], each row of columns filled up with zeros. */
function byRows({ data, shape: [rows, columns, channels, maps] }, filled) {
  const weights = new Float64Array(maps * rows * channels * filled);
  for (let from = 0; from < data.length; from++) {
    const k = from % maps;
    const c = Math.floor(from / maps) % channels;
    const v = Math.floor(from / (maps * channels)) % columns;
    const u = Math.floor(from / (maps * channels * columns));
    weights[((k * rows + u) * channels + c) * filled + v] = data[from];
  }
  return weights;
}

/** Cross-correlation of an image with kernels, as tf.nn.conv2d computes it. */
export function conv2d(image, kernels, { stride = 1, padding = "valid", dilation = 1 } = {}) {
  const [height, width, channels] = image.shape;
  const [rows, columns, , maps] = kernels.shape;
  const outHeight = outputSize(height, rows, stride, padding, dilation);
  const outWidth = outputSize(width, columns, stride, padding, dilation);
  const shape = [outHeight, outWidth, maps];
  const data = new Float32Array(outHeight * outWidth * maps);
  if (data.length === 0) return { data, shape };
  const [top] = padAmounts(height, rows, stride, padding, dilation);
  const [left] = padAmounts(width, columns, stride, padding, dilation);
  const filled = Math.ceil(columns / TAPS) * TAPS;
  const reach = (outWidth - 1) * stride + span(filled, dilation);
  const cells = padded(image, top, left, (outHeight - 1) * stride + span(rows, dilation), reach);
  const weights = byRows(kernels, filled);
  const sums = new Float64Array(outWidth);
  const [step, gap] = [stride * channels, dilation * channels];
  for (let i = 0; i < outHeight; i++) {
    for (let k = 0; k < maps; k++) {
      sums.fill(0);
      let tap = k * rows * channels * filled;
      for (let u = 0; u < rows; u++) {
        const row = (i * stride + u * dilation) * reach * channels;
        for (let c = 0; c < channels; c++) {
          for (let v = 0; v < filled; v += TAPS, tap += TAPS) {
            const [w0, w1, w2, w3] = [weights[tap], weights[tap + 1], weights[tap + 2], weights[tap + 3]];
            let at = row + v * gap + c;
            for (let j = 0; j < outWidth; j++, at += step) {
              sums[j] += w0 * cells[at] + w1 * cells[at + gap] + w2 * cells[at + 2 * gap] + w3 * cells[at + 3 * gap];
            }
          }
        }
      }
      for (let j = 0, to = i * outWidth * maps + k; j < outWidth; j++, to += maps) data[to] = sums[j];
    }
  }
  return { data, shape };
}

/** Bias and, where asked for, ReLU, applied to every value in place. */
export function activate(map, bias, relu) {
  const { data } = map;
  for (let i = 0; i < data.length; i++) {
    const z = data[i] + bias;
    data[i] = relu && z < 0 ? 0 : z;
  }
  return map;
}

/** A kernel (list of rows) cropped, or padded with zeros, to size x size about its centre. */
export function resizeKernel(kernel, size) {
  const shift = Math.floor((size - 1) / 2) - Math.floor((kernel.length - 1) / 2);
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => kernel[i - shift]?.[j - shift] ?? 0),
  );
}

/** Largest absolute value. */
export function largest(values) {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most;
}

/** The values of a map whose windows hold no padding, or all where there is no such value. */
export function interior({ data, shape: [height, width] }, [top, left], reach, stride, image) {
  const range = (before, n, outputs) => insideRange(-before, n - reach + 1, stride, outputs);
  const [firstRow, endRow] = range(top, image.shape[0], height);
  const [first, end] = range(left, image.shape[1], width);
  if (firstRow >= endRow || first >= end) return data;
  const across = end - first;
  const values = new Float32Array((endRow - firstRow) * across);
  for (let i = firstRow; i < endRow; i++) {
    values.set(data.subarray(i * width + first, i * width + end), (i - firstRow) * across);
  }
  return values;
}

/** Absolute value that all but the `share` largest stay below, so that few outliers fade no map. */
export function usualLimit(values, share = 0.005) {
  const most = largest(values);
  if (most === 0) return 0;
  const bins = new Uint32Array(1024);
  for (let i = 0; i < values.length; i++) bins[Math.min(1023, Math.floor((Math.abs(values[i]) / most) * 1024))]++;
  let [rest, bin] = [share * values.length, 1023];
  while ((rest -= bins[bin]) > 0) bin--;
  return ((bin + 1) / 1024) * most;
}
