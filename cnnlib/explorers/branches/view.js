import { element } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";
import { outputSize, padAmounts } from "../js/math/ops.js";

const [CELL, MOST, ROW] = [40, 16, 96];
const neurons = (side) => outputSize(side, 3, 2, "same");

export default figure({
  size: [MOST * CELL, 196],
  label: "Branches: left and right arrow keys choose a neuron, up and down change the row",
  step: ({ side, neuron }, [down, right]) => ({ side: side - down, neuron: Math.min(neuron, neurons(side) - 1) + right }),
  draw({ side, neuron: chosen }) {
    const outputs = neurons(side);
    const neuron = Math.min(chosen, outputs - 1);
    const [before, after] = padAmounts(side, 3, 2, "same");
    const x = (cell) => (cell + 1) * CELL;
    const box = (cell, y, name) => element("rect", { class: name, x: x(cell) + 3, y, width: CELL - 6, height: 28, rx: 5 });
    const branch = (kernel, padding, y, towards) =>
      Array.from({ length: outputs }, (_, i) => {
        const first = 2 * i - padding;
        const centre = first + (kernel - 1) / 2;
        const lit = i === neuron ? " cnn-lit" : "";
        const wires = Array.from({ length: kernel }, (_, u) =>
          element("line", { class: `cnn-edge${lit}`, x1: x(centre + 0.5), y1: y + (towards > 0 ? 28 : 0), x2: x(first + u + 0.5), y2: ROW + (towards > 0 ? 0 : 28) }));
        return [...wires, box(centre, y, `cnn-output${lit}`), element("text", { class: "cnn-label", x: x(centre + 0.5), y: y + 14, dy: "0.35em" }, String(i))];
      }).flat();
    const zeros = [...(before ? [-1] : []), ...(after ? [side] : [])];
    const cells = Array.from({ length: side }, (_, i) => i);
    const centres = [2 * neuron - before + 1, 2 * neuron];
    const apart = centres[0] - centres[1];
    return {
      parts: [
        ...branch(3, before, 20, 1),
        ...branch(1, 0, 164, -1),
        ...zeros.map((cell) => box(cell, ROW, "cnn-cell cnn-zero")),
        ...cells.flatMap((cell) => [box(cell, ROW, "cnn-cell"), element("text", { class: "cnn-label", x: x(cell + 0.5), y: ROW + 14, dy: "0.35em" }, String(cell))]),
      ],
      words: `${side} cells: neuron ${neuron} of the 3-cell branch (above) is centred at cell ${centres[0]}, that of the 1-cell branch (below) at cell ${centres[1]}: ${apart ? `${plural(apart, "cell")} apart` : "aligned"}.`,
    };
  },
});
