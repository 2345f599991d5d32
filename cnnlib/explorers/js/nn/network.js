// A network in the page: what `cnnlib.live.export` gives, run on batches of pictures.
//
//   const net = network(graph, bytes);           // layers with their weights
//   const run = batch(net, 1);                   // room for the values of one picture
//   run.input.data.set(picture);                 // [height, width, channels]
//   run.forward();
//   run.values.conv1.data                        // a layer's results
//   net.named.conv1.weights.kernel.data[0] = 0;  // break it,
//   run.forward({ from: ["conv1"] });            // and compute what that changes
//
// To break more: `layer.silent` is a Set of channels that give 0, `layer.cut` one of inputs that do
// not count. To train: batch(net, n, { gradients: true }), forward({ training: true }),
// crossEntropy(run, classes), backward(), step() of an optimizer of trained(net).

import { Conv2D, Conv2DTranspose, DepthwiseConv2D, PartialConvolution2D, SeparableConv2D } from "./convolutions.js";
import { Add, Concatenate, HighwayGate, Multiply, PadChannels, ZeroPadding2D } from "./joins.js";
import {
  Activation,
  BatchNormalization,
  Dense,
  Dropout,
  Flatten,
  LeakyReLU,
  LocalResponseNormalization,
  RBFOutput,
  ReLU,
  Rescaling,
  Reshape,
  Softmax,
} from "./layers.js";
import {
  AveragePooling2D,
  DepthwiseMaxPooling2D,
  GlobalAveragePooling2D,
  GlobalMaxPooling2D,
  MaxPooling2D,
  TrainableAveragePooling2D,
} from "./pooling.js";
import { count, decoded } from "./weights.js";

const convolutions = { Conv2D, Conv2DTranspose, DepthwiseConv2D, PartialConvolution2D, SeparableConv2D };
const poolings = { AveragePooling2D, MaxPooling2D, TrainableAveragePooling2D };
const channelwise = { DepthwiseMaxPooling2D, GlobalAveragePooling2D, GlobalMaxPooling2D, LocalResponseNormalization };
const valuewise = { Activation, BatchNormalization, Dense, Dropout, LeakyReLU, RBFOutput, ReLU, Rescaling, Softmax };
const moving = { Add, Concatenate, Flatten, HighwayGate, Multiply, PadChannels, Reshape, ZeroPadding2D };
const KINDS = { ...convolutions, ...poolings, ...channelwise, ...valuewise, ...moving };

const FIXED = ["centers", "moving_mean", "moving_variance"]; // weights that no gradient changes

/** A graph with its weights: { name, layers, named }. A layer is { name, kind, inputs, shape,
    config, weights: { kernel: { data, shape, trainable } }, silent, cut }.
    Throws where the bytes are not the graph's. */
export function network(graph, bytes) {
  const numbers = decoded(graph, bytes);
  let at = 0;
  const filled = ({ name, shape }) => {
    const data = numbers.slice(at, (at += count(shape)));
    return [name, { shape, data, trainable: !FIXED.includes(name) }];
  };
  const layers = graph.layers.map((layer) => ({
    ...layer,
    config: { ...layer.config },
    weights: Object.fromEntries(layer.weights.map(filled)),
    silent: new Set(),
    cut: new Set(),
  }));
  return { name: graph.name, layers, named: Object.fromEntries(layers.map((layer) => [layer.name, layer])) };
}

/** The weights that training changes. */
export function trained(net) {
  return net.layers.flatMap((layer) => Object.values(layer.weights)).filter(({ trainable }) => trainable);
}

/** Whether a network's outputs are distances, of which the smallest tells the class. */
export const isNearest = ({ layers }) => layers.at(-1).kind === "RBFOutput";

/** The class that one picture's outputs tell. */
export function chosen(net, outputs) {
  const better = isNearest(net) ? (a, b) => a < b : (a, b) => a > b;
  return outputs.reduce((best, value, i) => (better(value, outputs[best]) ? i : best), 0);
}

/** The names of layers and of all that depend on them. */
export function behind(net, names) {
  const found = new Set(names);
  for (const { name, inputs } of net.layers) if (inputs.some((one) => found.has(one))) found.add(name);
  return found;
}

/** Room for n pictures in a network: { n, values, input, output, forward, backward }. Several batches
    share the network's weights. `random` drives dropout. */
export function batch(net, n, { gradients = false, random } = {}) {
  if (gradients) for (const weight of trained(net)) weight.grad = new Float32Array(weight.data.length);
  const room = ({ shape, inputs }) => ({
    shape,
    data: new Float32Array(n * count(shape)),
    grad: gradients && inputs.length ? new Float32Array(n * count(shape)) : null,
  });
  const values = Object.fromEntries(net.layers.map((layer) => [layer.name, room(layer)]));
  const steps = net.layers.slice(1).map((layer) => {
    const run = KINDS[layer.kind](layer, n, layer.inputs.map((name) => values[name]), values[layer.name]);
    return { layer, ...run };
  });
  const output = values[net.layers.at(-1).name];
  return {
    n,
    values,
    input: values[net.layers[0].name],
    output,

    /** Compute all layers, those named in `from` and what depends on them, or `only` those of a Set. */
    forward({ from, only = from && behind(net, from), training = false } = {}) {
      for (const { layer, forward } of steps) {
        if (only && !only.has(layer.name)) continue;
        forward(training, random);
        for (const channel of layer.silent) silence(values[layer.name], channel);
      }
      return output.data;
    },

    /** Carry the gradient in output.grad back. Where it is that of what goes into the last layer's
        activation, as `crossEntropy` leaves it, that is `fused`. */
    backward(fused = true) {
      for (const weight of trained(net)) weight.grad.fill(0);
      for (const { grad } of Object.values(values)) if (grad && grad !== output.grad) grad.fill(0);
      for (const { layer, backward } of [...steps].reverse()) backward(fused && values[layer.name] === output);
    },
  };
}

function silence({ data, shape }, channel) {
  for (let i = channel; i < data.length; i += shape.at(-1)) data[i] = 0;
}
