// An untrained network of dense layers with 24 units, up and back; `carried` of the Python package.

import { stream } from "../js/nn/random.js";

const [UNITS, SEED] = [24, 2015];

const product = (matrix, x) => Float64Array.from(x, (_, i) => x.reduce((sum, value, j) => sum + matrix[i * UNITS + j] * value, 0));
const transposed = (matrix, x) => Float64Array.from(x, (_, j) => x.reduce((sum, value, i) => sum + matrix[i * UNITS + j] * value, 0));
const size = (x) => Math.hypot(...x);

function correlation(a, b) {
  const centred = (x) => x.map((value) => value - x.reduce((sum, one) => sum + one, 0) / UNITS);
  const [one, other] = [centred(a), centred(b)];
  return one.reduce((sum, value, i) => sum + value * other[i], 0) / (size(one) * size(other));
}

/** { signal, gradient, alike }: the sizes at each layer, beside those at the beginning, and how alike output and input are. */
export function carried(depth, bias, weights, gates) {
  const random = stream(SEED);
  const draw = (count, limit) => Float64Array.from({ length: count }, () => limit * (2 * random() - 1));
  let [x, back] = [draw(UNITS, 1), draw(UNITS, 1)];
  const limit = weights * Math.sqrt(6 / UNITS);
  const [signals, layers, gradients] = [[x], [], [back]];
  for (let layer = 0; layer < depth; layer++) {
    const [kernel, gate] = [draw(UNITS ** 2, limit), draw(UNITS ** 2, limit)];
    const h = product(kernel, x).map((value) => Math.max(value, 0));
    const t = gates ? product(gate, x).map((sum) => 1 / (1 + Math.exp(-(sum + bias)))) : new Float64Array(UNITS).fill(1);
    layers.push({ x, kernel, gate, h, t });
    x = x.map((value, i) => h[i] * t[i] + value * (1 - t[i]));
    signals.push(x);
  }
  for (const { x: read, kernel, gate, h, t } of layers.reverse()) {
    const through = transposed(kernel, back.map((value, i) => (h[i] > 0 ? value * t[i] : 0)));
    const along = transposed(gate, back.map((value, i) => value * (h[i] - read[i]) * t[i] * (1 - t[i])));
    back = back.map((value, i) => through[i] + value * (1 - t[i]) + along[i]);
    gradients.push(back);
  }
  const beside = (all) => all.map((one) => size(one) / size(all[0]));
  return { signal: beside(signals), gradient: beside(gradients).reverse(), alike: correlation(signals[0], x) };
}
