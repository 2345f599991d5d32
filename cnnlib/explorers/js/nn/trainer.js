// A network learns, one batch at a time.

import { batch, trained } from "./network.js";
import { shuffled, stream } from "./random.js";
import { crossEntropy, OPTIMIZERS } from "./training.js";
import { initialize } from "./weights.js";
import { steps } from "./windows.js";

const still = () => [0, 0];

/** Lay pictures, values `scale` times those of `pictures`, into a batch, by their numbers. `move()`
    tells for each by how many pixels [down, right] it is shifted; zeros follow. */
export function layPictures({ input: { data, shape } }, { pictures, scale = 1 }, numbers, move = still) {
  const [height, width, channels] = shape;
  const line = width * channels;
  const size = height * line;
  numbers.forEach((number, b) => {
    const [down, right] = move();
    for (let i = 0; i < size; i++) {
      const y = Math.floor(i / line) - down;
      const x = (i % line) - right * channels;
      const inside = y >= 0 && y < height && x >= 0 && x < line;
      data[b * size + i] = inside ? pictures[number * size + y * line + x] * scale : 0;
    }
  });
}

/** The length of the gradient with respect to a layer's weights. */
const steepness = ({ weights }) =>
  Math.sqrt(Object.values(weights).reduce((sum, { grad = [] }) => grad.reduce((total, one) => total + one * one, sum), 0));

/** Begin to train a network from new weights on `data`, { pictures, classes, scale }.
    Returns { step, gradients }: step() takes the next batch, in a new random order for each pass through the
    pictures or, where they are not `mixed`, in their own, and returns its loss and accuracy; `settings` of the
    optimizer may change between steps. `shift` is by how many pixels each picture may be shifted, anew each time.
    Weights, order, dropout and shifts have random numbers of their own: the streams 4 * seed, + 1, + 2, + 3. */
export function trainer(net, data, { size, seed, initializer, optimizer, settings, mixed = true, shift = 0 }) {
  const [start, order, dropped, moved] = [0, 1, 2, 3].map((k) => stream(4 * seed + k));
  initialize(net, initializer, start);
  const run = batch(net, size, { gradients: true, random: dropped });
  const update = OPTIMIZERS[optimizer](trained(net), settings);
  const count = data.classes.length;
  const amount = () => Math.floor(moved() * (2 * shift + 1)) - shift;
  const move = shift ? () => [amount(), amount()] : still;
  let queue = [];
  let at = 0;
  return {
    step() {
      if (at + size > queue.length) [queue, at] = [mixed ? shuffled(count, order) : steps(count), 0];
      const numbers = queue.subarray(at, (at += size));
      layPictures(run, data, numbers, move);
      run.forward({ training: true });
      const found = crossEntropy(run, [...numbers].map((number) => data.classes[number]));
      run.backward();
      update();
      return found;
    },
    gradients: () => Object.fromEntries(weighted(net).map((layer) => [layer.name, steepness(layer)])),
  };
}

/** The layers that have weights. */
export const weighted = (net) => net.layers.filter(({ weights }) => Object.keys(weights).length);
