import { element } from "../js/draw/element.js";
import { plural, signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";
import { axisOf } from "../padding/math.js";

const [CELL, LEFT, TOP, MAP] = [34, 60, 24, 440];
const RULE = { kernel: 3, stride: 2, padding: "same", zeros: 0, dilation: 1 };
const [rows, columns] = [axisOf(5, RULE), axisOf(7, RULE)];
const range = (count) => Array.from({ length: count }, (_, i) => i);

const box = (className, x, y) => element("rect", { class: className, x: x + 2, y: y + 2, width: CELL - 4, height: CELL - 4, rx: 4 });
const said = (name, index, [first, , last]) => `${name} 2·${index} − 1 = ${signed(first)} to 2·${index} − 1 + 2 = ${last}`;

export default figure({
  size: [MAP + 4 * CELL + 4, TOP + 7 * CELL + 4],
  label: "Neurons: arrow keys choose one",
  step: ({ row, column }, [down, right]) => ({ row: row + down, column: column + right }),
  point: ({ row, column }, [x, y]) => (x < MAP ? { row, column } : { row: Math.floor((y - TOP - CELL) / CELL), column: Math.floor((x - MAP) / CELL) }),
  draw({ row, column }) {
    const [down, across] = [rows.taps(row), columns.taps(column)];
    const [x, y] = [(j) => LEFT + (j + 1) * CELL, (i) => TOP + (i + 1) * CELL];
    const inside = (i, j) => i >= 0 && i < rows.n && j >= 0 && j < columns.n;
    const read = down.flatMap((i) => across.map((j) => inside(i, j))).filter(Boolean).length;
    return {
      parts: [
        ...columns.cells.map((j) => element("text", { class: "cnn-label", x: x(j) + CELL / 2, y: TOP - 6 }, signed(j))),
        ...rows.cells.map((i) => element("text", { class: "cnn-label", x: LEFT - 20, y: y(i) + CELL / 2 + 4 }, signed(i))),
        ...rows.cells.flatMap((i) => columns.cells.map((j) =>
          box(`cnn-cell${inside(i, j) ? "" : " cnn-zero"}${down.includes(i) && across.includes(j) ? " cnn-lit" : ""}`, x(j), y(i)))),
        ...range(rows.outputs).flatMap((i) => range(columns.outputs).map((j) =>
          box(`cnn-output${i === row && j === column ? " cnn-lit" : ""}`, MAP + j * CELL, TOP + (i + 1) * CELL))),
        element("text", { class: "cnn-label", x: MAP + 2 * CELL, y: TOP + CELL - 8 }, "neurons"),
      ],
      words: `Neuron (${row}, ${column}): ${said("rows", row, down)}, ${said("columns", column, across)}. ${plural(read, "pixel")} and ${plural(9 - read, "zero")}.`,
    };
  },
});
