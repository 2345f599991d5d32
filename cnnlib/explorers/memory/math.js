// What a step holds at each moment, as `cnnlib.analyze` counts it: a stack of convolutions from its
// layers, a network of the book from what Python has found for every batch.

const WORKING_SET = 30 * 2 ** 20; // bytes of unrolled windows that convolution gradients aim at
const sum = (values) => values.reduce((a, b) => a + b, 0);

/** Layers of a stack of same-padded convolutions, with the remedies that change it. */
export function stackOf({ height, width, layers, maps, kernel, stride, more_stride, fewer_layers }) {
  const found = [];
  let [rows, columns, channels] = [height, width, 3];
  for (let index = 0; index < (fewer_layers ? Math.ceil((2 * layers) / 3) : layers); index++) {
    const [own, step] = [maps * 2 ** index, more_stride && !index ? 2 * stride : stride];
    [rows, columns] = [rows, columns].map((n) => Math.ceil(n / step));
    found.push({ name: `conv${index + 1}`, window: kernel * kernel * channels, places: rows * columns, maps: own });
    channels = own;
  }
  return found;
}

/** What the two halves of a convolution's gradient borrow, in bytes: one picture's windows, and those of a working set. */
function unrolled({ window, places, maps }, batch, item) {
  const unit = places * window + places * maps + window * maps;
  const one = places * window * item;
  return [one, Math.min(batch, Math.ceil(WORKING_SET / item / unit)) * one + window * maps * item];
}

/** The moments of a step of a stack: { name, what, back, blocks, borrowed }, a block being { kind, name, bytes }; forward there is no `what`. */
export function stackMoments(layers, { batch, item, update, training }) {
  const [live, moments] = [new Map(), []];
  const take = (key, kind, name, bytes) => live.set(key, { kind, name, bytes });
  const drop = (...keys) => keys.forEach((key) => live.delete(key));
  const now = (name, what = "", borrowed = 0) => moments.push({ name, what, back: what !== "", borrowed, blocks: [...live.values()] });
  const outputs = layers.map(({ places, maps }) => batch * item * places * maps);
  const weights = layers.map(({ window, maps }) => window * maps);
  const mixed = item < 4;

  layers.forEach(({ maps }, l) => {
    if (mixed) take(`copy ${l}`, "gradients", "16-bit weights", item * weights[l]);
    if (training && update.early) take(`early ${l}`, "gradients", "updates", 4 * update.early * weights[l]);
    if (training && update.early) take(`early bias ${l}`, "gradients", "updates", 4 * update.early * maps);
  });
  layers.forEach(({ name }, l) => {
    take(`output ${l}`, "outputs", name, outputs[l]);
    now(name);
    if (!training || l === 0) drop(`copy ${l}`);
    if (!training) drop(`output ${l - 1}`);
  });
  if (!training) return moments;

  const takeGradient = (l) => take(`gradient ${l}`, "gradients", `of ${layers[l].name}'s output`, outputs[l]);
  /** The gradient of a weight of `count` numbers, in both precisions where they differ; `from` is read for the last time. */
  function gradient(key, l, of, count, { borrowed = 0, from = "" } = {}) {
    if (mixed) {
      take("narrow", "gradients", "of weights", item * count);
      now(layers[l].name, `gradient of the ${of} in 16 bits`);
      drop(from);
    }
    take(key, "gradients", "of weights", 4 * count);
    now(layers[l].name, `gradient of the ${of}`, borrowed);
    drop("narrow", from);
  }
  function change(key, early, l, of, count, copies) {
    now(layers[l].name, `update of the ${of}`, 4 * count * (update.temporaries + copies));
    drop(key, early);
  }
  const changeWeights = (l) => l in layers && change(`weights ${l}`, `early ${l}`, l, "weights", weights[l], l ? 1 : 0);
  /** The weights' gradient follows a layer behind, and their update one more. */
  function follow(l) {
    if (l in layers) {
      gradient(`weights ${l}`, l, "weights", weights[l], { borrowed: unrolled(layers[l], batch, item)[1], from: `gradient ${l}` });
      drop(`output ${l - 1}`);
    }
    changeWeights(l + 1);
  }

  const last = layers.length - 1;
  takeGradient(last);
  now("the loss", "gradient of the answer");
  for (let l = last; l >= 0; l--) {
    const { name, maps } = layers[l];
    gradient("bias", l, "biases", maps);
    change("bias", `early bias ${l}`, l, "biases", maps, 0);
    if (l) {
      takeGradient(l - 1);
      now(name, "gradient of its input", sum(unrolled(layers[l], batch, item)));
      drop(`copy ${l}`);
    }
    follow(l + 1);
  }
  follow(0);
  changeWeights(0);
  return moments;
}

/** Bytes at a moment beside weights, optimizer and pictures. */
const moving = ({ borrowed, blocks }) => borrowed + sum(blocks.map(({ bytes }) => bytes));
const worst = (moments) => Math.max(...moments.map(moving));

/** The moments of a network of the book at a batch, in the better of its orders. */
function recorded(parts, orders, batch) {
  const at = ([once, each]) => once + each * batch;
  const order = (moments) =>
    moments.map(([part, back, [once, each, most], outputs, gradients]) => ({
      name: parts[part],
      back: Boolean(back),
      borrowed: once + each * Math.min(batch, most),
      blocks: [
        ...outputs.map((sizes, p) => ({ kind: "outputs", name: parts[p], bytes: at(sizes) })),
        { kind: "gradients", name: "", bytes: sum(gradients.map(at)) },
      ].filter(({ bytes }) => bytes),
    }));
  return orders.map(order).reduce((best, other) => (worst(other) < worst(best) ? other : best));
}

/**
 * What a network holds on one device with `share` pictures: { weights, slots, pictures, moments, predict, train }.
 * `network` is one of the book, or undefined for the stack of the settings.
 */
export function held(settings, share, network, update) {
  const item = settings.half ? 2 : 4;
  const layers = network ? [] : stackOf(settings);
  const how = { batch: share, item, update };
  const stored = 4 * sum(layers.map(({ window, maps }) => (window + 1) * maps));
  const { weights, trained, picture, parts } = network ?? { weights: stored, trained: stored, picture: item * 3 * settings.height * settings.width };
  const [predicting, moments] = network
    ? [network.predict, network.train[settings.optimizer]].map((orders) => recorded(parts, orders, share))
    : [false, true].map((training) => stackMoments(layers, { ...how, training }));
  const [slots, pictures] = [update.slots * trained, share * picture];
  const standing = weights + pictures;
  return { weights, slots, pictures, moments, predict: standing + worst(predicting), train: standing + slots + worst(moments) };
}

/** The largest batch up to `most` that a step of training finds room for on one device. */
export function largestBatch(settings, device, most, network, update) {
  let [fits, tooLarge] = [0, most + 1];
  while (tooLarge - fits > 1) {
    const middle = Math.floor((fits + tooLarge) / 2);
    if (held(settings, middle, network, update).train <= device) fits = middle;
    else tooLarge = middle;
  }
  return fits;
}
