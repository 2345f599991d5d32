import { element } from "../js/draw/element.js";
import { plural, short } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [SIDE, CELL, TOP] = [9, 22, 24];
const LEFTS = { kernel: 6, dots: 120, answers: 380 };

/** What the kernel makes of the dots, each [row, column, brightness], with circular borders. */
function filtered(kernel, dots) {
  const answers = Array.from({ length: SIDE }, () => Array(SIDE).fill(0));
  const wrap = (index) => (index + SIDE) % SIDE;
  for (const [row, column, brightness] of dots) {
    kernel.forEach((line, u) => line.forEach((weight, v) => (answers[wrap(row + 1 - u)][wrap(column + 1 - v)] += brightness * weight)));
  }
  return answers;
}

/** Cells in signed colours under a title. */
const grid = (name, values, limit) => [
  element("text", { class: "cnn-axis", x: LEFTS[name], y: 14 }, name),
  ...values.flatMap((line, i) => line.flatMap((value, j) => [
    element("rect", { class: "cnn-cell", x: LEFTS[name] + j * CELL, y: TOP + i * CELL, width: CELL - 1, height: CELL - 1 }),
    element("rect", { class: value < 0 ? "cnn-inhibits" : "cnn-excites", "fill-opacity": Math.abs(value) / limit, x: LEFTS[name] + j * CELL, y: TOP + i * CELL, width: CELL - 1, height: CELL - 1 }),
  ])),
];

export default figure({
  size: [590, 230],
  label: "Dots: arrow keys move the first",
  step: ({ row, column }, [down, right]) => ({ row: row + down, column: column + right }),
  point: ({ row, column }, [x, y]) => {
    const [i, j] = [Math.floor((y - TOP) / CELL), Math.floor((x - LEFTS.dots) / CELL)];
    return j >= 0 && j < SIDE && i >= 0 && i < SIDE ? { row: i, column: j } : { row, column };
  },
  draw({ kernel: name, dots: count, row, column, weights, others }) {
    const kernel = weights[name];
    const dots = [[row, column, 1], ...others].slice(0, count);
    const picture = Array.from({ length: SIDE }, (_, i) =>
      Array.from({ length: SIDE }, (_, j) => dots.reduce((sum, [r, c, b]) => sum + (r === i && c === j ? b : 0), 0)));
    const answers = filtered(kernel, dots);
    const most = (values) => Math.max(...values.flat().map(Math.abs));
    const limit = 2 * most(kernel);
    const some = answers.flat().filter(Boolean).length;
    return {
      parts: [...grid("kernel", kernel, most(kernel)), ...grid("dots", picture, 1.2), ...grid("answers", answers, limit)],
      words: `${plural(count, "dot")}: ${count > 1 ? `the sum of ${count} copies of the kernel, each turned by half a turn` : "the kernel, turned by half a turn"}, ` +
        `${plural(some, "answer")} that are not 0, the largest ${short(most(answers))}.`,
    };
  },
});
