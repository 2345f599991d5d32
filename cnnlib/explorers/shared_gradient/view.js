import { element } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [CELL, LEFT, TOP, BASE, UNIT] = [36, 70, 8, 160, 24];

const two = (value) => signed(Number(value.toFixed(2)));
const colour = (value) => (value < 0 ? "cnn-inhibits" : "cnn-excites");

export default figure({
  size: [620, 240],
  label: "Places: left and right arrow keys go from place to place, up and down change the weight",
  step: ({ place, weight }, [down, right]) => ({ place: place + right, weight: Math.round(10 * weight - down) / 10 }),
  draw({ weight, place, row }) {
    const answers = row.slice(2).map((_, i) => -0.5 * row[i] + weight * row[i + 1] - 0.5 * row[i + 2]);
    const parts = answers.map((answer, i) => answer * row[i + 1]);
    const sum = parts.reduce((total, part) => total + part, 0);
    const bar = (x, value, className) => element("rect", { class: className, x, y: BASE - Math.max(0, value) * UNIT, width: CELL - 8, height: Math.abs(value) * UNIT });
    return {
      title: `Gradient of the middle weight: ${two(sum)}, the sum of ten parts`,
      parts: [
        element("text", { class: "cnn-axis", x: LEFT - 8, y: TOP + 22, "text-anchor": "end" }, "pixels"),
        element("text", { class: "cnn-axis", x: LEFT - 8, y: BASE + 4, "text-anchor": "end" }, "parts"),
        ...row.flatMap((value, i) => [
          element("rect", { class: i >= place && i < place + 3 ? "cnn-cell cnn-lit" : "cnn-cell", x: LEFT + i * CELL, y: TOP, width: CELL - 2, height: CELL - 2 }),
          element("text", { class: "cnn-label", x: LEFT + (i + 0.5) * CELL - 1, y: TOP + 22 }, two(value)),
        ]),
        element("line", { class: "cnn-grid", x1: LEFT, x2: 600, y1: BASE, y2: BASE }),
        ...parts.map((part, i) => bar(LEFT + (i + 1) * CELL + 3, part, `${colour(part)}${i === place ? " cnn-chosen-part" : ""}`)),
        bar(LEFT + 13 * CELL + 10, sum, colour(sum)),
        element("text", { class: "cnn-axis", x: LEFT + 13 * CELL + 24, y: 232, "text-anchor": "middle" }, "sum"),
      ],
      words: `Place ${place}: answer ${two(answers[place])} times pixel ${two(row[place + 1])} is ${two(parts[place])}. All ten parts together: ${two(sum)}.`,
    };
  },
});
