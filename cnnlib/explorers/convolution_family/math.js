// The convolution family along one axis: which cells of which channels feed which outputs.

import { outputSize, padAmounts, span } from "../js/math/ops.js";

const divides = (groups) => (number) => number % groups === 0;

/** The settings as the kind reads them; groups are the most that divide channels and maps. */
export function reading({ kind, cells, kernel, stride, dilation, groups, channels, maps, dimensions }) {
  const own = kind === "depthwise" ? channels * Math.max(1, Math.floor(maps / channels)) : maps;
  let parts = { grouped: groups, depthwise: channels }[kind] ?? 1;
  while (![channels, own].every(divides(parts))) parts--;
  const spread = ["pointwise", "transposed"].includes(kind) ? 1 : dilation;
  return {
    kind,
    cells,
    dimensions: Number(dimensions),
    kernel: kind === "pointwise" ? 1 : kernel,
    dilation: spread,
    stride: spread > 1 ? 1 : stride, // TensorFlow takes one or the other
    groups: parts,
    channels,
    maps: own,
  };
}

/** The plain convolution that a kind is compared with, as `reading` gives it. */
export function peer(settings) {
  const { dilation, maps } = reading(settings);
  return reading({ ...settings, kind: "plain", dilation, maps });
}

/** Outputs along the axis, same padding; a transposed convolution makes `stride` of each cell. */
export function outputs({ kind, cells, kernel, stride, dilation }) {
  return kind === "transposed" ? cells * stride : outputSize(cells, kernel, stride, "same", dilation);
}

/** The cells that output i reads, each with the number of its weight: [cell, tap]. */
export function taps({ kind, cells, kernel, stride, dilation }, i) {
  const found = [];
  if (kind === "transposed") {
    const [before] = padAmounts(cells * stride, kernel, stride, "same");
    for (let cell = 0; cell < cells; cell++) {
      const tap = i + before - cell * stride;
      if (tap >= 0 && tap < kernel) found.push([cell, tap]);
    }
    return found;
  }
  const [before] = padAmounts(cells, kernel, stride, "same", dilation);
  for (let tap = 0; tap < kernel; tap++) {
    const cell = i * stride + tap * dilation - before;
    if (cell >= 0 && cell < cells) found.push([cell, tap]);
  }
  return found;
}

/** The channels that map k reads: its own group's. */
export function channelsOf({ groups, channels, maps }, k) {
  const [share, own] = [channels / groups, maps / groups];
  const first = Math.floor(k / own) * share;
  return Array.from({ length: share }, (_, c) => first + c);
}

/** Weights and multiply-adds, without biases, in all dimensions. */
export function cost(setting) {
  const { kind, cells, kernel, groups, channels, maps, dimensions } = setting;
  const [window, positions, inputs] = [kernel, outputs(setting), cells].map((n) => n ** dimensions);
  if (kind === "separable") {
    const weights = window * channels + channels * maps;
    return { weights, macs: positions * weights };
  }
  const weights = (window * channels * maps) / groups;
  return { weights, macs: weights * (kind === "transposed" ? inputs : positions) };
}

/** A kernel with dilation - 1 zeros between its weights. */
export function dilated(kernel, dilation) {
  const wide = new Array(span(kernel.length, dilation)).fill(0);
  kernel.forEach((weight, tap) => (wide[tap * dilation] = weight));
  return wide;
}
