// A network as it is drawn: its layers, what each map of theirs reads, and how far back it sees.

import { padAmounts } from "../js/math/ops.js";

const HANDS_ON = ["Dropout", "Flatten", "Rescaling", "ZeroPadding2D"]; // drawn, they would show once more what they get

/** Rows, columns and channels of a layer's output; the units of a dense layer are maps of one cell. */
export const sidesOf = ({ shape }) => [...Array(3 - shape.length).fill(1), ...shape];

/** Rows and columns in which `count` values are shown. */
export function grid(count) {
  let rows = Math.floor(Math.sqrt(count));
  while (count % rows) rows--;
  return [rows, count / rows];
}

/**
 * A graph (see cnnlib.live) with places for names: layers with `inputs` as places, and of those that
 * are drawn `shown` their places. `behind(i)` is the drawn layer whose maps layer i gives or hands on,
 * `bitmap` the one whose units draw what an RBFOutput compares with its bitmaps, upright.
 */
export function drawnGraph({ layers }) {
  const place = new Map(layers.map(({ name }, i) => [name, i]));
  const linked = layers.map((layer) => ({ ...layer, inputs: layer.inputs.map((name) => place.get(name)) }));
  const handsOn = ({ kind, shape, inputs }) =>
    HANDS_ON.includes(kind) || (kind === "Reshape" && sidesOf({ shape }).at(-1) === sidesOf(linked[inputs[0]]).at(-1));
  const behind = (i) => (handsOn(linked[i]) ? behind(linked[i].inputs[0]) : i);
  const output = linked.find(({ kind }) => kind === "RBFOutput");
  const bitmap = output && behind(output.inputs[0]);
  return { layers: linked, behind, bitmap, shown: linked.flatMap((layer, i) => (handsOn(layer) ? [] : [i])) };
}

const range = (count, first = 0) => Array.from({ length: count }, (_, i) => first + i);

/** The channels of input number `input` that channel `k` of a layer reads; `widths` are those of its inputs. */
function channelsRead({ kind, config, shape }, widths, input, k) {
  const width = widths[input];
  const groups = config.groups ?? 1;
  if (kind === "Conv2D") return range(width / groups, Math.floor((k * groups) / shape.at(-1)) * (width / groups));
  if (kind === "DepthwiseConv2D") return [Math.floor((k * width) / shape.at(-1))];
  if (kind === "PartialConvolution2D") return config.connections[k];
  if (["SeparableConv2D", "Conv2DTranspose", "Dense", "RBFOutput", "Softmax", "Reshape"].includes(kind)) return range(width);
  if (kind === "Activation" && config.activation === "softmax") return range(width);
  if (kind === "DepthwiseMaxPooling2D") return range(config.pool_size, k * config.pool_size);
  if (kind === "LocalResponseNormalization") return range(config.size, k - (config.size - 1) / 2).filter((c) => c >= 0 && c < width);
  if (kind === "Concatenate") {
    const before = widths.slice(0, input).reduce((a, b) => a + b, 0);
    return k >= before && k < before + width ? [k - before] : [];
  }
  if (kind === "PadChannels") return k < width ? [k] : [];
  return [width === 1 ? 0 : k];
}

/** The maps that channel `k` of layer `i` reads: { input, layer, channels }, one for each of its inputs. */
export function reads({ layers, behind }, i, k) {
  const widths = layers[i].inputs.map((from) => {
    const drawn = sidesOf(layers[behind(from)]).at(-1); // those of a map that a dense layer sees flat
    return layers[i].kind === "Dense" ? drawn : sidesOf(layers[from]).at(-1);
  });
  return layers[i].inputs.map((from, input) => ({ input, layer: behind(from), channels: channelsRead(layers[i], widths, input, k) }));
}

/** The cells [first, end) along one axis of the input that output `at` reads, outside included; null for all. */
function span({ kind, config }, axis, at, n, outputs) {
  if (kind === "ZeroPadding2D") return [at - config.padding[axis][0], at - config.padding[axis][0] + 1];
  const size = config.kernel_size?.[axis] ?? (Array.isArray(config.pool_size) ? config.pool_size[axis] : undefined);
  if (size === undefined) return n === outputs ? [at, at + 1] : null;
  const stride = config.strides[axis];
  const dilation = config.dilation_rate?.[axis] ?? 1;
  const { padding = "valid" } = config;
  if (kind !== "Conv2DTranspose") {
    const first = at * stride - padAmounts(n, size, stride, padding, dilation)[0];
    return [first, first + (size - 1) * dilation + 1];
  }
  const [before] = padAmounts(outputs, size, stride, padding, dilation);
  return [Math.ceil((at + before - (size - 1) * dilation) / stride), Math.floor((at + before) / stride) + 1];
}

/** The window [top, bottom, left, right], ends excluded, that a neuron at [row, column] of layer `i` reads in an input. */
export function windowOf(layers, i, input, [row, column]) {
  const from = sidesOf(layers[layers[i].inputs[input]]);
  const to = sidesOf(layers[i]);
  const [down, across] = [row, column].map((at, axis) => span(layers[i], axis, at, from[axis], to[axis]) ?? [0, from[axis]]);
  return [...down, ...across];
}

/** The part [top, bottom, left, right] of the picture on which a neuron depends, inside the picture; null for none. */
export function receptiveField(layers, i, [row, column]) {
  const fields = layers.map(() => null);
  fields[i] = [row, row + 1, column, column + 1];
  for (let at = i; at > 0; at--) {
    if (!fields[at]) continue;
    const [top, bottom, left, right] = fields[at];
    layers[at].inputs.forEach((from, input) => {
      const [first, , start] = windowOf(layers, at, input, [top, left]);
      const last = windowOf(layers, at, input, [bottom - 1, right - 1]);
      const [height, width] = sidesOf(layers[from]);
      const seen = [Math.max(0, first), Math.min(height, last[1]), Math.max(0, start), Math.min(width, last[3])];
      if (seen[0] < seen[1] && seen[2] < seen[3]) fields[from] = fields[from] ? joined(fields[from], seen) : seen;
    });
  }
  return fields[0];
}

const joined = (a, b) => a.map((end, side) => (side % 2 ? Math.max(end, b[side]) : Math.min(end, b[side])));
