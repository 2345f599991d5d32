import { element } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const CELL = 15;

export default figure({
  size: [42 * CELL, 13 * CELL + 4],
  label: "Kernels: left and right arrow keys take away and add layers",
  step: ({ layers }, [down, right]) => ({ layers: layers + right - down }),
  draw({ layers }) {
    const side = 2 * layers + 1;
    const kernel = (size, left, top, name) =>
      Array.from({ length: size * size }, (_, i) => element("rect", {
        class: name, x: left + (i % size) * CELL + 2, y: top + Math.floor(i / size) * CELL + 2, width: CELL - 2, height: CELL - 2, rx: 2,
      }));
    const stack = Array.from({ length: layers }, (_, l) => kernel(3, l * 4 * CELL, 5 * CELL, "cnn-cell cnn-lit"));
    const [stacked, single] = [9 * layers, side ** 2];
    return {
      parts: [...stack.flat(), ...kernel(side, 27 * CELL, (6.5 - side / 2) * CELL, "cnn-cell")],
      words: `${plural(layers, "layer")} of 3×3 ${layers === 1 ? "sees" : "see"} ${side}×${side} pixels with ${stacked} weights; one kernel of ${side}×${side} has ${single}.`,
    };
  },
});
