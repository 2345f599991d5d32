import { element } from "../js/draw/element.js";
import { short, three } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [SIDE, RATE, CELL, TOP] = [24, 5, 9, 24];

/** The mean of a kernel's squared answers to a picture, and its gradient. */
function pleasure(picture, kernel) {
  const size = kernel.length;
  const out = SIDE - size + 1;
  const gradient = picture.map((row) => row.map(() => 0));
  let sum = 0;
  for (let i = 0; i < out; i++) for (let j = 0; j < out; j++) {
    const answer = kernel.reduce((total, line, u) => total + line.reduce((part, weight, v) => part + weight * picture[i + u][j + v], 0), 0);
    sum += answer ** 2;
    kernel.forEach((line, u) => line.forEach((weight, v) => (gradient[i + u][j + v] += (2 * answer * weight) / out ** 2)));
  }
  return { mean: sum / out ** 2, gradient };
}

/** The picture after some steps. */
function climbed(picture, kernel, steps) {
  for (let n = 0; n < steps; n++) {
    const { gradient } = pleasure(picture, kernel);
    const higher = picture.map((row, i) => row.map((value, j) => value + RATE * gradient[i][j]));
    const length = Math.sqrt(higher.flat().reduce((sum, value) => sum + value ** 2, 0)) / SIDE;
    picture = higher.map((row) => row.map((value) => value / length));
  }
  return picture;
}

/** Cells in signed colours under a title. */
const grid = (left, name, values, cell, limit) => [
  element("text", { class: "cnn-axis", x: left, y: 14 }, name),
  ...values.flatMap((line, i) => line.flatMap((value, j) => {
    const at = { x: left + j * cell, y: TOP + i * cell, width: cell, height: cell };
    return [
      element("rect", { class: value < 0 ? "cnn-inhibits" : "cnn-excites", "fill-opacity": short(Math.abs(value) / limit), ...at }),
      ...(cell > 30 ? [element("text", { class: "cnn-label", x: at.x + cell / 2, y: at.y + cell / 2, dy: "0.35em" }, short(value, 1))] : []),
    ];
  })),
];

export default figure({
  size: [520, TOP + SIDE * CELL + 4],
  label: "Steps: left and right arrow keys go back and on",
  step: ({ step }, [down, right]) => ({ step: step + right - down }),
  draw({ kernel: name, step, weights, noise }) {
    const kernel = weights[name];
    const picture = climbed(noise, kernel, step);
    const { mean } = pleasure(picture, kernel);
    const most = (values) => Math.max(...values.flat().map(Math.abs));
    return {
      parts: [
        ...grid(2, "kernel", kernel, 108 / kernel.length, 2 * most(kernel)),
        ...grid(180, step ? `the picture after step ${step}` : "noise", picture, CELL, most(picture)),
      ],
      words: `Step ${step}: the mean of the squared answers is ${three(mean)}.`,
    };
  },
});
