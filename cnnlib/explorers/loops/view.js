import { element } from "../js/draw/element.js";
import { plural, signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [CELL, TOP] = [26, 46];
const SIZES = { i: 3, j: 3, m: 2, u: 2, v: 2, c: 2 };

/** What the loops' counters are at a multiply-add, counted from 0; the innermost loop turns fastest. */
function counters(number) {
  const at = {};
  for (const [name, size] of Object.entries(SIZES).reverse()) {
    at[name] = number % size;
    number = Math.floor(number / size);
  }
  return at;
}

/** A grid of numbers under a name; `lit` says which cells are lit, `wide` is how wide they are. */
function grid(left, top, name, rows, lit, wide = CELL) {
  return [
    element("text", { class: "cnn-tick", x: left, y: top - 6 }, name),
    ...rows.flatMap((row, y) => row.flatMap((value, x) => [
      element("rect", { class: lit(y, x) ? "cnn-cell cnn-lit" : "cnn-cell", x: left + x * wide + 1, y: top + y * CELL + 1, width: wide - 2, height: CELL - 2, rx: 3 }),
      element("text", { class: "cnn-label", x: left + (x + 0.5) * wide, y: top + (y + 0.5) * CELL, dy: "0.35em" }, value === null ? "" : signed(value)),
    ])),
  ];
}

export default figure({
  size: [640, 160],
  label: "Loops: left and right arrow keys do or undo a multiply-add, up and down eight, a whole neuron",
  step: ({ done }, [down, right]) => ({ done: done + right + 8 * down }),
  draw({ done, image, kernels }) {
    const { i, j, m, u, v, c } = counters(done - 1);
    const maps = Array.from({ length: 3 }, () => Array.from({ length: 3 }, () => [null, null]));
    for (let n = 0; n < done; n++) {
      const at = counters(n);
      maps[at.i][at.j][at.m] += image[at.i + at.u][at.j + at.v][at.c] * kernels[at.u][at.v][at.c][at.m];
    }
    const channel = (cells, number) => cells.map((row) => row.map((cell) => cell[number]));
    const weights = (k, number) => kernels.map((row) => row.map((cell) => cell[number][k]));
    const [pixel, weight] = [image[i + u][j + v][c], kernels[u][v][c][m]];
    return {
      title: Object.entries({ i, j, m, u, v, c }).map(([name, value]) => `${name} = ${value}`).join(", "),
      parts: [
        ...[0, 1].flatMap((n) => grid(2 + n * 118, TOP, `channel ${n}`, channel(image, n), (y, x) => n === c && y === i + u && x === j + v)),
        ...[0, 1].flatMap((k) => [0, 1].flatMap((n) => grid(262 + n * 66, 20 + k * 78, n ? "" : `kernel ${k}`, weights(k, n), (y, x) => n === c && k === m && y === u && x === v))),
        ...[0, 1].flatMap((k) => grid(406 + k * 120, TOP, `map ${k}`, channel(maps, k), (y, x) => k === m && y === i && x === j, 38)),
      ],
      words: `${plural(done, "multiply-add")} of 144: ${pixel} · ${signed(weight)} goes into map ${m}, row ${i}, column ${j}, which holds ${signed(maps[i][j][m])}.`,
    };
  },
});
