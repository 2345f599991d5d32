// The network that the explorer runs: on the reader's picture at once, on the held-out ones in slices.

import { softmax } from "../js/nn/activations.js";
import { batch, network } from "../js/nn/network.js";
import { checked, decoded } from "../js/nn/weights.js";
import { flat } from "./explain.js";
import { drawnGraph } from "./graph.js";

const SLICE = 10; // held-out pictures between two looks at what the reader does

/**
 * `given` is { graph, weights, pictures, labels, low, high }: pictures are bytes, of which 0 stands for `low` and 255
 * for `high`. Throws where the weights are not the graph's.
 */
export function liveNetwork({ graph, weights, pictures, labels, low, high }) {
  const net = network(graph, weights);
  const trained = network(graph, weights);
  const one = batch(net, 1);
  const several = batch(net, SLICE);
  const drawn = drawnGraph(net);
  const size = net.layers[0].shape.reduce((a, b) => a * b);
  if (pictures.length !== size * labels.length) {
    throw new Error(`The test pictures are damaged: ${size * labels.length} bytes were expected. Received: ${pictures.length} bytes`);
  }
  const broken = new Map(); // each layer's edits, as text
  let shown = null;

  const fill = (to, bytes, from = 0) => {
    for (let i = 0; i < bytes.length; i++) to[from + i] = low + (bytes[i] / 255) * (high - low);
  };

  function mend(layer, original) {
    for (const name of Object.keys(layer.weights)) layer.weights[name].data.set(original.weights[name].data);
    layer.silent.clear();
    layer.cut.clear();
  }

  function damage({ weights: own, silent, cut }, edit) {
    if (edit.map !== undefined) silent.add(edit.map);
    else if (edit.input !== undefined) cut.add(edit.input);
    else own[edit.weight].data[flat(own[edit.weight].shape, edit.at)] = edit.value;
  }

  /**
   * Take other weights for the same layers, float32 `bytes` in the graph's order, or the network's own where there are none.
   * Throws where they are not as many, or not all of them are numbers.
   */
  function load(bytes) {
    const numbers = bytes.length ? checked(graph, bytes) : decoded(graph, weights);
    let at = 0;
    for (const { name, weights: own } of trained.layers) {
      for (const { data } of Object.values(own)) data.set(numbers.subarray(at, (at += data.length)));
      mend(net.named[name], trained.named[name]);
    }
    broken.clear();
    shown = null;
  }

  /** Break what `edits` name, mend the rest; returns the names of the layers that are other than before. */
  function apply(edits) {
    const other = net.layers.filter(({ name }) => {
      const here = edits.filter(({ layer }) => layer === name);
      const text = JSON.stringify(here);
      if ((broken.get(name) ?? "[]") === text) return false;
      broken.set(name, text);
      mend(net.named[name], trained.named[name]);
      for (const edit of here) damage(net.named[name], edit);
      return true;
    });
    return other.map(({ name }) => name);
  }

  const probabilities = ({ data, shape }) => {
    const last = net.layers.at(-1);
    const result = Float32Array.from(data);
    if (last.kind !== "Softmax" && last.config.activation !== "softmax") softmax(result, shape.at(-1));
    return result;
  };

  /** Run the network with `edits` on a picture, as far as something is new; returns the class probabilities. */
  function see(picture, edits) {
    const other = apply(edits);
    if (picture !== shown) {
      fill(one.input.data, picture);
      shown = picture;
      one.forward();
    } else if (other.length) one.forward({ from: other });
    return probabilities(one.output);
  }

  /** Name held-out pictures from number `from` on: { from, right: [whether each is named rightly] }. */
  function judge(from) {
    const count = Math.min(SLICE, labels.length - from);
    fill(several.input.data, pictures.subarray(from * size, (from + count) * size));
    several.forward();
    const classes = several.output.shape.at(-1);
    return Array.from({ length: count }, (_, i) => {
      const row = several.output.data.subarray(i * classes, (i + 1) * classes);
      return row.indexOf(Math.max(...row)) === labels[from + i];
    });
  }

  const valuesOf = (i) => one.values[net.layers[i].name];
  const picture = (number) => pictures.subarray(number * size, (number + 1) * size);
  return { drawn, trained, load, see, judge, values: valuesOf, picture, shape: net.layers[0].shape };
}

/** Judge all held-out pictures whenever `again` is called; `done(right)` gets whether each is named rightly. */
export function judging(live, count, done, signal) {
  let turn = 0;
  signal.addEventListener("abort", () => turn++);
  return function again() {
    const mine = ++turn;
    const right = [];
    const { port1, port2 } = new MessageChannel(); // comes back at once, behind what the reader does
    port1.onmessage = () => {
      if (mine === turn) right.push(...live.judge(right.length));
      if (mine !== turn || right.length >= count) {
        port1.close();
        if (mine === turn) done(right);
      } else port2.postMessage(null);
    };
    port2.postMessage(null);
  };
}
