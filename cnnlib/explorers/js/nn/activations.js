// Activations in place, and the way back through them from their results alone.

const SCALE = 1.7159; // LeCun, Bottou, Bengio & Haffner 1998, appendix A

// What becomes of x, and the slope there, told from the result y.
const POINTWISE = {
  relu6: [(x) => Math.min(Math.max(x, 0), 6), (y) => (y > 0 && y < 6 ? 1 : 0)],
  leaky_relu: [(x) => (x > 0 ? x : 0.2 * x), (y) => (y > 0 ? 1 : 0.2)],
  elu: [(x) => (x > 0 ? x : Math.expm1(x)), (y) => (y > 0 ? 1 : y + 1)],
  sigmoid: [(x) => 1 / (1 + Math.exp(-x)), (y) => y * (1 - y)],
  tanh: [Math.tanh, (y) => 1 - y * y],
  scaled_tanh: [(x) => SCALE * Math.tanh((2 / 3) * x), (y) => (2 / 3) * (SCALE - (y * y) / SCALE)],
};

/** Apply an activation, by Keras's name or "deconvnet" for a ReLU on the way back of Zeiler and Fergus, to values whose last axis has `channels`. */
export function applyActivation(name, y, channels) {
  if (name === "relu" || name === "deconvnet") rectify(y);
  else if (name === "softmax") softmax(y, channels);
  else if (name !== "linear") {
    const [value] = POINTWISE[name];
    for (let i = 0; i < y.length; i++) y[i] = value(y[i]);
  }
}

/** Turn the gradient with respect to the results `y` into that with respect to what came in. */
export function backThroughActivation(name, y, gradient, channels) {
  if (name === "relu") {
    for (let i = 0; i < y.length; i++) if (y[i] <= 0) gradient[i] = 0;
  } else if (name === "deconvnet") rectify(gradient);
  else if (name === "softmax") unsoftmax(y, gradient, channels);
  else if (name !== "linear") {
    const [, slope] = POINTWISE[name];
    for (let i = 0; i < y.length; i++) gradient[i] *= slope(y[i]);
  }
}

function rectify(y) {
  for (let i = 0; i < y.length; i++) if (y[i] < 0) y[i] = 0;
}

/** Softmax along the last axis, in place. */
export function softmax(y, channels) {
  for (let from = 0; from < y.length; from += channels) {
    let largest = -Infinity;
    for (let i = from; i < from + channels; i++) largest = Math.max(largest, y[i]);
    let total = 0;
    for (let i = from; i < from + channels; i++) total += y[i] = Math.exp(y[i] - largest);
    for (let i = from; i < from + channels; i++) y[i] /= total;
  }
}

function unsoftmax(y, gradient, channels) {
  for (let from = 0; from < y.length; from += channels) {
    let mean = 0;
    for (let i = from; i < from + channels; i++) mean += y[i] * gradient[i];
    for (let i = from; i < from + channels; i++) gradient[i] = y[i] * (gradient[i] - mean);
  }
}
