import { element } from "../js/draw/element.js";
import { short } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";
import { padAmounts } from "../js/math/ops.js";

const [WIDTH, CELL] = [24, 26];
const PIXELS = Array.from({ length: WIDTH }, (_, i) => i);

function pooled(place, size, way) {
  const cells = PIXELS.slice(0, WIDTH / size);
  const holds = (start) => place >= start && place < start + size;
  if (way !== "blur") return cells.map((i) => (holds(i * size) ? (way === "max" ? 1 : 1 / size) : 0));
  const [before] = padAmounts(WIDTH, size, 1, "same");
  const dense = (i) => (i >= 0 && i < WIDTH && holds(i - before) ? 1 : 0);
  return cells.map((i) => (dense(i * size - 1) + 2 * dense(i * size) + dense(i * size + 1)) / 4);
}

export default figure({
  size: [WIDTH * CELL + 4, 130],
  label: "Row: left and right arrow keys move the line, up and down change the window",
  step: ({ place, size }, [down, right]) => ({ place: place + right, size: size - down }),
  point: ({}, [x]) => ({ place: Math.floor(x / CELL) }),
  draw({ place, size, way }) {
    const [now, earlier] = [place, place - 1].map((at) => pooled(at, size, way));
    const jump = Math.max(...now.map((value, i) => Math.abs(value - earlier[i])));
    return {
      title: `Since the last pixel, the pooled row has changed by ${short(jump)}${jump ? "" : ": not at all"}`,
      parts: [
        ...PIXELS.map((i) => element("rect", { class: "cnn-cell", x: i * CELL + 3, y: 8, width: CELL - 2, height: 32 })),
        element("rect", { class: "cnn-excites", x: place * CELL + 3, y: 8, width: CELL - 2, height: 32 }),
        ...now.map((value, i) => element("rect", { class: "cnn-frame", x: i * size * CELL + 2, y: 3, width: size * CELL, height: 42, rx: 4 })),
        ...now.flatMap((value, i) => {
          const [x, width] = [i * size * CELL + 4, size * CELL - 4];
          return [
            element("rect", { class: "cnn-cell", x, y: 66, width, height: 40, rx: 4 }),
            element("rect", { class: "cnn-excites", x, y: 66, width, height: 40, rx: 4, "fill-opacity": value }),
            element("text", { class: "cnn-label", x: x + width / 2, y: 124 }, value ? short(value) : ""),
          ];
        }),
      ],
      words: `The line is in pixel ${place}, windows are ${size} wide: ${now.map((value) => short(value)).join(" ")}. One pixel ago: a change of ${short(jump)}.`,
    };
  },
});
