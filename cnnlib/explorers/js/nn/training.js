// The loss and the optimizers, with Keras's names and defaults.

const LEAST = 1.2e-38; // the smallest probability whose logarithm is taken

/** Compare a batch's outputs with the classes; leaves the gradient of the loss for `backward`.
    Softmax cross-entropy: the outputs are probabilities from a softmax, and the gradient with
    respect to what went into that is their difference to 0 and 1, over the number of pictures. */
export function crossEntropy({ output: { data, grad } }, classes) {
  const channels = data.length / classes.length;
  let loss = 0;
  let right = 0;
  classes.forEach((label, i) => {
    const row = data.subarray(i * channels, (i + 1) * channels);
    loss -= Math.log(Math.max(row[label], LEAST));
    if (row.reduce((best, value, c) => (value > row[best] ? c : best), 0) === label) right++;
    if (grad) for (let c = 0; c < channels; c++) grad[i * channels + c] = (row[c] - (c === label)) / classes.length;
  });
  return { loss: loss / classes.length, accuracy: right / classes.length };
}

/** Each optimizer is a function (weights, settings) -> step(); settings may change between steps. */
export const OPTIMIZERS = { sgd, adam };

/** Stochastic gradient descent, with momentum or in Nesterov's form. */
function sgd(weights, settings) {
  const moves = weights.map(({ data }) => new Float32Array(data.length));
  return () => {
    const { learning_rate: rate = 0.01, momentum = 0, nesterov = false } = settings;
    weights.forEach(({ data, grad }, k) => {
      for (let i = 0, move = moves[k]; i < data.length; i++) {
        move[i] = momentum * move[i] - rate * grad[i];
        data[i] += nesterov ? momentum * move[i] - rate * grad[i] : move[i];
      }
    });
  };
}

/** D. P. Kingma and J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015. */
function adam(weights, settings) {
  const means = weights.map(({ data }) => new Float32Array(data.length));
  const squares = weights.map(({ data }) => new Float32Array(data.length));
  let count = 0;
  return () => {
    const { learning_rate: rate = 0.001, beta_1: keep = 0.9, beta_2: hold = 0.999, epsilon = 1e-7 } = settings;
    count++;
    const alpha = (rate * Math.sqrt(1 - hold ** count)) / (1 - keep ** count);
    weights.forEach(({ data, grad }, k) => {
      for (let i = 0, mean = means[k], square = squares[k]; i < data.length; i++) {
        mean[i] += (grad[i] - mean[i]) * (1 - keep);
        square[i] += (grad[i] ** 2 - square[i]) * (1 - hold);
        data[i] -= (alpha * mean[i]) / (Math.sqrt(square[i]) + epsilon);
      }
    });
  };
}
