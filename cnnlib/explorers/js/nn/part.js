// The lower layers of a network, to go uphill from: what is wished of the last of them comes back to the picture.

import { batch } from "./network.js";

/**
 * The layers of a network up to one, on square pictures of `side` pixels, whose layers shrink with them; the first of
 * them is a Rescaling. Where it is `linear` the last has no activation; with `deconvnet`, ReLUs let pass on the way back
 * what is positive, whether they were on or not. Returns { output, forward(picture), slope(wish) }:
 * `slope` fills the gradient of the last layer's results by `wish(values, gradient)` and returns that of the picture,
 * but for a constant factor.
 */
export function part(net, last, { side, linear = false, deconvnet = false }) {
  const end = net.layers.findIndex(({ name }) => name === last);
  const share = side / net.layers[0].shape[0];
  const activation = (layer) => {
    if (linear && layer.name === last) return { activation: "linear" };
    return deconvnet && layer.config.activation === "relu" ? { activation: "deconvnet" } : {};
  };
  const layers = net.layers.slice(0, end + 1).map((layer) => ({
    ...layer,
    config: { ...layer.config, ...activation(layer) },
    shape: layer.shape.map((length, axis) => (layer.shape.length === 3 && axis < 2 ? length * share : length)),
  }));
  const run = batch({ layers }, 1, { gradients: true });
  const { output } = run;
  return {
    output,
    forward(picture) {
      run.input.data.set(picture);
      return run.forward();
    },
    slope(wish) {
      output.grad.fill(0);
      wish(output.data, output.grad);
      run.backward(false);
      return run.values[layers[1].name].grad;
    },
  };
}

/** The picture a step uphill: a value moves by `rate` on average, loses the share `decay` of its way from grey and stays between 0 and 255. */
export function uphill(picture, slope, { rate, decay = 0 }) {
  const mean = slope.reduce((sum, value) => sum + Math.abs(value), 0) / slope.length || 1;
  const grey = 127.5;
  return picture.map((value, i) => Math.max(0, Math.min(255, grey + (1 - decay) * (value - grey) + (255 * rate * slope[i]) / mean)));
}
