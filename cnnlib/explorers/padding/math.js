// Windows along one axis: which cells each output reads, and which nobody does.

import { outputSize, padAmounts, span } from "../js/math/ops.js";

/**
 * What there is to know about an axis with n cells; explicit padding puts `zeros` on both sides. Shown are
 * the cells `from` .. `to`, the end excluded: room for the zeros of every rule, so that a picture stays where
 * it is when the rule changes.
 */
export function axisOf(n, { kernel, stride, padding, zeros, dilation }) {
  const rule = padding === "explicit" ? zeros : padding;
  const [before, after] = padAmounts(n, kernel, stride, rule, dilation);
  const outputs = outputSize(n, kernel, stride, rule, dilation);
  const reach = span(kernel, dilation);
  const taps = (output) => Array.from({ length: kernel }, (_, u) => output * stride + u * dilation - before);
  const read = new Set(Array.from({ length: outputs }, (_, output) => taps(output)).flat());
  const cells = Array.from({ length: before + n + after }, (_, i) => i - before);
  const unread = cells.filter((cell) => !read.has(cell)); // zeros, too
  const ignored = unread.filter((cell) => cell >= 0 && cell < n);
  const room = padAmounts(n, kernel, stride, "same", dilation).map((amount) => Math.max(amount, zeros));
  const to = Math.max(n + room[1], outputs ? 0 : reach - before); // a window too large sticks out
  return { n, before, after, cells, outputs, taps, unread, ignored, reach, from: -room[0], to };
}

/** The formula of the output size with its numbers. */
export function formula({ n, before, after, outputs, reach }, { padding, stride }) {
  if (padding === "same") return `⌈${n} / ${stride}⌉ = ${outputs}`;
  const zeros = before + after ? ` + ${before + after}` : "";
  return `⌊(${n}${zeros} − ${reach}) / ${stride}⌋ + 1 = ${outputs}`;
}
