// Layers without windows; see convolutions.js for what each function gets and returns. `forward`
// gets whether the network is being trained and a source of random numbers from 0 to below 1.

import { activate, deactivate } from "./activations.js";
import { finish, transposed } from "./convolutions.js";
import { product } from "./product.js";
import { steps } from "./windows.js";

export function Dense(layer, n, [x], y) {
  const { kernel } = layer.weights;
  const [inputs, units] = kernel.shape;
  const rows = steps(x.data.length / inputs, inputs);
  const results = steps(rows.length, units);
  const ends = finish(layer, y);
  return {
    forward() {
      product(x.data, rows, steps(inputs), kernel.data, units, y.data);
      ends.forward();
    },
    backward(fused) {
      ends.backward(fused);
      const change = new Float32Array(kernel.data.length);
      product(x.data, steps(inputs), rows, y.grad, units, change);
      for (let i = 0; i < change.length; i++) kernel.grad[i] += change[i];
      if (!x.grad) return;
      const back = new Float32Array(x.data.length);
      product(y.grad, results, steps(units), transposed(kernel.data, inputs), inputs, back);
      for (let i = 0; i < back.length; i++) x.grad[i] += back[i];
    },
  };
}

export function BatchNormalization({ config: { momentum, epsilon }, weights }, n, [x], y) {
  const { gamma, beta, moving_mean: mean, moving_variance: variance } = weights;
  const channels = mean.data.length;
  const pixels = x.data.length / channels;
  const normal = new Float32Array(x.data.length);
  const rates = new Float64Array(channels); // 1 / standard deviation
  let trained = false;

  const factor = (c) => (gamma ? gamma.data[c] : 1);
  function moments() {
    const means = new Float64Array(channels);
    const variances = new Float64Array(channels);
    for (let i = 0; i < x.data.length; i++) means[i % channels] += x.data[i] / pixels;
    for (let i = 0; i < x.data.length; i++) variances[i % channels] += (x.data[i] - means[i % channels]) ** 2 / pixels;
    for (let c = 0; c < channels; c++) {
      mean.data[c] = mean.data[c] * momentum + means[c] * (1 - momentum);
      variance.data[c] = variance.data[c] * momentum + variances[c] * (1 - momentum);
    }
    return [means, variances];
  }
  return {
    forward(training) {
      trained = training;
      const [means, variances] = training ? moments() : [mean.data, variance.data];
      for (let c = 0; c < channels; c++) rates[c] = 1 / Math.sqrt(variances[c] + epsilon);
      for (let i = 0; i < x.data.length; i += channels)
        for (let c = 0; c < channels; c++) {
          normal[i + c] = (x.data[i + c] - means[c]) * rates[c];
          y.data[i + c] = normal[i + c] * factor(c) + (beta ? beta.data[c] : 0);
        }
    },
    backward() {
      const sums = new Float64Array(channels);
      const along = new Float64Array(channels);
      for (let i = 0; i < x.data.length; i += channels)
        for (let c = 0; c < channels; c++) {
          sums[c] += y.grad[i + c];
          along[c] += y.grad[i + c] * normal[i + c];
        }
      for (let c = 0; c < channels; c++) {
        if (beta) beta.grad[c] += sums[c];
        if (gamma) gamma.grad[c] += along[c];
      }
      if (!x.grad) return;
      for (let i = 0; i < x.data.length; i += channels)
        for (let c = 0; c < channels; c++) {
          const shared = trained ? (sums[c] + normal[i + c] * along[c]) / pixels : 0;
          x.grad[i + c] += factor(c) * rates[c] * (y.grad[i + c] - shared);
        }
    },
  };
}

export function LocalResponseNormalization({ config: { size, bias, alpha, beta } }, n, [x], y) {
  const channels = x.shape.at(-1);
  const reach = (size - 1) / 2;
  const bases = new Float64Array(x.data.length);

  /** The sum over the neighbouring maps of value(i). */
  function around(i, value) {
    const c = i % channels;
    let sum = 0;
    for (let d = -Math.min(reach, c); d <= Math.min(reach, channels - 1 - c); d++) sum += value(i + d);
    return sum;
  }
  return {
    forward() {
      for (let i = 0; i < bases.length; i++) {
        bases[i] = bias + alpha * around(i, (j) => x.data[j] ** 2);
        y.data[i] = x.data[i] * bases[i] ** -beta;
      }
    },
    backward() {
      if (!x.grad) return;
      for (let i = 0; i < bases.length; i++) {
        const others = around(i, (j) => y.grad[j] * x.data[j] * bases[j] ** (-beta - 1));
        x.grad[i] += y.grad[i] * bases[i] ** -beta - 2 * alpha * beta * x.data[i] * others;
      }
    },
  };
}

/** A layer that turns each value into another by itself; slope(value, place) is its derivative. */
function each([x], y, value, slope) {
  return {
    forward() {
      for (let i = 0; i < y.data.length; i++) y.data[i] = value(x.data[i], i);
    },
    backward() {
      if (!x.grad) return;
      for (let i = 0; i < y.data.length; i++) x.grad[i] += y.grad[i] * slope(x.data[i], i);
    },
  };
}

export function ReLU({ config: { max_value: top, negative_slope: leak, threshold = 0 } }, n, x, y) {
  const most = top ?? Infinity;
  const value = (x) => (x < threshold ? leak * (x - threshold) : Math.min(x, most));
  return each(x, y, value, (x) => (x > threshold ? (x < most ? 1 : 0) : leak));
}

export const LeakyReLU = ReLU;

export function Rescaling({ config: { scale, offset } }, n, x, y) {
  const channels = y.shape.at(-1);
  const factor = [scale].flat();
  const shift = [offset].flat();
  const at = (list, i) => list[(i % channels) % list.length];
  return each(x, y, (x, i) => x * at(factor, i) + at(shift, i), (_, i) => at(factor, i));
}

export function Activation({ config: { activation } }, n, [x], y) {
  const channels = y.shape.at(-1);
  return {
    forward() {
      y.data.set(x.data);
      activate(activation, y.data, channels);
    },
    backward(fused) {
      if (!fused) deactivate(activation, y.data, y.grad, channels);
      if (x.grad) for (let i = 0; i < y.grad.length; i++) x.grad[i] += y.grad[i];
    },
  };
}

export const Softmax = (_, ...rest) => Activation({ config: { activation: "softmax" } }, ...rest);

export function Dropout({ config: { rate } }, n, x, y) {
  const factors = new Float32Array(y.data.length);
  const inner = each(x, y, (x, i) => x * factors[i], (_, i) => factors[i]);
  return {
    ...inner,
    forward(training, random) {
      for (let i = 0; i < factors.length; i++) factors[i] = training ? (random() < rate ? 0 : 1 / (1 - rate)) : 1;
      inner.forward();
    },
  };
}

export const Flatten = (_, n, x, y) => each(x, y, (x) => x, () => 1);
export const Reshape = Flatten;
