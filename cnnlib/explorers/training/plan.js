// What the settings mean: the network, as a graph (see cnnlib.live), and how it is trained.

import { three } from "../js/draw/format.js";
import { count, crc32 } from "../js/nn/weights.js";

/** The graph of `layers`, all that there may be, in one chain. */
export function graphOf(layers, { inputs, norm, output, dropout }) {
  const absent = [norm ? "" : "norm", output === "relu" ? "" : "clipped"];
  const config = { scale: { scale: inputs === "scaled" ? 1 / 255 : 1, offset: 0 }, dropout: { rate: dropout } };
  const present = layers.filter(({ name }) => !absent.includes(name));
  const linked = present.map((layer, i) => ({ ...layer, config: config[layer.name] ?? layer.config, inputs: i ? [present[i - 1].name] : [] }));
  return { name: "learner", layers: linked };
}

/** The graph with weights of zeros, as a session opens it before they are drawn. */
function blank(graph) {
  const numbers = graph.layers.flatMap(({ weights }) => weights).reduce((sum, { shape }) => sum + count(shape), 0);
  const weights = new Uint8Array(2 * numbers);
  return { graph: { ...graph, crc32: crc32(weights) }, weights };
}

/**
 * How a run begins: { open, begin, settings, last, every }, of which the first three are parts of a session's requests.
 * `held` is { layers, optimizers, epochs, pictures, labels, shuffled, tests }.
 */
export function planOf(held, { rate, optimizer, batch, initializer, shift, data, seed, ...how }) {
  const [kind, momentum] = held.optimizers[optimizer];
  const graph = graphOf(held.layers, how);
  const steps = Math.floor(held.labels.length / batch);
  const classes = data === "mislabelled" ? held.shuffled : held.labels;
  return {
    open: { ...blank(graph), tests: held.tests, watch: graph.layers.filter(({ weights }) => weights.length).map(({ name }) => name) },
    begin: { data: { pictures: held.pictures, classes }, size: batch, seed, initializer, optimizer: kind, mixed: data !== "sorted", shift },
    settings: kind === "adam" ? { learning_rate: rate } : { learning_rate: rate, momentum },
    last: held.epochs * steps,
    every: Math.max(1, Math.round(steps / 2)),
  };
}

/**
 * What has been learned as one array, float32, for the graph without options: the values that the inputs' scale and
 * batch normalization lead to are those of other weights without them.
 */
export function plainWeights(layers, weights, inputs) {
  const plain = { ...weights };
  const times = (values, factor) => values.map((value, i) => value * factor(i));
  if (inputs === "raw") plain.conv1 = { ...weights.conv1, kernel: { data: times(weights.conv1.kernel.data, () => 255) } };
  if (weights.norm) {
    const { gamma, beta, moving_mean: mean, moving_variance: variance } = weights.norm;
    const { epsilon } = layers.find(({ name }) => name === "norm").config;
    const factor = gamma.data.map((value, c) => value / Math.sqrt(variance.data[c] + epsilon));
    const { kernel, bias } = weights.hidden;
    plain.hidden = {
      kernel: { data: times(kernel.data, (i) => factor[i % factor.length]) },
      bias: { data: bias.data.map((value, c) => (value - mean.data[c]) * factor[c] + beta.data[c]) },
    };
  }
  const present = graphOf(layers, { inputs: "scaled", norm: false, output: "softmax", dropout: 0 }).layers;
  return Float32Array.from(present.flatMap(({ name, weights: own }) => own.flatMap((one) => [...plain[name][one.name].data])));
}

/** How the settings `to` differ from `from`, in the reader's words: labels are { name: [label, words for values] }. */
export function differences(labels, names, from, to) {
  const other = names.filter((name) => from[name] !== to[name]);
  const said = (name, value) => labels[name][1][value] ?? three(value);
  return other.map((name) => `${labels[name][0].toLowerCase()} ${said(name, to[name])}, not ${said(name, from[name])}`).join("; ");
}
