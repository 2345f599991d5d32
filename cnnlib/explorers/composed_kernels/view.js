import { element } from "../js/draw/element.js";
import { short } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [CELL, TOP] = [34, 26];
const LEFTS = { bright: 4, dark: 204, sum: 404 };

/** The 3x3 sums of a map of zeros that holds `values` in its middle, two rows and columns more. */
function filtered(kernel, values) {
  const side = values.length + 2;
  const sums = Array.from({ length: side }, () => Array(side).fill(0));
  values.forEach((line, r) => line.forEach((value, c) => kernel.forEach((weights, u) => weights.forEach((weight, v) => (sums[r + 2 - u][c + 2 - v] += weight * value)))));
  return sums;
}

const name = { bright: "answers to a bright dot", dark: "answers to a dark dot", sum: "both added" };

const grid = (which, values, limit) => [
  element("text", { class: "cnn-axis", x: LEFTS[which], y: 15 }, name[which]),
  ...values.flatMap((line, i) => line.flatMap((value, j) => {
    const place = { x: LEFTS[which] + j * CELL, y: TOP + i * CELL, width: CELL - 2, height: CELL - 2, rx: 3 };
    return [
      element("rect", { class: "cnn-cell", ...place }),
      element("rect", { class: value < 0 ? "cnn-inhibits" : "cnn-excites", "fill-opacity": (0.6 * Math.abs(value)) / limit, ...place }),
      element("text", { class: "cnn-axis cnn-value", x: place.x + CELL / 2 - 1, y: place.y + CELL / 2, dy: "0.33em", "text-anchor": "middle" }, Math.abs(value) < 1e-9 ? "0" : short(value)),
    ];
  })),
];

const cycled = (names, name, by) => names[(names.indexOf(name) + by + names.length) % names.length];

export default figure({
  size: [580, 200],
  label: "Layers: left and right arrow keys change the first kernel, up and down the second",
  step: ({ first, second, weights }, [down, right]) => ({ first: cycled(Object.keys(weights), first, right), second: cycled(Object.keys(weights), second, down) }),
  draw({ first, second, relu, weights }) {
    const answers = (dot) => {
      const sums = filtered(weights[first], [[dot]]);
      return filtered(weights[second], relu ? sums.map((line) => line.map((sum) => Math.max(0, sum))) : sums);
    };
    const [bright, dark] = [answers(1), answers(-1)];
    const sum = bright.map((line, i) => line.map((value, j) => value + dark[i][j]));
    const limit = Math.max(...[bright, dark, sum].flat(2).map(Math.abs));
    const left = sum.flat().filter((value) => Math.abs(value) > 1e-9).length;
    return {
      parts: [...grid("bright", bright, limit), ...grid("dark", dark, limit), ...grid("sum", sum, limit)],
      words: left
        ? `${left} of 25 places do not cancel: no 5×5 kernel answers so.`
        : "All 25 places cancel: the two layers do what one 5×5 kernel does.",
    };
  },
});
