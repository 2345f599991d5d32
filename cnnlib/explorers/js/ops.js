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

/** Cross-correlation of an image with kernels, as tf.nn.conv2d computes it. */
export function conv2d(image, kernels, { stride = 1, padding = "valid", dilation = 1 } = {}) {
  const [height, width, channels] = image.shape;
  const [rows, columns, , maps] = kernels.shape;
  const outHeight = outputSize(height, rows, stride, padding, dilation);
  const outWidth = outputSize(width, columns, stride, padding, dilation);
  const [top] = padAmounts(height, rows, stride, padding, dilation);
  const [left] = padAmounts(width, columns, stride, padding, dilation);
  const sums = new Float64Array(outHeight * outWidth * maps);
  const step = stride * channels;
  for (let u = 0; u < rows; u++) {
    const [firstRow, endRow] = insideRange(u * dilation - top, height, stride, outHeight);
    for (let v = 0; v < columns; v++) {
      const offset = v * dilation - left;
      const [first, end] = insideRange(offset, width, stride, outWidth);
      for (let c = 0; c < channels; c++) {
        for (let k = 0; k < maps; k++) {
          const weight = kernels.data[((u * columns + v) * channels + c) * maps + k];
          if (weight === 0) continue;
          for (let i = firstRow; i < endRow; i++) {
            const row = (i * stride + u * dilation - top) * width + offset;
            let from = (row + first * stride) * channels + c;
            const last = (i * outWidth + end) * maps + k;
            for (let to = (i * outWidth + first) * maps + k; to < last; to += maps, from += step) {
              sums[to] += weight * image.data[from];
            }
          }
        }
      }
    }
  }
  return { data: Float32Array.from(sums), shape: [outHeight, outWidth, maps] };
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
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}

/** The values of a map whose windows hold no padding, or all where there is no such value. */
export function interior({ data, shape: [height, width] }, [top, left], reach, stride, image) {
  const range = (before, n, outputs) => insideRange(-before, n - reach + 1, stride, outputs);
  const [firstRow, endRow] = range(top, image.shape[0], height);
  const [first, end] = range(left, image.shape[1], width);
  if (firstRow >= endRow || first >= end) return data;
  const values = [];
  for (let i = firstRow; i < endRow; i++) {
    for (let j = first; j < end; j++) values.push(data[i * width + j]);
  }
  return values;
}

/** Absolute value that all but the `share` largest stay below, so that few outliers fade no map. */
export function usualLimit(values, share = 0.005) {
  const most = largest(values);
  if (most === 0) return 0;
  const bins = new Uint32Array(1024);
  for (const value of values) bins[Math.min(1023, Math.floor((Math.abs(value) / most) * 1024))]++;
  let [rest, bin] = [share * values.length, 1023];
  while ((rest -= bins[bin]) > 0) bin--;
  return ((bin + 1) / 1024) * most;
}
