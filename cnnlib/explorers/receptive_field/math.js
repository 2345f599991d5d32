// Receptive fields of a stack of layers along one axis. A layer is { kernel, stride, padding,
// dilation }; rows[0] is the input, rows[l] what layer l puts out.

import { outputSize, padAmounts, span } from "../js/math/ops.js";

export const clamp = (value, least, most) => Math.max(least, Math.min(most, value));

/** The whole numbers from `from` up to, but without, `to`. */
export const count = (from, to) => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);

/** Sizes, fields, jumps, paddings and centres of all layers that fit over n input cells, the input first. */
export function traceStack(n, layers) {
  const rows = [{ outputs: n, size: 1, jump: 1, padding: 0, centre: 0, before: 0, after: 0, reach: 1 }];
  for (const { kernel, stride, padding, dilation } of layers) {
    const below = rows.at(-1);
    const outputs = outputSize(below.outputs, kernel, stride, padding, dilation);
    if (!outputs) break;
    const [before, after] = padAmounts(below.outputs, kernel, stride, padding, dilation);
    const reach = span(kernel, dilation);
    const size = below.size + (reach - 1) * below.jump;
    const zeros = below.padding + before * below.jump;
    const [jump, centre] = [below.jump * stride, (size - 1) / 2 - zeros];
    rows.push({ outputs, size, jump, padding: zeros, centre, before, after, reach });
  }
  return rows;
}

/** First and last input cell in the field of a neuron; they may lie outside the input. */
export function fieldOf({ size, jump, padding }, neuron) {
  const first = neuron * jump - padding;
  return [first, first + size - 1];
}

/** For each row up to `layer`, the first and last cell that a neuron of that layer depends on. */
export function fieldsBelow(rows, layers, layer, neuron) {
  const fields = [];
  fields[layer] = [neuron, neuron];
  for (let l = layer; l > 0; l--) {
    const { before, reach } = rows[l];
    const [first, last] = fields[l].map((cell) => cell * layers[l - 1].stride - before);
    fields[l - 1] = [first, last + reach - 1];
  }
  return fields;
}

/** For each row up to `layer`, the share of a neuron's paths that pass each cell; those into zeros are lost. */
export function sharesBelow(rows, layers, layer, neuron) {
  const shares = [];
  shares[layer] = new Float64Array(rows[layer].outputs);
  shares[layer][neuron] = 1;
  for (let l = layer; l > 0; l--) {
    const { kernel, stride, dilation } = layers[l - 1];
    const below = new Float64Array(rows[l - 1].outputs);
    shares[l].forEach((share, u) => {
      if (!share) return;
      for (let v = 0; v < kernel; v++) {
        const cell = u * stride - rows[l].before + v * dilation;
        if (cell >= 0 && cell < below.length) below[cell] += share / kernel;
      }
    });
    shares[l - 1] = below;
  }
  return shares;
}

/** The neuron of a row whose field's centre lies nearest to a place in the input. */
export function neuronAt({ outputs, jump, centre }, place) {
  return clamp(Math.round((place - centre) / jump), 0, outputs - 1);
}

/** A square picture averaged down to `side` pixels; one that is not larger stays as it is. */
export function shrink({ data, shape }, side) {
  const [n] = shape;
  if (side >= n) return { data, shape };
  const from = Array.from({ length: side + 1 }, (_, i) => Math.round((i * n) / side));
  const result = new Float32Array(side * side);
  for (let i = 0; i < side; i++) {
    for (let j = 0; j < side; j++) {
      let sum = 0;
      for (let y = from[i]; y < from[i + 1]; y++) {
        for (let x = from[j]; x < from[j + 1]; x++) sum += data[y * n + x];
      }
      result[i * side + j] = sum / ((from[i + 1] - from[i]) * (from[j + 1] - from[j]));
    }
  }
  return { data: result, shape: [side, side, 1] };
}

/** Squares about a neuron's centre with the sides of the fields of its layer and of those below, as far as they differ. */
export function nestedFields(rows, { layer, row, column }) {
  const [down, across] = [row, column].map((neuron) => rows[layer].centre + neuron * rows[layer].jump);
  const apart = 0.03 * Math.max(rows[0].outputs, rows[layer].size);
  const sides = [];
  for (const { size } of rows.slice(1, layer)) if (size - (sides.at(-1) ?? 1) > apart) sides.push(size);
  return [...sides, rows[layer].size].map((size) => ({ top: down - (size - 1) / 2, left: across - (size - 1) / 2, size }));
}

/** The pixels to show: the picture, and around it as much as the fields of a layer's neurons need. */
export function reachOf(rows, layer) {
  const n = rows[0].outputs;
  const [first, last] = [fieldOf(rows[layer], 0)[0], fieldOf(rows[layer], rows[layer].outputs - 1)[1]];
  const most = Math.max(0.22 * n, (rows[layer].size - n) / 2 + 0.1 * n);
  const around = (beyond) => clamp(beyond, 0.03 * n, most);
  return [-around(-first), n + around(last + 1 - n)];
}
