import { element } from "../js/draw/element.js";
import { short, signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [SIDE, CELL, GAP, TOP] = [8, 20, 30, 26];
const GRID = SIDE * CELL;

/** Cells under a title, in signed colours, or in ink where they are a picture. */
function grid(at, title, values, limit, ink) {
  const left = 2 + at * (GRID + GAP);
  return [
    element("text", { class: "cnn-axis", x: left, y: 15 }, title),
    element("rect", { class: "cnn-cell cnn-zero", x: left, y: TOP, width: GRID, height: GRID }),
    ...values.flatMap((row, i) => row.map((value, j) =>
      element("rect", {
        class: ink ? "cnn-pen" : value < 0 ? "cnn-inhibits" : "cnn-excites", "fill-opacity": short(Math.abs(value) / limit),
        x: left + j * CELL, y: TOP + i * CELL, width: CELL - 1, height: CELL - 1,
      }))),
  ];
}
const sum = (values) => values.flat().reduce((a, b) => a + b, 0);
const sign = (at, mark) => element("text", { class: "cnn-axis", x: 2 + at * (GRID + GAP) - GAP / 2, y: TOP + GRID / 2, dy: "0.35em", "text-anchor": "middle" }, mark);

export default figure({
  size: [3 * GRID + 2 * GAP + 4, TOP + GRID + 4],
  label: "Digits: left and right arrow keys change the picture, up and down the class asked about",
  step: ({ picture, digit }, [down, right]) => ({ picture: picture + right, digit: digit - down }),
  draw({ picture, digit, pictures, weights }) {
    const products = weights.map((own) => own.map((row, i) => row.map((weight, j) => weight * pictures[picture][i][j])));
    const scores = products.map(sum);
    const best = scores.indexOf(Math.max(...scores));
    const most = Math.max(...weights[digit].flat().map(Math.abs));
    return {
      parts: [
        ...grid(0, "picture", pictures[picture], 1, true),
        sign(1, "×"),
        ...grid(1, "gradient", weights[digit], most),
        sign(2, "="),
        ...grid(2, `sums to ${signed(scores[digit].toFixed(2))}`, products[digit], most),
      ],
      words: `Digit ${picture}, asked about ${digit}: a score of ${signed(scores[digit].toFixed(2))}. The highest score is that of ${best}, ${signed(scores[best].toFixed(2))}.`,
    };
  },
});
