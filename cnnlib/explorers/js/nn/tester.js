// A network is tested on pictures that it does not learn from.

import { batch } from "./network.js";
import { layPictures } from "./trainer.js";
import { crossEntropy } from "./training.js";

const CHUNK = 20; // pictures that are tested at once
const KEPT = 2e7; // results of layers, in numbers, that are kept for the next test

/** What layers give for pictures, part by part: the mean size of a value, and the share of the
    channels that are 0 for all of them. */
function watch(layers) {
  const seen = layers.map(({ name }) => ({ name, sum: 0, count: 0, alive: new Set() }));
  return {
    look({ values }) {
      for (const one of seen) {
        const { data, shape } = values[one.name];
        const channels = shape.at(-1);
        one.count += data.length;
        for (let i = 0; i < data.length; i++) {
          one.sum += Math.abs(data[i]);
          if (data[i] !== 0) one.alive.add(i % channels);
        }
        one.channels = channels;
      }
    },
    found: () => Object.fromEntries(seen.map(({ name, sum, count, alive, channels }) => [name, { size: sum / count, dead: 1 - alive.size / channels }])),
  };
}

/** Tests a network on `tests`, { pictures, classes, scale }: a generator, which gives way after each piece of work and
    returns { loss, accuracy, predicted, layers }. It gets the names of the layers that are other than before: results
    of layers in front of them are kept, if there is room. */
export function tester(net, tests) {
  const numbers = Array.from(tests.classes, (_, i) => i);
  const chunks = Array.from({ length: Math.ceil(numbers.length / CHUNK) }, (_, i) => numbers.slice(i * CHUNK, (i + 1) * CHUNK));
  const sizes = net.layers.map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  const keeps = sizes.reduce((a, b) => a + b) * numbers.length <= KEPT;
  const [runs, shared] = [[], new Map()];
  const changed = new Set();

  /** A batch for a chunk and, where it holds the results of an earlier test, what changed since then. */
  function prepared(k, from) {
    const n = chunks[k].length;
    if (runs[k]) return [runs[k], from];
    if (!shared.has(n) || keeps) shared.set(n, batch(net, n));
    const run = shared.get(n);
    if (keeps) runs[k] = run;
    layPictures(run, tests, chunks[k]);
    return [run, undefined];
  }
  return function* (names) {
    names.forEach((name) => changed.add(name));
    const stale = [...changed];
    const predicted = new Uint8Array(numbers.length);
    const watched = watch(net.layers);
    let [loss, right] = [0, 0];
    for (let k = 0; k < chunks.length; k++) {
      const [run, from] = prepared(k, stale);
      run.forward({ from });
      const found = crossEntropy(run, chunks[k].map((number) => tests.classes[number]));
      loss += found.loss * run.n;
      right += found.accuracy * run.n;
      predicted.set(found.predicted, chunks[k][0]);
      watched.look(run);
      yield;
    }
    changed.clear();
    return { loss: loss / numbers.length, accuracy: Math.round(right) / numbers.length, predicted, layers: watched.found() };
  };
}
