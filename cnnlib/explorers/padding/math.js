// Windows along one axis: which cells each output reads, and which nobody does.

import { outputSize, padAmounts, span } from "../js/math/ops.js";

/** What there is to know about an axis with n cells; explicit padding puts `zeros` on both sides. */
export function axisOf(n, { kernel, stride, padding, zeros, dilation }) {
  const rule = padding === "explicit" ? zeros : padding;
  const [before, after] = padAmounts(n, kernel, stride, rule, dilation);
  const outputs = outputSize(n, kernel, stride, rule, dilation);
  const taps = (output) => Array.from({ length: kernel }, (_, u) => output * stride + u * dilation - before);
  const read = new Set(Array.from({ length: outputs }, (_, output) => taps(output)).flat());
  const ignored = Array.from({ length: n }, (_, i) => i).filter((i) => !read.has(i));
  return { n, before, after, cells: before + n + after, outputs, taps, ignored, reach: span(kernel, dilation) };
}

/** The formula of the output size with its numbers. */
export function formula({ n, before, after, outputs, reach }, { padding, stride }) {
  if (padding === "same") return `⌈${n} / ${stride}⌉ = ${outputs}`;
  const zeros = before + after ? ` + ${before + after}` : "";
  return `⌊(${n}${zeros} − ${reach}) / ${stride}⌋ + 1 = ${outputs}`;
}
