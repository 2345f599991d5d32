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

/** A network as Python describes it, its layers as objects. */
const described = ({ layers, ...rest }) => ({ ...rest, layers: layers.map(([name, params, cells]) => ({ name, params, cells })) });

/** A stack whose first layer takes twice the stride is that of a smaller picture. */
function widerStride({ height, width, ...rest }) {
  const [rows, columns] = [height, width].map((n) => Math.ceil(n / (2 * rest.stride)) * rest.stride);
  return { ...stackOf({ ...rest, height: rows, width: columns }), input: height * width * 3 };
}

/** The network of the settings, a stack or one of `models`, with the remedies that change it. */
export function networkOf(settings, models) {
  const { model, more_stride, fewer_layers } = settings;
  const own = model === "stack";
  const plain = own ? (more_stride ? widerStride : stackOf)(settings) : described(models[model]);
  const share = more_stride && !own ? 1 / 4 : 1; // of the positions
  const kept = fewer_layers ? plain.layers.slice(0, Math.ceil((plain.layers.length * 2) / 3)) : plain.layers;
  return { ...plain, live: plain.live && plain.live * share, layers: kept.map((layer) => ({ ...layer, cells: layer.cells * share })) };
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
