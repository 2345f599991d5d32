import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const [CELL, BARS, PITCH, UNIT] = [20, 220, 24, 1.25]; // UNIT: pixels for a squared distance of 1

const written = (value) => String(Number(value.toFixed(1)));

export default figure({
  size: [540, 12 * CELL + 4],
  label: "F6: left and right arrow keys move it from one bitmap to the other, up and down choose where it goes",
  step: ({ way, second }, [down, right]) => ({ way: way + 5 * right, second: second - down }),
  draw({ first, second, way, bitmaps }) {
    const share = way / 100;
    const f6 = bitmaps[first].map((value, j) => (1 - share) * value + share * bitmaps[second][j]);
    const far = bitmaps.map((bitmap) => bitmap.reduce((sum, value, j) => sum + (f6[j] - value) ** 2, 0));
    const [nearest, next] = far.map((_, digit) => digit).sort((a, b) => far[a] - far[b]);
    const cell = (value, j) => [
      element("rect", { class: "cnn-cell", x: 2 + (j % 7) * CELL, y: 2 + Math.floor(j / 7) * CELL, width: CELL - 2, height: CELL - 2 }),
      element("rect", { class: "cnn-pen", "fill-opacity": ((value + 1) / 2).toFixed(3), x: 2 + (j % 7) * CELL, y: 2 + Math.floor(j / 7) * CELL, width: CELL - 2, height: CELL - 2 }),
    ];
    const bar = (distance, digit) => {
      const y = 2 + digit * PITCH;
      return [
        element("text", { class: "cnn-tick", x: BARS - 8, y: y + 10, dy: "0.35em", "text-anchor": "end" }, digit === second ? `→ ${digit}` : String(digit)),
        element("rect", { class: distance - far[nearest] < 1e-6 ? "cnn-cell cnn-lit" : "cnn-cell", x: BARS, y, width: Math.max(2, UNIT * distance), height: PITCH - 4, rx: 3 }),
        element("text", { class: "cnn-tick", x: BARS + UNIT * distance + 6, y: y + 10, dy: "0.35em" }, written(distance)),
      ];
    };
    return {
      title: "What F6 shows, and its squared distance to each digit's bitmap",
      parts: [...f6.flatMap(cell), ...far.flatMap(bar)],
      words: Math.abs(far[nearest] - far[next]) < 1e-6
        ? `${Math.min(nearest, next)} and ${Math.max(nearest, next)} are equally near, at ${written(far[nearest])}.`
        : `Nearest: ${nearest}, at ${written(far[nearest])}; then ${next}, at ${written(far[next])}.`,
    };
  },
});
