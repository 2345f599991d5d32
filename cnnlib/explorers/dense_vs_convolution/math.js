// The costs of a dense and of a convolutional layer on the same picture.

const FLOAT = 4; // bytes

/** A dense layer of `units` on a flattened picture, and a convolution of stride 1, same padding. */
export function costs({ side, channels, units, kernel, maps }) {
  const inputs = side * side * channels;
  const window = kernel * kernel * channels;
  const outputs = side * side * maps;
  return {
    inputs,
    dense: { connections: inputs * units, weights: inputs * units, bytes: FLOAT * (inputs * units + units), outputs: units },
    convolution: { connections: outputs * window, weights: window * maps, bytes: FLOAT * (window * maps + maps), outputs },
  };
}
