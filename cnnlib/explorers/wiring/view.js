import { element } from "../js/draw/element.js";
import { whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [SIDE, KERNEL, MAPS, CELL, TOP, MAP] = [32, 5, 6, 9, 28, 340];
const UNITS = SIDE + 1 - KERNEL;
// A 7, row by row: the first and the last column of its ink.
const INK = [[9, 22], [9, 22], [19, 22], [18, 21], [18, 20], [17, 20], [16, 19], [16, 18], [15, 18], [14, 17], [14, 16], [13, 16], [13, 15], [13, 15], [13, 15], [13, 15]];

/** A made-up weight from -1 to 1: weight `i` of the kernel `k`. */
function weight(k, i) {
  const mixed = Math.sin(12.9898 * (i + 1) + 78.233 * (k + 1)) * 43758.5453;
  return 2 * (mixed - Math.floor(mixed)) - 1;
}

export default figure({
  size: [MAP + UNITS * CELL + 2, TOP + SIDE * CELL + 2],
  label: "Units: the arrow keys go from unit to unit of the map",
  step: ({ row, column }, [down, right]) => ({ row: row + down, column: column + right }),
  point: (_, [x, y]) => (x < MAP ? {} : { row: Math.floor((y - TOP) / CELL), column: Math.floor((x - MAP) / CELL) }),
  draw({ wiring, row, column }) {
    const [top, left, side] = wiring === "dense" ? [0, 0, SIDE] : [row, column, KERNEL];
    const own = wiring === "shared" ? 0 : row * UNITS + column;
    const [connections, kernels] = [MAPS * UNITS ** 2 * (side ** 2 + 1), wiring === "shared" ? MAPS : MAPS * UNITS ** 2];
    const rect = (className, x, y, width, height, more = {}) => element("rect", { class: className, x, y, width, height, ...more });
    const weights = Array.from({ length: side ** 2 }, (_, i) => {
      const value = weight(own, i);
      const [x, y] = [1 + (left + (i % side)) * CELL, TOP + (top + Math.floor(i / side)) * CELL];
      return rect(value > 0 ? "cnn-excites" : "cnn-inhibits", x, y, CELL, CELL, { "fill-opacity": Math.abs(value).toFixed(2) });
    });
    const [x, y] = [MAP + column * CELL, TOP + row * CELL];
    const wire = (i) => element("line", { class: "cnn-edge cnn-lit", x1: 1 + (left + side) * CELL, y1: TOP + (top + i * side) * CELL, x2: x, y2: y + CELL / 2 });
    const parameters = kernels * (side ** 2 + 1);
    return {
      title: `${whole(parameters)} parameters for ${whole(connections)} connections`,
      parts: [
        element("text", { class: "cnn-tick", x: 1, y: 19 }, "the picture, 32×32"),
        element("text", { class: "cnn-tick", x: MAP, y: 19 }, "one of C1's six maps, 28×28"),
        rect("cnn-cell", 1, TOP, SIDE * CELL, SIDE * CELL),
        ...INK.map(([first, last], i) => rect("cnn-pen", 1 + first * CELL, TOP + (8 + i) * CELL, (last + 1 - first) * CELL, CELL, { "fill-opacity": 0.5 })),
        ...weights,
        rect("cnn-cell", MAP, TOP, UNITS * CELL, UNITS * CELL),
        ...[0, 1].map(wire),
        rect("cnn-cell cnn-lit", x, y, CELL, CELL),
      ],
      words:
        `The unit in row ${row}, column ${column} reads ${whole(side ** 2)} pixels with weights that ${wiring === "shared" ? "all units of its map share" : "are its own"}. ` +
        `C1 has ${whole(kernels)} kernels of ${side}×${side} with a bias each: ${whole(parameters)} parameters, ${whole(connections)} connections.`,
    };
  },
});
