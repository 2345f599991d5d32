// The network that the explorer runs on the reader's picture, and its judge, who names the held-out ones beside the page.

import { softmax } from "../js/nn/activations.js";
import { batch, chosen, isNearest, network } from "../js/nn/network.js";
import { startSession } from "../js/nn/worker.js";
import { checked, decoded } from "../js/nn/weights.js";
import { flat, kernelOf } from "./explain.js";
import { drawnGraph } from "./graph.js";
import { serve } from "./judge.js";
import { source } from "./judge.js?source";

/**
 * `given` is { graph, weights, pictures, labels, low, high }: pictures are bytes, of which 0 stands for `low` and 255
 * for `high`. Throws where the weights are not the graph's.
 */
export function liveNetwork({ graph, weights, pictures, labels, low, high }) {
  const net = network(graph, weights);
  const trained = network(graph, weights);
  const one = batch(net, 1);
  const drawn = drawnGraph(net);
  const size = net.layers[0].shape.reduce((a, b) => a * b);
  if (pictures.length !== size * labels.length) {
    throw new Error(`The test pictures are damaged: ${size * labels.length} bytes were expected. Received: ${pictures.length} bytes`);
  }
  const broken = new Map(); // each layer's edits, as text
  const altered = new Set(); // layers that the judge does not know as they are
  let shown = null;

  const fill = (to, bytes) => {
    for (let i = 0; i < bytes.length; i++) to[i] = low + (bytes[i] / 255) * (high - low);
  };

  function mend(layer, original) {
    for (const name of Object.keys(layer.weights)) layer.weights[name].data.set(original.weights[name].data);
    layer.silent.clear();
    layer.cut.clear();
  }

  function sever({ name, weights: own }, [k, slice]) {
    const { rows, columns, indices, weight } = kernelOf(drawn, drawn.layers.findIndex((one) => one.name === name), k);
    const { data, shape } = own[weight];
    for (let u = 0; u < rows; u++) for (let v = 0; v < columns; v++) data[flat(shape, indices(u, v, slice))] = 0;
  }

  function damage(layer, edit) {
    const { weights: own, silent, cut } = layer;
    if (edit.map !== undefined) silent.add(edit.map);
    else if (edit.input !== undefined) cut.add(edit.input);
    else if (edit.slice !== undefined) sever(layer, edit.slice);
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
      altered.add(name);
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
      altered.add(name);
      mend(net.named[name], trained.named[name]);
      for (const edit of here) damage(net.named[name], edit);
      return true;
    });
    return other.map(({ name }) => name);
  }

  const told = ({ data, shape }) => {
    const last = net.layers.at(-1);
    const result = Float32Array.from(data);
    if (isNearest(net)) return result;
    if (last.kind !== "Softmax" && last.config.activation !== "softmax") softmax(result, shape.at(-1));
    return result;
  };

  /** Run the network with `edits` on a picture, as far as something is new; returns the class probabilities, or distances. */
  function see(picture, edits) {
    const other = apply(edits);
    if (picture !== shown) {
      fill(one.input.data, picture);
      shown = picture;
      one.forward();
    } else if (other.length) one.forward({ from: other });
    return told(one.output);
  }

  /** The layers that are other than when this was asked last, as a judge takes them. */
  function changes() {
    const found = [...altered].map((name) => {
      const { weights: own, silent, cut } = net.named[name];
      const numbers = Object.fromEntries(Object.entries(own).map(([key, { data }]) => [key, data]));
      return { name, weights: numbers, silent: [...silent], cut: [...cut] };
    });
    altered.clear();
    return found;
  }

  /** The values of all held-out pictures, one behind the other. */
  function heldOut() {
    const values = new Float32Array(pictures.length);
    fill(values, pictures);
    return values;
  }

  const valuesOf = (i) => one.values[net.layers[i].name];
  const picture = (number) => pictures.subarray(number * size, (number + 1) * size);
  const answer = { nearest: isNearest(net), chosen: (outputs) => chosen(net, outputs) };
  return { drawn, trained, load, see, changes, heldOut, values: valuesOf, picture, shape: net.layers[0].shape, ...answer };
}

/**
 * Name all held-out pictures, beside the page, whenever the function that is returned is called; `told(guesses)` gets the
 * classes of the first ones, of more and more of them.
 */
export function judging({ graph, weights }, live, told, signal) {
  let port = null;
  let turn = 0;
  const ask = () => port?.postMessage({ do: "judge", turn, changes: live.changes() });
  startSession({ serve, source }).then((session) => {
    if (signal.aborted) return session.end();
    signal.addEventListener("abort", session.end);
    ({ port } = session);
    port.onmessage = ({ data }) => data.turn === turn && told(data.guesses);
    port.postMessage({ do: "open", graph, weights: weights.slice(), pictures: live.heldOut() });
    if (turn) ask();
  });
  return function again() {
    turn++;
    ask();
  };
}
