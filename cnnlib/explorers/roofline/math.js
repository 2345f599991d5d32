// The roofline model: operations and bytes of a layer, and the least time that they take.

const FLOAT = 4; // bytes

/**
 * What a layer computes and moves: stride 1, same padding, no bias, every number moved once.
 * `kind` is 0 for a convolution, 1 for a depthwise one, 2 for a ReLU.
 */
export function work({ kind, side, kernel, channels, maps, batch }) {
  const positions = batch * side * side;
  const out = kind === 0 ? maps : channels;
  const perMap = [kernel * kernel * channels, kernel * kernel, 0][kind];
  const flops = positions * out * (kind === 2 ? 1 : 2 * perMap);
  const bytes = FLOAT * (positions * channels + perMap * out + positions * out);
  return { flops, bytes, intensity: flops / bytes };
}

/** Operations per second that a machine can reach at this many operations per byte. */
export function roof([, peak, bandwidth], intensity) {
  return Math.min(peak, bandwidth * intensity);
}

/** The least time in seconds, and whether arithmetic ("compute") or memory limits it. */
export function bound([, peak, bandwidth], { flops, bytes }) {
  const [compute, memory] = [flops / peak, bytes / bandwidth];
  return { seconds: Math.max(compute, memory), limit: compute >= memory ? "compute" : "memory", compute, memory };
}
