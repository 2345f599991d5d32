import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const [GRID, CELL, BARS, UNIT] = [13, 16, 300, 48];
const KERNELS = [1, 3, 5];

export default figure({
  size: [600, GRID * CELL + 2],
  label: "Object: left and right arrow keys change its side",
  step: ({ side }, [down, right]) => ({ side: side + right - down }),
  draw({ side }) {
    const first = 6 - Math.floor(side / 2);
    const answers = KERNELS.map((k) => Math.min(side, k) ** 2 / k);
    const best = answers.indexOf(Math.max(...answers));
    const inside = (at) => at >= first && at < first + side;
    const cell = (_, i) => {
      const [row, column] = [Math.floor(i / GRID), i % GRID];
      return element("rect", { class: inside(row) && inside(column) ? "cnn-pen" : "cnn-cell", x: column * CELL + 1, y: row * CELL + 1, width: CELL - 1, height: CELL - 1 });
    };
    const start = first - Math.floor(Math.max(0, KERNELS[best] - side) / 2);
    const bar = (k, i) => [
      element("text", { class: "cnn-tick", x: BARS - 8, y: 40 + 64 * i, dy: "0.35em", "text-anchor": "end" }, `${k}×${k}`),
      element("rect", { class: i === best ? "cnn-cell cnn-lit" : "cnn-cell", x: BARS, y: 24 + 64 * i, width: UNIT * answers[i], height: 32, rx: 3 }),
      element("text", { class: "cnn-tick", x: BARS + UNIT * answers[i] + 6, y: 40 + 64 * i, dy: "0.35em" }, answers[i].toFixed(2)),
    ];
    return {
      title: `An object of ${side}×${side} pixels, and how strongly each kernel answers`,
      parts: [
        ...Array.from({ length: GRID * GRID }, cell),
        element("rect", { class: "cnn-window", x: start * CELL, y: start * CELL, width: KERNELS[best] * CELL, height: KERNELS[best] * CELL }),
        ...KERNELS.flatMap(bar),
      ],
      words: `${KERNELS.map((k, i) => `${k}×${k}: ${answers[i].toFixed(2)}`).join(", ")}. The ${KERNELS[best]}×${KERNELS[best]} kernel answers most.`,
    };
  },
});
