import { element } from "../js/draw/element.js";
import { short } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [SHOWN, CELL, LEFT] = [16, 13, 250]; // cells of the larger map, and where it stands

/** Weights along one axis with a given sum. */
function weightsOf(size, kind, total) {
  let row = [1];
  while (row.length < size) row = [...row, 0].map((value, i) => value + (row[i - 1] ?? 0));
  const sum = kind === "equal" ? size : row.reduce((a, b) => a + b);
  return row.map((value) => (total * (kind === "equal" ? 1 : value)) / sum);
}

/** The row that a row of ones becomes, far from its ends, for an even and for an odd place. */
const phases = (weights, way) =>
  [0, 1].map((place) => (way === "enlarge" ? weights.reduce((a, b) => a + b) : weights.filter((_, tap) => (tap + place + Math.floor((weights.length - 2) / 2)) % 2 === 0).reduce((a, b) => a + b, 0)));

export default figure({
  size: [480, 216],
  label: "Left and right arrow keys change the kernel's size",
  step: ({ size }, [down, right]) => ({ size: size + right - down }),
  draw({ size, weights: kind, way }) {
    const weights = weightsOf(size, kind, way === "enlarge" ? 1 : 2);
    const row = phases(weights, way);
    const values = row.flatMap((a) => row.map((b) => a * b));
    const contrast = (Math.max(...values) - Math.min(...values)) / (values.reduce((a, b) => a + b) / 4);
    const places = Array.from({ length: SHOWN }, (_, i) => i);
    const most = Math.max(...weights);
    return {
      title: contrast < 1e-9 ? "Even in, even out" : `Even in, checkered out: contrast ${contrast.toFixed(2)}`,
      parts: [
        element("text", { class: "cnn-tick", x: 0, y: 12 }, "weights along a row"),
        ...weights.map((weight, tap) => element("rect", { class: "cnn-excites", x: 4 + tap * 30, y: 96 - (70 * weight) / most, width: 26, height: (70 * weight) / most })),
        ...weights.map((weight, tap) => element("text", { class: "cnn-label", x: 17 + tap * 30, y: 112 }, short(weight))),
        ...places.flatMap((i) => places.map((j) => element("rect", {
          class: "cnn-brick", x: LEFT + j * CELL, y: 4 + i * CELL, width: CELL, height: CELL, style: `fill-opacity:${Math.min(1, (row[i % 2] * row[j % 2]) / 2).toFixed(3)}`,
        }))),
      ],
      words: `${size}×${size} weights, ${kind === "equal" ? "all alike" : "binomial"}, ${way === "enlarge" ? "after repeating each value" : "transposed, stride 2"}: the four kinds of places get ${values.map((value) => short(value)).join(", ")}.`,
    };
  },
});
