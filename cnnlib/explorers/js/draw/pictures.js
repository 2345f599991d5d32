// The grey pictures that explorers of a page share.

const bytes = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

/** Bytes as a tensor of values from 0 to 1. */
export function picture(pixels, height, width) {
  return { data: Float32Array.from(bytes(pixels), (value) => value / 255), shape: [height, width, 1] };
}

/** The pictures of a model's trait `pictures`, as tensors. */
export async function loadPictures(model) {
  const widgets = await Promise.all(
    model.get("pictures").map((id) => model.widget_manager.get_model(id.replace("IPY_MODEL_", ""))),
  );
  return widgets.map((one) => picture(one.get("pixels"), one.get("height"), one.get("width")));
}
