// Convolutions: each kind is a function (layer, n, [x], y) -> { forward, backward } for batches of
// n pictures. x and y are { data, grad, shape }; weights are { data, grad, shape }. `backward`
// turns y.grad into the gradient before the activation and adds to x.grad and the weights'.

import { applyActivation, backThroughActivation } from "./activations.js";
import { product } from "./product.js";
import { span } from "../math/ops.js";
import { steps, values, windows } from "./windows.js";

const CHUNK = 64; // windows that are worked on at once, so that they stay in the processor's cache

const geometry = ({ kernel_size: size, strides, padding, dilation_rate: dilation }) => ({ size, strides, padding, dilation });

/** Add a bias per channel. */
export function addBias(y, bias) {
  const channels = bias.data.length;
  for (let i = 0; i < y.length; i += channels) for (let c = 0; c < channels; c++) y[i + c] += bias.data[c];
}

/** Add up each channel's gradient. */
export function sumBias(gradient, bias) {
  const channels = bias.data.length;
  for (let i = 0; i < gradient.length; i += channels)
    for (let c = 0; c < channels; c++) bias.grad[c] += gradient[i + c];
}

/** What follows a layer's product: bias and activation, and the way back through them. */
export function finish({ config: { activation }, weights: { bias } }, y) {
  const channels = y.shape.at(-1);
  return {
    forward() {
      if (bias) addBias(y.data, bias);
      applyActivation(activation, y.data, channels);
    },
    backward(fused) {
      if (!fused) backThroughActivation(activation, y.data, y.grad, channels);
      if (bias) sumBias(y.grad, bias);
    },
  };
}

/** The transpose of a matrix of so many rows. */
export function transposed(matrix, rows) {
  const columns = matrix.length / rows;
  const turned = new Float32Array(matrix.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) turned[j * rows + i] = matrix[i * columns + j];
  return turned;
}

/** Add the values of windows, [window, value], to where the windows lie. */
function scatter(from, rows, taps, to) {
  for (let i = 0, at = 0; i < rows.length; i++) {
    const row = rows[i];
    for (let k = 0; k < taps.length; k++) to[row + taps[k]] += from[at++];
  }
}

/** Add a @ b to windows, a few windows at a time. */
function spread(a, starts, taps, b, { rows, reads }, to) {
  const room = new Float32Array(CHUNK * reads.length);
  for (let from = 0; from < rows.length; from += CHUNK) {
    const part = rows.subarray(from, from + CHUNK);
    product(a, starts.subarray(from, from + CHUNK), taps, b, reads.length, room);
    scatter(room, part, reads, to);
  }
}

/** Add to a kernel's gradient what windows and the gradients of their results make, [window, channel]. */
function learn(a, { rows, reads }, gradient, width, kernel, first = 0, count = width) {
  const change = new Float32Array(kernel.data.length);
  for (let from = 0; from < rows.length; from += CHUNK) {
    const part = rows.subarray(from, from + CHUNK);
    product(a, reads, part, gradient.subarray(from * width), width, change, first, count);
    for (let k = 0; k < reads.length; k++)
      for (let j = first; j < first + count; j++) kernel.grad[k * width + j] += change[k * width + j];
  }
}

export function Conv2D(layer, n, [x], y) {
  const { kernel } = layer.weights;
  const { groups } = layer.config;
  const filters = y.shape[2];
  const place = windows(n, x.shape, geometry(layer.config));
  const reads = values(place.cells, kernel.shape[2]);
  const padded = place.untouched ? x.data : place.space();
  const parts = Array.from({ length: groups }, (_, g) => ({ from: g * kernel.shape[2], first: (g * filters) / groups }));
  const each = filters / groups;
  const ends = finish(layer, y);
  const still = layer.config.strides.every((stride) => stride === 1);
  const back = x.grad && (still ? gathered : scattered)(layer, n, { x, y, place, reads, parts, each });
  return {
    forward() {
      if (!place.untouched) place.pad(x.data, padded);
      for (const { from, first } of parts)
        product(padded.subarray(from), place.rows, reads, kernel.data, filters, y.data, first, each);
      ends.forward();
    },
    backward(fused) {
      ends.backward(fused);
      const { rows } = place;
      for (const { from, first } of parts)
        learn(padded.subarray(from), { rows, reads }, y.grad, filters, kernel, first, each);
      if (back) back();
    },
  };
}

/** The gradient of a convolution's input, each result's part added to where its window lies. */
function scattered({ weights: { kernel } }, n, { x, y, place, reads, parts, each }) {
  const { rows } = place;
  const room = !place.untouched && place.space();
  return () => {
    const to = room ? room.fill(0) : x.grad;
    const turned = transposed(kernel.data, reads.length);
    for (const { from, first } of parts) {
      const starts = steps(rows.length, y.shape[2], first);
      const weights = turned.subarray(first * reads.length, (first + each) * reads.length);
      spread(y.grad, starts, steps(each), weights, { rows, reads }, to.subarray(from));
    }
    if (room) place.crop(room, x.grad);
  };
}

/** The same where the stride is 1: the gradient of the results, convolved with the turned kernels. */
function gathered({ weights: { kernel }, config }, n, { x, y, place, parts, each }) {
  const { size, dilation } = geometry(config);
  const channels = x.shape[2];
  const reach = size.map((length, axis) => span(length, dilation[axis]) - 1);
  const padding = place.around.map((amounts, axis) => amounts.map((amount) => reach[axis] - amount));
  const behind = windows(n, y.shape, { size, strides: [1, 1], dilation, padding });
  const reads = values(behind.cells, each);
  const padded = behind.space();
  const change = new Float32Array(x.data.length);
  return () => {
    behind.pad(y.grad, padded);
    const weights = about(kernel, parts, each, channels);
    for (const { from, first } of parts)
      product(padded.subarray(first), behind.rows, reads, weights, channels, change, from, kernel.shape[2]);
    for (let i = 0; i < change.length; i++) x.grad[i] += change[i];
  };
}

/** Kernels turned by 180 degrees, [cell, filter of its group, channel in]. */
function about({ data, shape: [height, width, inputs, filters] }, parts, each, channels) {
  const cells = height * width;
  const turned = new Float32Array(cells * each * channels);
  for (const { from, first } of parts)
    for (let cell = 0; cell < cells; cell++)
      for (let f = 0; f < each; f++)
        for (let c = 0; c < inputs; c++)
          turned[(cell * each + f) * channels + from + c] = data[((cells - 1 - cell) * inputs + c) * filters + first + f];
  return turned;
}

/** A convolution with the kernels of a table's connections alone; in the dense kernel the others are zeros. */
export function PartialConvolution2D({ config, weights: { kernel, bias } }, n, [x], y) {
  const [height, width, count] = kernel.shape;
  const [inputs, filters] = [x.shape[2], y.shape[2]];
  const size = height * width * inputs * filters;
  const dense = { shape: [height, width, inputs, filters], data: new Float32Array(size), grad: kernel.grad && new Float32Array(size) };
  const places = config.connections.flatMap((read, k) => read.map((c) => c * filters + k));
  const every = { padding: "valid", dilation_rate: [1, 1], groups: 1 };
  const whole = Conv2D({ config: { ...config, ...every }, weights: { kernel: dense, bias } }, n, [x], y);

  /** Calls visit(place in the kernel, place in the dense one) for all weights. */
  function each(visit) {
    for (let i = 0, corner = 0; i < kernel.data.length; i += count, corner += inputs * filters)
      for (let k = 0; k < count; k++) visit(i + k, corner + places[k]);
  }
  return {
    forward() {
      each((from, to) => (dense.data[to] = kernel.data[from]));
      whole.forward();
    },
    backward(fused) {
      dense.grad.fill(0);
      whole.backward(fused);
      each((to, from) => (kernel.grad[to] += dense.grad[from]));
    },
  };
}

export function Conv2DTranspose(layer, n, [x], y) {
  const { kernel } = layer.weights;
  const channels = x.shape[2];
  const place = windows(n, y.shape, geometry(layer.config)); // those of the convolution from y to x
  const reads = values(place.cells, y.shape[2]);
  const starts = steps(place.rows.length, channels);
  const room = place.space();
  const ends = finish(layer, y);
  return {
    forward() {
      const turned = transposed(kernel.data, reads.length);
      spread(x.data, starts, steps(channels), turned, { rows: place.rows, reads }, room.fill(0));
      y.data.fill(0);
      place.crop(room, y.data);
      ends.forward();
    },
    backward(fused) {
      ends.backward(fused);
      place.pad(y.grad, room.fill(0));
      learn(room, { rows: place.rows, reads }, x.data, channels, kernel);
      if (!x.grad) return;
      const back = new Float32Array(x.data.length);
      product(room, place.rows, reads, kernel.data, channels, back);
      for (let i = 0; i < back.length; i++) x.grad[i] += back[i];
    },
  };
}

/** The product of a depthwise convolution, without bias and activation. */
function depthwise(layer, kernel, n, x, y) {
  const channels = x.shape[2];
  const multiplier = kernel.shape[3];
  const width = channels * multiplier;
  const place = windows(n, x.shape, geometry(layer.config));
  const padded = place.untouched ? x.data : place.space();
  const room = x.grad && !place.untouched && place.space();

  return {
    forward() {
      if (!place.untouched) place.pad(x.data, padded);
      y.data.fill(0);
      for (let i = 0; i < place.rows.length; i++)
        for (let k = 0; k < place.cells.length; k++) {
          const at = place.rows[i] + place.cells[k];
          for (let c = 0, j = i * width, w = k * width; c < channels; c++) {
            const value = padded[at + c];
            for (let m = 0; m < multiplier; m++) y.data[j++] += value * kernel.data[w++];
          }
        }
    },
    backward() {
      const to = x.grad && (place.untouched ? x.grad : room.fill(0));
      for (let i = 0; i < place.rows.length; i++)
        for (let k = 0; k < place.cells.length; k++) {
          const at = place.rows[i] + place.cells[k];
          for (let c = 0, j = i * width, w = k * width; c < channels; c++) {
            let back = 0;
            for (let m = 0; m < multiplier; m++, j++, w++) {
              kernel.grad[w] += padded[at + c] * y.grad[j];
              back += kernel.data[w] * y.grad[j];
            }
            if (to) to[at + c] += back;
          }
        }
      if (room) place.crop(room, x.grad);
    },
  };
}

export function DepthwiseConv2D(layer, n, [x], y) {
  const inner = depthwise(layer, layer.weights.kernel, n, x, y);
  const ends = finish(layer, y);
  return {
    forward() {
      inner.forward();
      ends.forward();
    },
    backward(fused) {
      ends.backward(fused);
      inner.backward();
    },
  };
}

export function SeparableConv2D(layer, n, [x], y) {
  const { depthwise_kernel: spatial, pointwise_kernel: kernel, bias } = layer.weights;
  const shape = [y.shape[0], y.shape[1], spatial.shape[2] * spatial.shape[3]];
  const size = n * shape[0] * shape[1] * shape[2];
  const between = { shape, data: new Float32Array(size), grad: y.grad && new Float32Array(size) };
  const pixel = { kernel_size: [1, 1], strides: [1, 1], dilation_rate: [1, 1], padding: "valid", groups: 1 };
  const first = depthwise(layer, spatial, n, x, between);
  const second = Conv2D({ config: { ...layer.config, ...pixel }, weights: { kernel, bias } }, n, [between], y);
  return {
    forward() {
      first.forward();
      second.forward();
    },
    backward(fused) {
      between.grad.fill(0);
      second.backward(fused);
      first.backward();
    },
  };
}
