// What a view's trait `network` refers to: a trained network with its held-out pictures.

import { bytesOf, modelOf, unpacked } from "../draw/pictures.js";

/** { graph, weights, names, pictures, labels, low, high }; pictures are bytes, of which 0 stands for `low` and 255 for `high`. */
export async function given(model) {
  const network = await modelOf(model.widget_manager, model.get("network"));
  const heldOut = await modelOf(model.widget_manager, network.get("pictures"));
  const [graph, names] = ["graph", "names"].map((name) => network.get(name));
  const [labels, low, high] = ["labels", "low", "high"].map((name) => heldOut.get(name));
  const pixels = bytesOf(heldOut.get("pixels"));
  return { graph, names, labels, low, high, weights: bytesOf(network.get("weights")), pictures: heldOut.get("packed") ? unpacked(pixels) : pixels };
}
