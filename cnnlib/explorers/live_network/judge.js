// The held-out pictures are named beside the page. After an edit only that is computed again which it
// changes: results of kernels, in which most of the work lies, are kept.
//
//   { do: "open", graph, weights, pictures }            pictures are values, one behind the other
//   { do: "judge", turn, changes: [{ name, weights: { kernel }, silent, cut }] }   -> { turn, guesses: of the first pictures }

import { batch, behind, chosen, network } from "../js/nn/network.js";
import { change, serve as listen } from "../js/nn/session.js";
import { count } from "../js/nn/weights.js";

const CHUNK = 10; // pictures that are named at once
const MOST = 3e7; // numbers that are kept

/** A function that names the pictures after changes in the layers of these names: a generator of { guesses } so far. */
function naming(net, pictures) {
  const size = count(net.layers[0].shape);
  const total = pictures.length / size;
  const costly = net.layers.filter(({ weights }) => weights.kernel ?? weights.depthwise_kernel);
  const room = costly.reduce((sum, { shape }) => sum + total * count(shape), 0) <= MOST;
  const kept = new Map(room ? costly.map(({ name, shape }) => [name, new Float32Array(total * count(shape))]) : []);
  const runs = new Map();
  const stale = new Set(net.layers.map(({ name }) => name)); // layers whose kept results are not theirs any more

  function run(n) {
    if (!runs.has(n)) runs.set(n, batch(net, n));
    return runs.get(n);
  }
  /** The layers that have to run: those before the output, back to kept results that still hold. */
  function due() {
    const names = new Set([net.layers.at(-1).name]);
    for (const { name, inputs } of [...net.layers].reverse()) {
      if (names.has(name)) inputs.filter((one) => stale.has(one) || !kept.has(one)).forEach((one) => names.add(one));
    }
    return names;
  }
  return function* (changed) {
    behind(net, changed).forEach((one) => stale.add(one));
    const names = due();
    const guesses = [];
    for (let from = 0; from < total; from += CHUNK) {
      const one = run(Math.min(CHUNK, total - from));
      const place = (layer) => [from * count(layer.shape), (from + one.n) * count(layer.shape)];
      one.input.data.set(pictures.subarray(from * size, (from + one.n) * size));
      for (const layer of costly) {
        if (!names.has(layer.name) && kept.has(layer.name)) one.values[layer.name].data.set(kept.get(layer.name).subarray(...place(layer)));
      }
      const output = one.forward({ only: names });
      for (const layer of costly) {
        if (names.has(layer.name)) kept.get(layer.name)?.set(one.values[layer.name].data, place(layer)[0]);
      }
      const classes = output.length / one.n;
      for (let i = 0; i < one.n; i++) {
        guesses.push(chosen(net, output.subarray(i * classes, (i + 1) * classes)));
      }
      yield { guesses };
    }
    names.forEach((one) => stale.delete(one));
  };
}

/** A function that answers a request: a generator, which gives way after each few pictures. */
export function judge() {
  let net, work;
  return function* answer({ do: what, graph, weights, pictures, changes, turn }) {
    if (what === "open") {
      net = network(graph, weights);
      work = naming(net, pictures);
      return;
    }
    changes.forEach((one) => change(net, one));
    for (const found of work(changes.map(({ name }) => name))) yield { turn, ...found };
  };
}

/** Answer what comes in at a port, in slices of so many milliseconds. */
export const serve = (port, slice) => listen(port, slice, judge());
