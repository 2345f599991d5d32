// Where the windows of convolutions and poolings lie: tables of places for `product`.
// A batch is one Float32Array, picture after picture, each [height, width, channels].

import { padAmounts, span } from "../math/ops.js";

/** The whole numbers first, first + step ... */
export function steps(count, step = 1, first = 0) {
  const places = new Int32Array(count);
  for (let i = 0; i < count; i++) places[i] = first + i * step;
  return places;
}

/** Windows that move over `n` pictures of a shape with zeros (or `filling`) around them; `padding` is
    "valid", "same" or [before, after] along each axis, as `around` tells it. `rows` holds where each window begins in the padded batch, `cells` where each of a window's
    pixels lies from there; `pad` lays pictures out so, `crop` adds what lies inside to pictures. */
export function windows(n, [height, width, channels], { size, strides, padding, dilation = [1, 1] }, filling = 0) {
  const around = [0, 1].map((axis) =>
    typeof padding === "string" ? padAmounts([height, width][axis], size[axis], strides[axis], padding, dilation[axis]) : padding[axis],
  );
  const along = [height, width].map((inner, axis) => {
    const length = inner + around[axis][0] + around[axis][1];
    return { length, outputs: Math.floor((length - span(size[axis], dilation[axis])) / strides[axis]) + 1 };
  });
  const [down, across] = along;
  const line = across.length * channels;
  const picture = down.length * line;
  const untouched = picture === height * width * channels;

  const rows = new Int32Array(n * down.outputs * across.outputs);
  for (let b = 0, i = 0; b < n; b++)
    for (let u = 0; u < down.outputs; u++)
      for (let v = 0; v < across.outputs; v++) rows[i++] = b * picture + u * strides[0] * line + v * strides[1] * channels;
  const cells = new Int32Array(size[0] * size[1]);
  for (let u = 0, i = 0; u < size[0]; u++)
    for (let v = 0; v < size[1]; v++) cells[i++] = u * dilation[0] * line + v * dilation[1] * channels;

  /** Calls visit(place in the batch, place in the padded batch) for each line of each picture. */
  function lines(visit) {
    for (let b = 0, from = 0; b < n; b++)
      for (let i = 0; i < height; i++, from += width * channels)
        visit(from, b * picture + (i + around[0][0]) * line + around[1][0] * channels);
  }
  return {
    rows,
    cells,
    around,
    untouched,
    space: () => new Float32Array(n * picture).fill(filling),
    pad: (from, to) => lines((a, b) => copy(from, a, to, b, width * channels)),
    crop: (from, to) => lines((a, b) => add(from, b, to, a, width * channels)),
  };
}

/** Where each value of a window lies, when all of `count` channels are read. */
export function values(cells, count) {
  return Int32Array.from({ length: cells.length * count }, (_, i) => cells[Math.floor(i / count)] + (i % count));
}

function copy(from, a, to, b, count) {
  for (let i = 0; i < count; i++) to[b + i] = from[a + i];
}

function add(from, a, to, b, count) {
  for (let i = 0; i < count; i++) to[b + i] += from[a + i];
}
