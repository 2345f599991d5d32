import { element } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";
import { fieldOf, traceStack } from "../receptive_field/math.js";

const [CELL, PITCH, TALL] = [26, 42, 24];

export default figure({
  size: [24 * CELL, 4 * PITCH + TALL + 4],
  label: "Pixels: left and right arrow keys choose the pixel that changes",
  step: ({ pixel }, [, right]) => ({ pixel: pixel + right }),
  point: (_, [x]) => ({ pixel: Math.floor(x / CELL) }),
  draw({ pixel, layers, side }) {
    const rows = traceStack(side, layers);
    const notices = (row, neuron) => {
      const [first, last] = fieldOf(row, neuron);
      return first <= pixel && pixel <= last;
    };
    const changed = rows.map((row) => Array.from({ length: row.outputs }, (_, i) => i).filter((i) => notices(row, i)));
    const middle = (row, neuron) => (row.centre + neuron * row.jump + 0.5) * CELL;
    const y = (l) => 2 + (layers.length - l) * PITCH;
    const wires = rows.slice(1).flatMap((row, l) =>
      changed[l + 1].flatMap((neuron) =>
        changed[l].filter((cell) => {
          const from = cell - neuron * layers[l].stride;
          return from >= 0 && from < layers[l].kernel;
        }).map((cell) => element("line", { class: "cnn-edge cnn-lit", x1: middle(row, neuron), y1: y(l + 1) + TALL, x2: middle(rows[l], cell), y2: y(l) }))));
    const cells = rows.flatMap((row, l) =>
      Array.from({ length: row.outputs }, (_, i) => element("rect", {
        class: `${l ? "cnn-output" : "cnn-cell"}${changed[l].includes(i) ? " cnn-lit" : ""}`,
        ...{ x: middle(row, i) - CELL / 2 + 2, y: y(l), width: CELL - 4, height: TALL, rx: 4 },
      })));
    const counts = changed.slice(1).map((those, l) => `${those.length} of layer ${l + 1}`);
    return {
      parts: [...wires, ...cells],
      words: `Pixel ${pixel} can change ${plural(changed.flat().length - 1, "neuron")}: ${counts.join(", ")}.`,
    };
  },
});
