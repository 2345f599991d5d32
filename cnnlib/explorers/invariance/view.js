import { element } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [LENGTH, CELL, LEFT, HIGH] = [32, 16, 70, 40];
const SHAPE = [0.4, 1, 1, 0.7, 0.2];
const ROWS = [["picture", 60], ["map", 120], ["pooled", 180]];

export default figure({
  size: [LEFT + LENGTH * CELL + 4, 190],
  label: "Thing: left and right arrow keys move it, up and down change the pooling window",
  step: ({ place, window }, [down, right]) => ({ place: (place + right + LENGTH) % LENGTH, window: window - down }),
  draw({ place, window }) {
    const row = Array.from({ length: LENGTH }, (_, i) => SHAPE[(i - place + LENGTH) % LENGTH] ?? 0);
    const map = row.map((_, i) => Math.max(0, row[(i + 1) % LENGTH] - row[(i + LENGTH - 1) % LENGTH]));
    const pooled = Array.from({ length: Math.ceil(LENGTH / window) }, (_, i) => Math.max(...map.slice(i * window, (i + 1) * window)));
    const [most, mean] = [Math.max(...pooled), map.reduce((sum, value) => sum + value, 0) / LENGTH];
    const wide = [1, 1, window];
    return {
      parts: ROWS.flatMap(([name, base], k) => [
        element("text", { class: "cnn-axis", x: LEFT - 10, y: base - 4, "text-anchor": "end" }, name),
        element("line", { class: "cnn-grid", x1: LEFT, x2: LEFT + LENGTH * CELL, y1: base, y2: base }),
        ...[row, map, pooled][k].map((value, i) => element("rect", {
          class: k ? "cnn-excites" : "cnn-pen", x: LEFT + i * wide[k] * CELL + 1, y: base - HIGH * value, width: Math.min(wide[k], LENGTH - i * wide[k]) * CELL - 2, height: HIGH * value,
        })),
      ]),
      words: `Thing at ${place}, windows of ${window}: ${plural(pooled.length, "pooled answer")}, of which the strongest is number ${pooled.indexOf(most)}, with ${most.toFixed(2)}; the map's mean is ${mean.toFixed(3)}.`,
    };
  },
});
