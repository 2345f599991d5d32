// Layers without windows; see convolutions.js for what each function gets and returns. `forward`
// gets whether the network is being trained and a source of random numbers from 0 to below 1.

import { applyActivation, backThroughActivation } from "./activations.js";
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

/** The squared distances to a point for each class. */
export function RBFOutput({ weights: { centers } }, n, [x], y) {
  const [classes, inputs] = centers.shape;

  /** Calls visit(place in the result, in the input, how far that is from its center) for all values. */
  function each(visit) {
    for (let j = 0; j < y.data.length; j++) {
      const [from, to] = [Math.floor(j / classes) * inputs, (j % classes) * inputs];
      for (let i = 0; i < inputs; i++) visit(j, from + i, x.data[from + i] - centers.data[to + i]);
    }
  }
  return {
    forward() {
      y.data.fill(0);
      each((j, _, away) => (y.data[j] += away * away));
    },
    backward() {
      if (x.grad) each((j, i, away) => (x.grad[i] += 2 * away * y.grad[j]));
    },
  };
}

/** Means and variances of each channel. */
function moments(values, channels) {
  const pixels = values.length / channels;
  const means = new Float64Array(channels);
  const variances = new Float64Array(channels);
  for (let i = 0; i < values.length; i += channels)
    for (let c = 0; c < channels; c++) means[c] += values[i + c] / pixels;
  for (let i = 0; i < values.length; i += channels)
    for (let c = 0; c < channels; c++) variances[c] += (values[i + c] - means[c]) ** 2 / pixels;
  return [means, variances];
}

export function BatchNormalization({ config: { momentum, epsilon }, weights }, n, [x], y) {
  const { gamma, beta, moving_mean, moving_variance } = weights;
  const channels = moving_mean.data.length;
  const pixels = x.data.length / channels;
  let [means, variances, trained] = [moving_mean.data, moving_variance.data, false];

  const rate = (c) => 1 / Math.sqrt(variances[c] + epsilon);
  const factor = (c) => (gamma ? gamma.data[c] : 1) * rate(c);
  function follow(moving, values) {
    for (let c = 0; c < channels; c++) moving.data[c] = moving.data[c] * momentum + values[c] * (1 - momentum);
  }
  return {
    forward(training) {
      trained = training;
      [means, variances] = training ? moments(x.data, channels) : [moving_mean.data, moving_variance.data];
      if (training) follow(moving_mean, means);
      if (training) follow(moving_variance, variances);
      const factors = Float64Array.from(means, (_, c) => factor(c));
      const shifts = factors.map((value, c) => (beta ? beta.data[c] : 0) - means[c] * value);
      for (let i = 0; i < x.data.length; i += channels)
        for (let c = 0; c < channels; c++) y.data[i + c] = x.data[i + c] * factors[c] + shifts[c];
    },
    backward() {
      const sums = new Float64Array(channels);
      const along = new Float64Array(channels); // the gradient times how far a value is from the mean
      for (let i = 0; i < x.data.length; i += channels)
        for (let c = 0; c < channels; c++) {
          sums[c] += y.grad[i + c];
          along[c] += y.grad[i + c] * (x.data[i + c] - means[c]);
        }
      for (let c = 0; c < channels; c++) {
        if (beta) beta.grad[c] += sums[c];
        if (gamma) gamma.grad[c] += along[c] * rate(c);
      }
      if (!x.grad) return;
      const factors = sums.map((_, c) => factor(c));
      const common = sums.map((sum) => (trained ? sum / pixels : 0));
      const slopes = along.map((value, c) => (trained ? (value * rate(c) ** 2) / pixels : 0));
      for (let i = 0; i < x.data.length; i += channels)
        for (let c = 0; c < channels; c++)
          x.grad[i + c] += factors[c] * (y.grad[i + c] - common[c] - (x.data[i + c] - means[c]) * slopes[c]);
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

export function ReLU({ config: { max_value, negative_slope: leak, threshold = 0 } }, n, [x], y) {
  const most = max_value ?? Infinity;
  const plain = !leak && !threshold && most === Infinity;
  return {
    forward() {
      if (plain) for (let i = 0; i < y.data.length; i++) y.data[i] = Math.max(x.data[i], 0);
      else for (let i = 0; i < y.data.length; i++) {
        const value = x.data[i];
        y.data[i] = value < threshold ? leak * (value - threshold) : value > most ? most : value;
      }
    },
    backward() {
      if (!x.grad) return;
      for (let i = 0; i < y.data.length; i++) {
        const value = x.data[i];
        x.grad[i] += value > threshold ? (value < most ? y.grad[i] : 0) : leak * y.grad[i];
      }
    },
  };
}

export const LeakyReLU = ReLU;

export function Rescaling({ config: { scale, offset } }, n, [x], y) {
  const channels = y.shape.at(-1);
  const perChannel = (value) => Float64Array.from({ length: channels }, (_, c) => [value].flat()[c] ?? value);
  const factors = perChannel(scale);
  const shifts = perChannel(offset);
  return {
    forward() {
      for (let i = 0; i < y.data.length; i++) y.data[i] = x.data[i] * factors[i % channels] + shifts[i % channels];
    },
    backward() {
      if (x.grad) for (let i = 0; i < y.data.length; i++) x.grad[i] += y.grad[i] * factors[i % channels];
    },
  };
}

export function Activation({ config: { activation } }, n, [x], y) {
  const channels = y.shape.at(-1);
  return {
    forward() {
      y.data.set(x.data);
      applyActivation(activation, y.data, channels);
    },
    backward(fused) {
      if (!fused) backThroughActivation(activation, y.data, y.grad, channels);
      if (x.grad) for (let i = 0; i < y.grad.length; i++) x.grad[i] += y.grad[i];
    },
  };
}

export const Softmax = (_, ...rest) => Activation({ config: { activation: "softmax" } }, ...rest);

export function Dropout({ config }, n, [x], y) {
  const factors = new Float32Array(y.data.length);
  return {
    forward(training, random) {
      const { rate } = config;
      for (let i = 0; i < factors.length; i++) {
        factors[i] = training ? (random() < rate ? 0 : 1 / (1 - rate)) : 1;
        y.data[i] = x.data[i] * factors[i];
      }
    },
    backward() {
      if (x.grad) for (let i = 0; i < factors.length; i++) x.grad[i] += y.grad[i] * factors[i];
    },
  };
}

export function Flatten(_, n, [x], y) {
  return {
    forward() {
      y.data.set(x.data);
    },
    backward() {
      if (x.grad) for (let i = 0; i < y.grad.length; i++) x.grad[i] += y.grad[i];
    },
  };
}

export const Reshape = Flatten;
