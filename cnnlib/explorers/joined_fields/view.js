import { element } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [CELL, MIDDLE, TALL, PITCH] = [36, 8, 24, 36];
const FLOOR = 2 + 5 * PITCH; // the row of the picture's cells

const x = (cell) => (MIDDLE + cell + 0.5) * CELL + 2;
const y = (level) => FLOOR - level * PITCH;
const box = (cell, level, name) => element("rect", { class: name, x: x(cell) - CELL / 2 + 3, y: y(level), width: CELL - 6, height: TALL, rx: 4 });
const wire = (from, high, to, low, lit = false) =>
  element("line", { class: lit ? "cnn-edge cnn-lit" : "cnn-edge", x1: x(from), y1: y(high) + TALL, x2: x(to), y2: y(low) });
const around = (reach) => Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);

export default figure({
  size: [17 * CELL + 4, FLOOR + TALL + 26],
  label: "Branches: left and right arrow keys change the dilation, up and down the layers",
  step: ({ layers, dilation }, [down, right]) => ({ layers: layers - down, dilation: dilation + right }),
  draw({ layers, dilation }) {
    const second = dilation ? [-dilation, 0, dilation] : [0];
    const sees = (cell) => Math.abs(cell) <= layers || second.includes(cell);
    const seen = around(MIDDLE).filter(sees).length;
    // Below the joint neuron the first branch's layers stand one under the other.
    const stack = Array.from({ length: layers }, (_, k) => layers - k);
    const widest = Math.max(layers, dilation);
    const together = dilation > layers
      ? `the field spans ${2 * widest + 1} cells, of which ${seen} are seen`
      : `the field is ${plural(2 * widest + 1, "cell")}, that of the first`;
    return {
      parts: [
        ...second.map((cell) => wire(0, 5, cell, 0, true)),
        ...stack.flatMap((level) => around(layers - level).flatMap((cell) => [-1, 0, 1].map((u) => wire(cell, level, cell + u, level - 1)))),
        wire(0, 5, 0, layers),
        ...stack.flatMap((level) => around(layers - level).map((cell) => box(cell, level, "cnn-output"))),
        box(0, 5, "cnn-output cnn-lit"),
        ...around(MIDDLE).map((cell) => box(cell, 0, sees(cell) ? "cnn-cell cnn-lit" : "cnn-cell")),
        element("text", { class: "cnn-tick", x: 2, y: FLOOR + TALL + 21 }, "grey wires: first branch; bright: second; lit cells: seen"),
      ],
      words: `${plural(layers, "layer")} ${layers === 1 ? "sees" : "see"} ${plural(2 * layers + 1, "cell")}, the ${dilation ? `layer of dilation ${dilation} sees 3` : "shortcut 1"}: together ${together}.`,
    };
  },
});
