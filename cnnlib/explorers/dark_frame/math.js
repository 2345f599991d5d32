// A mean filter near the edges of a picture.

import { conv2d } from "../js/math/ops.js";

/** The picture with its own pixels, mirrored at its edges, around it. */
function mirrored({ data, shape: [height, width] }, before, after) {
  const inside = (at, n) => (at < 0 ? -1 - at : at >= n ? 2 * n - 1 - at : at);
  const [rows, columns] = [height, width].map((n) => Array.from({ length: before + n + after }, (_, i) => inside(i - before, n)));
  return { data: Float32Array.from(rows.flatMap((i) => columns.map((j) => data[i * width + j]))), shape: [rows.length, columns.length, 1] };
}

/** The mean over windows of size x size pixels, by what stands outside the picture: "zeros", "nothing", "mirror". */
export function blurred(picture, size, outside) {
  const mean = { data: new Float32Array(size ** 2).fill(1 / size ** 2), shape: [size, size, 1, 1] };
  const framed = outside === "mirror" ? mirrored(picture, Math.floor((size - 1) / 2), Math.floor(size / 2)) : picture;
  return conv2d(framed, mean, { padding: outside === "zeros" ? "same" : "valid" });
}
