// The network of the settings, as a graph: see cnnlib.live.

import { count, crc32 } from "../js/nn/weights.js";

/** The graph of `layers`, all that there may be, in one chain. */
export function graphOf(layers, { inputs, norm, output, dropout }) {
  const absent = [norm ? "" : "norm", output === "relu" ? "" : "clipped"];
  const config = { scale: { scale: inputs === "scaled" ? 1 / 255 : 1, offset: 0 }, dropout: { rate: dropout } };
  const present = layers.filter(({ name }) => !absent.includes(name));
  const linked = present.map((layer, i) => ({ ...layer, config: config[layer.name] ?? layer.config, inputs: i ? [present[i - 1].name] : [] }));
  return { name: "learner", layers: linked };
}

/** The graph with weights of zeros, as a session opens it before they are drawn. */
export function blank(graph) {
  const numbers = graph.layers.flatMap(({ weights }) => weights).reduce((sum, { shape }) => sum + count(shape), 0);
  const weights = new Uint8Array(2 * numbers);
  return { graph: { ...graph, crc32: crc32(weights) }, weights };
}
