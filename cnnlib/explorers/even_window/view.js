import { element } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";
import { padAmounts } from "../js/math/ops.js";

const [LENGTH, CELL, BASE, HIGH] = [41, 16, 130, 100];
const DOT = (LENGTH - 1) / 2;
const centre = (at) => (at + 0.5) * CELL;

/** The row after one more mean. */
function smoothed(row, size) {
  const [before] = padAmounts(LENGTH, size);
  return row.map((_, i) => row.slice(Math.max(0, i - before), Math.max(0, i - before + size)).reduce((sum, value) => sum + value, 0) / size);
}

export default figure({
  size: [LENGTH * CELL, 170],
  label: "Window: left and right arrow keys change its size, up and down how often it smooths",
  step: ({ size, layers }, [down, right]) => ({ size: size + right, layers: layers - down }),
  draw({ size, layers }) {
    let row = Array.from({ length: LENGTH }, (_, i) => Number(i === DOT));
    for (let layer = 0; layer < layers; layer++) row = smoothed(row, size);
    const middle = row.reduce((sum, value, i) => sum + value * i, 0);
    const moved = DOT - middle;
    const scale = HIGH / Math.max(...row);
    return {
      parts: [
        ...row.map((value, i) => element("rect", { class: "cnn-excites", x: i * CELL + 1, y: BASE - value * scale, width: CELL - 2, height: value * scale })),
        element("line", { class: "cnn-grid", x1: 0, x2: LENGTH * CELL, y1: BASE, y2: BASE }),
        element("line", { class: "cnn-was", x1: centre(DOT), x2: centre(DOT), y1: 18, y2: BASE + 12 }),
        element("line", { class: "cnn-curve", x1: centre(middle), x2: centre(middle), y1: 18, y2: BASE + 12 }),
        element("text", { class: "cnn-tick", x: centre(DOT) + 6, y: 14 }, "the dot was here"),
        element("text", { class: "cnn-axis", x: centre(middle) - 6, y: BASE + 28, "text-anchor": "end" }, `its middle is at ${middle.toFixed(1)}`),
      ],
      words: `A window of ${size}, ${plural(layers, "time")}: the dot at ${DOT} has its middle at ${middle.toFixed(1)}, ${moved > 0.05 ? `${moved.toFixed(1)} cells to the left` : "0.0 cells away"}.`,
    };
  },
});
