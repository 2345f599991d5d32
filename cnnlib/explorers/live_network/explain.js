// How one neuron comes to its value: window, weights, products and what is made of their sum.

import { short } from "../js/draw/format.js";
import { grid, reads, sidesOf, windowOf } from "./graph.js";

/** Where a weight lies in a tensor of `shape`, given by its indices. */
export const flat = (shape, indices) => indices.reduce((at, index, axis) => at * shape[axis] + index, 0);

/** The map and the slice of its kernel that a connection of a PartialConvolution2D is, by their number in all. */
export function connectionAt({ config: { connections } }, number) {
  let [k, slice] = [0, number];
  while (slice >= connections[k].length) slice -= connections[k++].length;
  return [k, slice];
}

/**
 * The kernel of channel `k` of layer `i` in slices, one for each map that it reads: { rows, columns, slices,
 * indices(u, v, slice), weight } in Keras's layout, of the weight of that name, or null where the layer has none.
 * That of a class of an RBFOutput is its bitmap.
 */
export function kernelOf(graph, i, k) {
  const { kind, config, weights, inputs } = graph.layers[i];
  const weight = kind === "RBFOutput" ? "centers" : "kernel";
  const shape = weights[weight]?.shape;
  if (kind === "RBFOutput") {
    const [columns, rows] = grid(shape[1]);
    return { rows, columns, slices: 1, indices: (u, v) => [k, u * columns + v], weight };
  }
  if (kind === "Conv2D") return { rows: shape[0], columns: shape[1], slices: shape[2], indices: (u, v, c) => [u, v, c, k], weight };
  if (kind === "PartialConvolution2D") {
    const first = config.connections.slice(0, k).flat().length;
    return { rows: shape[0], columns: shape[1], slices: config.connections[k].length, indices: (u, v, c) => [u, v, first + c], weight };
  }
  if (kind === "DepthwiseConv2D") {
    const indices = (u, v) => [u, v, Math.floor(k / shape[3]), k % shape[3]];
    return { rows: shape[0], columns: shape[1], slices: 1, indices, weight };
  }
  if (kind !== "Dense") return null;
  const [height, width, channels] = sidesOf(graph.layers[graph.behind(inputs[0])]);
  if (height * width > 1) {
    return { rows: height, columns: width, slices: channels, indices: (u, v, c) => [(u * width + v) * channels + c, k], weight };
  }
  const [rows, columns] = grid(channels);
  return { rows, columns, slices: 1, indices: (u, v) => [u * columns + v, k], weight };
}

const table = (rows, columns, value) => Array.from({ length: rows }, (_, u) => Array.from({ length: columns }, (_, v) => value(u, v)));

/** The weights of one slice of a kernel as a list of rows. */
export const sliceOf = ({ rows, columns, indices }, { data, shape }, slice) =>
  table(rows, columns, (u, v) => data[flat(shape, indices(u, v, slice))]);

/** What a neuron's window holds of one slice, as a list of rows; null stands for padding. */
function windowSlice(graph, i, { kernel, k, slice, at, values }) {
  const layer = graph.layers[i];
  const { data } = values(layer.inputs[0]);
  if (layer.kind === "RBFOutput") return table(kernel.rows, kernel.columns, (u, v) => data[u * kernel.columns + v]);
  if (layer.kind === "Dense") return table(kernel.rows, kernel.columns, (u, v) => data[kernel.indices(u, v, slice)[0]]);
  const [height, width, channels] = sidesOf(graph.layers[layer.inputs[0]]);
  const channel = reads(graph, i, k)[0].channels[slice];
  const [top, , left] = windowOf(graph.layers, i, 0, at);
  const [down, across] = layer.config.dilation_rate ?? [1, 1];
  return table(kernel.rows, kernel.columns, (u, v) => {
    const [y, x] = [top + u * down, left + v * across];
    return y >= 0 && x >= 0 && y < height && x < width ? data[(y * width + x) * channels + channel] : null;
  });
}

/** The parameters of a channel that are single numbers, by their names in Keras. */
export const numbersOf = ({ weights }) => Object.keys(weights).filter((name) => weights[name].shape.length === 1);

const total = (rows) => rows.flat().reduce((a, b) => a + b, 0);

/**
 * The sum of a neuron at `at` = [row, column] of channel `k`: { kernel, window, weights, products } of one slice, the
 * `sums` of all slices and `z`, their total with the bias; null for a layer without a kernel. `values(i)` is
 * the output { data, shape } of layer i. In an RBFOutput the products are squared differences.
 */
export function sumOf(graph, i, { k, slice, at, values }) {
  const kernel = kernelOf(graph, i, k);
  if (!kernel) return null;
  const { [kernel.weight]: tensor, bias } = graph.layers[i].weights;
  const term = kernel.weight === "centers" ? (value, weight) => (value - weight) ** 2 : (value, weight) => value * weight;
  const slices = Array.from({ length: kernel.slices }, (_, c) => {
    const window = windowSlice(graph, i, { kernel, k, slice: c, at, values });
    const weights = sliceOf(kernel, tensor, c);
    return { window, weights, products: window.map((line, u) => line.map((value, v) => term(value ?? 0, weights[u][v]))) };
  });
  const sums = slices.map(({ products }) => total(products));
  const added = bias ? bias.data[k] : null;
  return { kernel, ...slices[slice], sums, bias: added, z: sums.reduce((a, b) => a + b, 0) + added };
}

/** The neuron [row, column] that stands out most from the mean in channel `k` of an output of the given sides. */
export function outstanding({ data }, [height, width, count], k) {
  let sum = 0;
  for (let i = k; i < data.length; i += count) sum += data[i];
  const away = (i) => Math.abs(data[i] - sum / (height * width));
  let best = k;
  for (let i = k; i < data.length; i += count) if (away(i) > away(best)) best = i;
  const cell = Math.floor(best / count);
  return [Math.floor(cell / width), cell % width];
}

const JOINS = { Add: " + ", Multiply: " × " };
const number = (value) => short(value, 3);

/** The values at a neuron's place in the maps that it reads. */
function heard(graph, i, k, [row, column], values) {
  return reads(graph, i, k).flatMap(({ input, channels }) => {
    const from = graph.layers[i].inputs[input];
    const [height, width, count] = sidesOf(graph.layers[from]);
    const cell = Math.min(row, height - 1) * width + Math.min(column, width - 1);
    return channels.map((channel) => ({ input, value: values(from).data[cell * count + channel] }));
  });
}

/** A number and the bias that is added to it, in words; `z` is both. */
function biased(z, bias) {
  const sign = bias < 0 ? "−" : "+";
  return `${number(z - bias)} ${sign} ${number(Math.abs(bias))} bias = ${number(z)}`;
}

/** The sum of a neuron's window in channel `k` of layer `i`. */
function windowSum(graph, i, k, at, values) {
  const from = graph.layers[i].inputs[0];
  const [, width, count] = sidesOf(graph.layers[from]);
  const [top, bottom, left, right] = windowOf(graph.layers, i, 0, at);
  let sum = 0;
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += values(from).data[(y * width + x) * count + k];
  return sum;
}

/** How a neuron's `value` comes about, in words; `sum` is what `sumOf` returns. */
export function accountOf(graph, i, { k, at, values, sum, value }) {
  const { kind, config, weights, cut } = graph.layers[i];
  const result = number(value);
  const bent = config.activation === "linear" ? "" : ` → ${config.activation} → ${result}`;
  if (kind === "RBFOutput") return `squared distance ${result}`;
  if (sum) {
    const slices = sum.sums.length > 1 ? ` of ${sum.sums.length} slices` : "";
    return `sum${slices} ${sum.bias === null ? number(sum.z) : biased(sum.z, sum.bias)}${bent}`;
  }
  if (kind === "TrainableAveragePooling2D") {
    const [all, factor, bias] = [windowSum(graph, i, k, at, values), weights.coefficient.data[k], weights.bias.data[k]];
    return `sum of its window ${number(all)} × ${number(factor)} = ${biased(all * factor + bias, bias)}${bent}`;
  }
  if (kind === "MaxPooling2D" || kind === "GlobalMaxPooling2D") return `the largest value of its window: ${result}`;
  if (kind === "AveragePooling2D" || kind === "GlobalAveragePooling2D") return `the mean of its window: ${result}`;
  if (kind === "InputLayer") return `brightness ${result}`;
  const inputs = heard(graph, i, k, at, values);
  if (kind in JOINS) {
    const neutral = kind === "Add" ? "0 (cut)" : "1 (cut)";
    return `${inputs.map(({ input, value: one }) => (cut.has(input) ? neutral : number(one))).join(JOINS[kind])} = ${result}`;
  }
  if (kind === "HighwayGate") {
    const [h, x, t] = inputs.map((one) => one.value);
    const gate = cut.has(2) ? 0 : t;
    return `${number(h)} × ${number(gate)} + ${number(x)} × ${number(1 - gate)} = ${result}`;
  }
  if (kind === "BatchNormalization") {
    const [gamma, beta, mean, variance] = ["gamma", "beta", "moving_mean", "moving_variance"].map((name) => weights[name]?.data[k]);
    return `(${number(inputs[0].value)} − mean ${number(mean)}) / √(${number(variance)} + ${config.epsilon}) × ${number(gamma ?? 1)} + ${number(beta ?? 0)} = ${result}`;
  }
  if (inputs.length === 1) return `${config.activation ?? kind}(${number(inputs[0].value)}) = ${result}`;
  return `value ${result}`;
}
