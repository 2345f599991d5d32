import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const [CELL, LARGEST, APART] = [20, 9, 1.5];
const SIDES = [3, 5, 7, 9];
const next = (list, now, by) => list[Math.max(0, Math.min(list.length - 1, list.indexOf(now) + by))];

const kernel = (height, width, left, name) =>
  Array.from({ length: height * width }, (_, i) => element("rect", {
    class: name, width: CELL - 2, height: CELL - 2, rx: 2,
    x: (left + (i % width)) * CELL + 1, y: (LARGEST / 2 - height / 2 + Math.floor(i / width)) * CELL + 1,
  }));

export default figure({
  size: [31 * CELL, LARGEST * CELL],
  label: "Kernels: left and right arrow keys change the side, up and down what stands in the place of the square",
  step: ({ side, way }, [down, right]) => ({ side: next(SIDES, side, right), way: next(["pair", "stack"], way, down) }),
  draw({ side, way }) {
    const kernels = way === "pair" ? [[1, side], [side, 1]] : Array(Math.floor(side / 2)).fill([3, 3]);
    let left = LARGEST + 2 * APART;
    const placed = kernels.flatMap(([height, width]) => {
      const drawn = kernel(height, width, left, "cnn-cell cnn-lit");
      left += width + APART;
      return drawn;
    });
    const weights = kernels.reduce((sum, [height, width]) => sum + height * width, 0);
    return {
      parts: [...kernel(side, side, (LARGEST - side) / 2, "cnn-cell"), ...placed],
      words: `${side}×${side}: ${side * side} weights for each pair of maps. ${kernels.map((one) => one.join("×")).join(", then ")}: ${weights}, ${Math.round((100 * weights) / side ** 2)} %.`,
    };
  },
});
