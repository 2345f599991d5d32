// The grey pictures that explorers of a page share.

/** The bytes of a trait, as a page and as Jupyter hand them over. */
export const bytesOf = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

/** The pixels of bytes that hold two each, of 16 shades, the first in the high bits. */
export function unpacked(bytes) {
  const pixels = new Uint8Array(2 * bytes.length);
  bytes.forEach((pair, i) => pixels.set([17 * (pair >> 4), 17 * (pair & 15)], 2 * i));
  return pixels;
}

/** Bytes as a tensor of values from 0 to 1; `shape` is [height, width, channels]. */
export const tensorOf = (pixels, shape) => ({ data: Float32Array.from(bytesOf(pixels), (value) => value / 255), shape });

const PATIENCE = 30_000; // in ms
const PAUSE = 200;

/** The model that a trait refers to. A page that joins a running kernel gets the older ones later than it runs a cell. */
export async function modelOf(manager, reference, since = Date.now()) {
  try {
    return await manager.get_model(reference.replace("IPY_MODEL_", ""));
  } catch (error) {
    if (Date.now() - since > PATIENCE) throw error;
    await new Promise((go) => setTimeout(go, PAUSE));
    return modelOf(manager, reference, since);
  }
}

/** The pictures of a model's trait `pictures` by their names, as tensors. */
export async function loadPictures(model) {
  const load = async ([name, id]) => {
    const one = await modelOf(model.widget_manager, id);
    return [name, tensorOf(one.get("pixels"), [one.get("height"), one.get("width"), 1])];
  };
  return Object.fromEntries(await Promise.all(Object.entries(model.get("pictures")).map(load)));
}
