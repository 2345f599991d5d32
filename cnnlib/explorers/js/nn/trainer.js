// A network learns, one batch at a time.

import { batch, trained } from "./network.js";
import { shuffled, stream } from "./random.js";
import { crossEntropy, OPTIMIZERS } from "./training.js";
import { initialize } from "./weights.js";

/** Lay pictures, values `scale` times those of `pictures`, into a batch, by their numbers. */
export function layPictures(run, { pictures, scale = 1 }, numbers) {
  const size = run.input.data.length / run.n;
  numbers.forEach((number, b) => {
    for (let i = 0; i < size; i++) run.input.data[b * size + i] = pictures[number * size + i] * scale;
  });
}

/** What a run's last forward and backward pass say about a layer: the mean size of its results and
    of their gradients, and the share of its channels that are 0 for the whole batch. */
function health({ data, grad, shape }) {
  const channels = shape.at(-1);
  const alive = new Set();
  let results = 0;
  let gradients = 0;
  for (let i = 0; i < data.length; i++) {
    results += Math.abs(data[i]) / data.length;
    gradients += Math.abs(grad[i]) / data.length;
    if (data[i]) alive.add(i % channels);
  }
  return { results, gradients, dead: 1 - alive.size / channels };
}

/** Begin to train a network from new weights on `data`, { pictures, classes, scale }.
    Returns { step, report }: step() takes the next batch of a random order of all pictures and
    returns its loss and accuracy; `settings` of the optimizer may change between steps. */
export function trainer(net, data, { size, seed, initializer, optimizer, settings }) {
  const random = stream(seed);
  initialize(net, initializer, random);
  const run = batch(net, size, { gradients: true, random });
  const move = OPTIMIZERS[optimizer](trained(net), settings);
  let order = [];
  let at = 0;
  return {
    step() {
      if (at + size > order.length) [order, at] = [shuffled(data.classes.length, random), 0];
      const numbers = order.subarray(at, (at += size));
      layPictures(run, data, numbers);
      run.forward({ training: true });
      const found = crossEntropy(run, [...numbers].map((number) => data.classes[number]));
      run.backward();
      move();
      return found;
    },
    report: () => Object.fromEntries(net.layers.slice(1).map(({ name }) => [name, health(run.values[name])])),
  };
}
