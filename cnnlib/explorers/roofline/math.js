// The roofline model: operations and bytes of a layer, and the least time that they take.

const FLOAT = 4; // bytes

/** What a layer computes and moves: stride 1, same padding, no bias, every number moved once. */
export function work({ kind, side, kernel, channels, maps, batch }) {
  const positions = batch * side * side;
  const out = kind === "convolution" ? maps : channels;
  const perMap = { convolution: kernel * kernel * channels, depthwise: kernel * kernel, relu: 0 }[kind];
  const flops = positions * out * (kind === "relu" ? 1 : 2 * perMap);
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
