import { element } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [CELL, MATRIX, TOP, UNDER] = [38, 4, 26, 226];
const cells = Array.from({ length: 16 }, (_, cell) => cell);
const place = (cell) => [Math.floor(cell / 4), cell % 4];

/** The weight with which neuron (i, j) reads a pixel, 0 for none: row by row, the kernel holds -1 to -9. */
function weight([i, j], pixel) {
  const [row, column] = place(pixel);
  const [u, v] = [row - i, column - j];
  return u >= 0 && u < 3 && v >= 0 && v < 3 ? -(3 * u + v + 1) : 0;
}

const NEURONS = [[0, 0], [0, 1], [1, 0], [1, 1]];

const grid = (values, columns, left, top, lit) => values.flatMap((value, k) => {
  const [x, y] = [left + (k % columns) * CELL, top + Math.floor(k / columns) * CELL];
  return [
    element("rect", { class: `cnn-cell${value ? "" : " cnn-zero"}${lit(k) ? " cnn-lit" : ""}`, x: x + 1, y: y + 1, width: CELL - 2, height: CELL - 2, rx: 3 }),
    element("text", { class: "cnn-label", x: x + CELL / 2, y: y + CELL / 2 + 4 }, signed(value)),
  ];
});
const name = (text, x, y) => element("text", { class: "cnn-tick", x, y }, text);

export default figure({
  size: [16 * CELL + 8, UNDER + 4 * CELL + 4],
  label: "Pixels: arrow keys choose the one that is 1",
  step: ({ pixel }, [down, right]) => ({ pixel: pixel + 4 * down + right }),
  point: ({ pixel }, [x, y]) => {
    const [row, column] = [Math.floor((y - UNDER) / CELL), Math.floor((x - MATRIX) / CELL)];
    return y < UNDER ? { pixel: column } : { pixel: row >= 0 && column < 4 ? 4 * row + column : pixel };
  },
  draw({ pixel }) {
    const matrix = NEURONS.flatMap((neuron) => cells.map((cell) => weight(neuron, cell)));
    const answers = NEURONS.map((neuron) => weight(neuron, pixel));
    const read = answers.filter(Boolean).length;
    const [row, column] = place(pixel);
    return {
      parts: [
        name("matrix", MATRIX, TOP - 8),
        ...grid(matrix, 16, MATRIX, TOP, (k) => k % 16 === pixel),
        name("picture", MATRIX, UNDER - 8),
        ...grid(cells.map((cell) => Number(cell === pixel)), 4, MATRIX, UNDER, (k) => k === pixel),
        name("answers", 8 * CELL, UNDER - 8),
        ...grid(answers, 2, 8 * CELL, UNDER, (k) => answers[k]),
      ],
      words: `Pixel ${pixel}, (${row}, ${column}), alone: ${read} of 4 neurons read it, and the answers ${answers.map(signed).join(", ")} are column ${pixel} of the matrix.`,
    };
  },
});
