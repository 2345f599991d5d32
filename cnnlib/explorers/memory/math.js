// What a stack of layers keeps in memory, as arithmetic: the chapter's ledger.

const FLOAT = 4; // bytes

/** Layers of a stack of same-padded convolutions: { name, params, cells } with cells per picture. */
export function stackOf({ height, width, layers, maps, kernel, stride }) {
  const found = [];
  let [rows, columns, channels] = [height, width, 3];
  for (let index = 0; index < layers; index++) {
    const own = maps * 2 ** index;
    [rows, columns] = [rows, columns].map((n) => Math.ceil(n / stride));
    found.push({
      name: `conv${index + 1}`,
      params: (kernel * kernel * channels + 1) * own,
      cells: rows * columns * own,
    });
    channels = own;
  }
  return { input: height * width * 3, layers: found };
}

/** The model with the remedies that change it: a quarter of the positions, a third fewer layers. */
export function remedied({ input, layers, live }, { fewerLayers, stride }) {
  const kept = fewerLayers ? layers.slice(0, Math.ceil((layers.length * 2) / 3)) : layers;
  const share = stride ? 1 / 4 : 1;
  return { input, live: live && live * share, layers: kept.map((layer) => ({ ...layer, cells: layer.cells * share })) };
}

/** Most cells that two consecutive results have together, the input counting as the first. */
export function consecutive({ input, layers, live }) {
  if (live) return live;
  const cells = [input, ...layers.map((layer) => layer.cells)];
  return Math.max(...cells.slice(1).map((own, at) => own + cells[at]));
}

/**
 * Bytes on each device. `slots` numbers per weight belong to the optimizer; half precision stores
 * what layers compute in 2 bytes and keeps the weights in 4; devices share the batch.
 */
export function ledger(model, { batch, slots, half, devices }) {
  const share = Math.ceil(batch / devices);
  const cell = half ? FLOAT / 2 : FLOAT;
  const params = model.layers.reduce((sum, layer) => sum + layer.params, 0);
  const kept = model.input + model.layers.reduce((sum, layer) => sum + layer.cells, 0);
  const weights = FLOAT * params;
  const found = {
    share,
    weights,
    gradients: weights,
    slots: slots * weights,
    activations: share * cell * kept,
    predict: weights + share * cell * consecutive(model),
  };
  return { ...found, fixed: weights * (2 + slots), perPicture: cell * kept, train: weights * (2 + slots) + found.activations };
}

/** The largest batch on all devices together that a step of training finds room for. */
export function largestBatch({ fixed, perPicture }, device, devices) {
  return devices * Math.max(0, Math.floor((device - fixed) / perPicture));
}

/** Bytes held after each step: forward through the layers, then back. */
export function timeline(model, { share, fixed }, half) {
  const cell = half ? FLOAT / 2 : FLOAT;
  let held = share * cell * model.input;
  const forward = model.layers.map((layer) => fixed + (held += share * cell * layer.cells));
  return [...forward, ...forward.slice(0, -1).reverse(), fixed];
}
