// Random numbers that repeat: a hash of 0, 1, 2 ..., which NumPy computes as quickly as JavaScript.

/** C. Wellons, "Prospecting for Hash Functions", 2018: lowbias32. */
function hash(x) {
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** A function that gives numbers from 0 to below 1, the same for the same whole number `seed`. */
export function stream(seed) {
  const start = hash(seed + 0x9e3779b9);
  let i = 0;
  return () => hash(start + i++) / 2 ** 32;
}

/** The numbers from 0 to count - 1 in random order. */
export function shuffled(count, random) {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
