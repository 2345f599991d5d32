import { element } from "../js/draw/element.js";
import { plural, short } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [CELL, TOP] = [34, 26];
const LEFTS = { "bright dot": 4, "dark dot": 204, "both dots": 404 };
const LEAST = 1e-9; // what sums of ninths miss 0 by is less

/** The 3x3 sums of a map of zeros that holds `values` in its middle, two rows and columns more. */
function filtered(kernel, values) {
  const side = values.length + 2;
  const sums = Array.from({ length: side }, () => Array(side).fill(0));
  values.forEach((line, r) => line.forEach((value, c) => kernel.forEach((weights, u) => weights.forEach((weight, v) => (sums[r + 2 - u][c + 2 - v] += weight * value)))));
  return sums;
}

const relu = (values) => values.map((line) => line.map((value) => (value > LEAST ? value : 0)));

const grid = (name, values, limit) => [
  element("text", { class: "cnn-axis", x: LEFTS[name], y: 15 }, name),
  ...values.flatMap((line, i) => line.flatMap((value, j) => {
    const place = { x: LEFTS[name] + j * CELL, y: TOP + i * CELL, width: CELL - 2, height: CELL - 2, rx: 3 };
    return [
      element("rect", { class: "cnn-cell", ...place }),
      element("rect", { class: "cnn-excites", "fill-opacity": (0.6 * value) / limit, ...place }),
      element("text", { class: "cnn-axis cnn-value", x: place.x + CELL / 2 - 1, y: place.y + CELL / 2, dy: "0.33em", "text-anchor": "middle" }, short(value)),
    ];
  })),
];

const cycled = (names, name, by) => names[(names.indexOf(name) + by + names.length) % names.length];

export default figure({
  size: [578, 200],
  label: "Layers: left and right arrow keys change the first kernel, up and down the second",
  step: ({ first, second, weights }, [down, right]) => ({ first: cycled(Object.keys(weights), first, right), second: cycled(Object.keys(weights), second, down) }),
  draw({ first, second, relu: between, weights }) {
    const answers = (dot) => {
      const sums = filtered(weights[first], [[dot]]);
      return relu(filtered(weights[second], between ? relu(sums) : sums));
    };
    const [bright, dark] = [answers(1), answers(-1)];
    const both = bright.map((line, i) => line.map((value, j) => Math.min(value, dark[i][j])));
    const limit = Math.max(...[bright, dark].flat(2));
    const places = both.flat().filter((value) => value > 0).length;
    return {
      parts: [...grid("bright dot", bright, limit), ...grid("dark dot", dark, limit), ...grid("both dots", both, limit)],
      words:
        `${places ? plural(places, "place") : "No place"} ${places > 1 ? "answer" : "answers"} to both dots` +
        (between ? (places ? ": no 5×5 kernel with a ReLU behind does so." : ".") : ": this is one 5×5 kernel with a ReLU behind."),
    };
  },
});
