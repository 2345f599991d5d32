// Windows along one axis: which cells each output reads, and which nobody does.

import { outputSize, padAmounts, span } from "../js/math/ops.js";

/**
 * What there is to know about an axis with n cells; explicit padding puts `zeros` on both sides. Shown are
 * the cells `from` .. `to`, the end excluded: as long as windows fit, room for the zeros of every rule, so
 * that a picture stays where it is when the rule, the stride or n changes; else room for the window.
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
  const [first, last] = [Math.floor, Math.ceil].map((round) => Math.max(round((reach - 1) / 2), padding === "explicit" ? zeros : 0));
  const [from, to] = outputs ? [-first, n + last] : [-before, reach - before];
  return { n, before, after, cells, outputs, taps, unread, ignored, reach, from, to };
}

/** The formula of the output size with its numbers. */
export function formula({ n, before, after, outputs, reach }, { padding, stride }) {
  if (padding === "same") return `⌈${n} / ${stride}⌉ = ${outputs}`;
  const zeros = before + after ? ` + ${before + after}` : "";
  return `⌊(${n}${zeros} − ${reach}) / ${stride}⌋ + 1 = ${outputs}`;
}
