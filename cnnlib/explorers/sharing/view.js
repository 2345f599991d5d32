import { element } from "../js/draw/element.js";
import { plural, whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [SIDE, CELL, TOP, MAP] = [8, 24, 10, 330];

export default figure({
  size: [540, 212],
  label: "Kernel: left and right arrow keys go from neuron to neuron, up and down change its size",
  step: ({ kernel, neuron }, [down, right]) => ({ kernel: kernel - down, neuron: Math.min(neuron, (SIDE + 1 - kernel) ** 2 - 1) + right }),
  draw({ kernel, neuron }) {
    const side = SIDE + 1 - kernel;
    const at = Math.min(neuron, side ** 2 - 1);
    const [row, column] = [Math.floor(at / side), at % side];
    const cells = (left, count, lit) => Array.from({ length: count ** 2 }, (_, i) => element("rect", {
      class: lit(Math.floor(i / count), i % count) ? "cnn-cell cnn-lit" : "cnn-cell", x: left + (i % count) * CELL, y: TOP + Math.floor(i / count) * CELL, width: CELL - 2, height: CELL - 2,
    }));
    const wires = Array.from({ length: kernel ** 2 }, (_, i) => element("line", {
      class: "cnn-edge cnn-lit", "stroke-opacity": 0.5, x1: 5 + (column + (i % kernel) + 0.5) * CELL, y1: TOP + (row + Math.floor(i / kernel) + 0.5) * CELL, x2: MAP + (column + 0.5) * CELL, y2: TOP + (row + 0.5) * CELL,
    }));
    const dense = SIDE ** 2 * side ** 2;
    return {
      title: `${plural(kernel ** 2, "weight")}, each used at ${plural(side ** 2, "place")}; neuron ${at} of 0 to ${side ** 2 - 1}`,
      parts: [
        ...cells(5, SIDE, (i, j) => i >= row && i < row + kernel && j >= column && j < column + kernel),
        ...cells(MAP, side, (i, j) => i === row && j === column),
        ...wires,
      ],
      words: `Kernel of ${kernel}×${kernel}: ${plural(kernel ** 2, "weight")} for ${plural(side ** 2, "neuron")}; ` +
        `a dense layer has ${whole(dense)} for as many${dense === kernel ** 2 ? ", the same: it is that dense layer" : ""}.`,
    };
  },
});
