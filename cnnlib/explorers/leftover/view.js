import { element } from "../js/draw/element.js";
import { plural, short } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";
import { axisOf } from "../padding/math.js";

const [CELL, FIRST, LEFT, TALL, ROW] = [16, 192, 12, 24, 92]; // the columns before the first are not drawn
const RULE = { kernel: 11, stride: 4, padding: "valid", zeros: 0, dilation: 1 };

export default figure({
  size: [41 * CELL + LEFT, ROW + 72],
  label: "Row: left and right arrow keys take a pixel away and add one",
  step: ({ width }, [down, right]) => ({ width: width + right - down }),
  draw({ width }) {
    const { outputs, taps, unread } = axisOf(width, RULE);
    const x = (column) => LEFT + (column - FIRST) * CELL;
    const windows = Array.from({ length: outputs }, (_, i) => i).filter((i) => taps(i)[0] >= FIRST);
    return {
      parts: [
        ...windows.flatMap((i) => {
          const [left, y] = [x(taps(i)[0]), 2 + (i % 3) * 28];
          return [
            element("rect", { class: i === outputs - 1 ? "cnn-output cnn-lit" : "cnn-output", x: left + 1, y, width: 11 * CELL - 2, height: TALL, rx: 4 }),
            element("text", { class: "cnn-label", x: left + 5.5 * CELL, y: y + 17 }, `neuron ${i}`),
          ];
        }),
        ...Array.from({ length: width - FIRST }, (_, i) => FIRST + i).flatMap((column) => [
          element("rect", { class: "cnn-cell", x: x(column) + 1, y: ROW, width: CELL - 2, height: TALL, rx: 3 }),
          ...(unread.includes(column) ? [element("line", { class: "cnn-stroke", x1: x(column) + 1, y1: ROW + TALL, x2: x(column + 1) - 1, y2: ROW })] : []),
          ...(column % 8 ? [] : [element("text", { class: "cnn-label", x: x(column + 0.5), y: ROW + TALL + 19 }, String(column))]),
        ]),
        element("text", { class: "cnn-tick", x: 0, y: ROW + 66 }, "column"),
      ],
      words: `(${width} − 11) / 4 + 1 = ${short((width - 11) / 4 + 1)}: ${plural(outputs, "neuron")}, ${plural(unread.length, "column")} left over.`,
    };
  },
});
