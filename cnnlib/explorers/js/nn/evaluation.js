// How a network does on pictures that it does not learn from, and how its layers do.

import { batch } from "./network.js";
import { layPictures } from "./trainer.js";
import { crossEntropy } from "./training.js";

const CHUNK = 20; // pictures that are looked at at once

/** What layers give for pictures, batch after batch: for each the mean size of a value, and the
    share of its channels that are 0 for all pictures. */
function watched(layers) {
  const seen = layers.map(({ name, shape }) => ({ name, channels: shape.at(-1), sum: 0, count: 0, alive: new Set() }));
  return {
    look({ values }) {
      for (const one of seen) {
        const { data } = values[one.name];
        one.count += data.length;
        for (let i = 0; i < data.length; i++) {
          one.sum += Math.abs(data[i]);
          if (data[i] !== 0) one.alive.add(i % one.channels);
        }
      }
    },
    found: () => Object.fromEntries(seen.map(({ name, channels, sum, count, alive }) => [name, { size: sum / count, dead: 1 - alive.size / channels }])),
  };
}

/** A function that judges a network on `tests`, { pictures, classes, scale }, as it is now: a generator that gives way
    after each piece of work and returns { loss, accuracy, layers }. */
export function evaluator(net, tests) {
  const all = Array.from(tests.classes, (_, i) => i);
  const runs = new Map(); // by their number of pictures
  return function* () {
    const layers = watched(net.layers);
    let [loss, accuracy] = [0, 0];
    for (let from = 0; from < all.length; from += CHUNK) {
      const numbers = all.slice(from, from + CHUNK);
      const share = numbers.length / all.length;
      if (!runs.has(numbers.length)) runs.set(numbers.length, batch(net, numbers.length));
      const run = runs.get(numbers.length);
      layPictures(run, tests, numbers);
      run.forward();
      const found = crossEntropy(run, numbers.map((number) => tests.classes[number]));
      loss += found.loss * share;
      accuracy += found.accuracy * share;
      layers.look(run);
      yield;
    }
    return { loss, accuracy, layers: layers.found() };
  };
}
