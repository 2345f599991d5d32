import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const [SIDE, MIDDLE, REACH, CELL, TOP, PITCH] = [9, 4, 2, 10, 40, 118];
const HIGH = SIDE * CELL;
const NAMES = ["eyes", "nose", "mouth"];
const [SIZE, WEIGHT] = [2 * REACH + 1, 9]; // of a depthwise kernel: weights on a side, units of one
const FIRST = 2 + HIGH + (2 * PITCH - HIGH - SIZE * WEIGHT) / 2;

/** A map as the rows of its ones, all in the middle column; null for a map of zeros. */
const grid = (x, y, name, row) => [
  element("text", { class: "cnn-tick", x, y: y - 5 }, name),
  element("rect", { class: "cnn-cell", x, y, width: HIGH, height: HIGH }),
  element("rect", { class: "cnn-neuron", x: x + MIDDLE * CELL, y: y + MIDDLE * CELL, width: CELL, height: CELL }),
  ...(row === null ? [] : [element("rect", { class: "cnn-excites", x: x + MIDDLE * CELL, y: y + row * CELL, width: CELL, height: CELL })]),
];

/** A depthwise kernel on the line between two maps: one weight of 1, in the middle column. */
const kernel = (middle, row) => {
  const y = middle - (SIZE * WEIGHT) / 2;
  const cell = (place) => ({ x: FIRST + (place % SIZE) * WEIGHT, y: y + Math.floor(place / SIZE) * WEIGHT, width: WEIGHT, height: WEIGHT });
  return Array.from({ length: SIZE * SIZE }, (_, place) => [
    element("rect", { class: "cnn-cell", ...cell(place) }),
    ...(place === row * SIZE + REACH ? [element("rect", { class: "cnn-excites", ...cell(place) })] : []),
  ]).flat();
};

export default figure({
  size: [4 * PITCH + HIGH + 28, TOP + 2 * PITCH + HIGH + 4],
  label: "Maps: up and down arrow keys move the mouth",
  step: ({ mouth }, [down]) => ({ mouth: mouth + down }),
  draw({ mouth, depthwise, pointwise }) {
    const seen = [MIDDLE - REACH, MIDDLE, mouth];
    const moved = seen.map((row, i) => {
      const at = depthwise ? row - (i - 1) * REACH : row;
      return at >= 0 && at < SIDE ? at : null;
    });
    const together = moved.every((row) => row !== null && row === moved[0]);
    const found = pointwise ? (together ? moved[0] : null) : moved[2];
    const heads = ["in the picture", depthwise ? "where a face would be" : "as they were", pointwise ? "all three" : "mouth alone"];
    const right = mouth === MIDDLE + REACH;
    return {
      parts: [
        ...heads.map((text, place) => element("text", { class: "cnn-axis", x: 2 + 2 * PITCH * place, y: 14 }, text)),
        ...[seen, moved].flatMap((rows, place) => rows.flatMap((row, i) => grid(2 + 2 * PITCH * place, TOP + PITCH * i, NAMES[i], row))),
        ...NAMES.map((_, i) => element("line", { class: "cnn-edge", x1: 8 + HIGH, x2: 2 * PITCH - 6, y1: TOP + PITCH * i + HIGH / 2, y2: TOP + PITCH * i + HIGH / 2 })),
        ...NAMES.flatMap((_, i) => kernel(TOP + PITCH * i + HIGH / 2, depthwise ? i * REACH : REACH)),
        ...NAMES.flatMap((_, i) => (pointwise || i === 2
          ? [element("line", { class: "cnn-edge", x1: 2 * PITCH + 8 + HIGH, x2: 4 * PITCH - 6, y1: TOP + PITCH * i + HIGH / 2, y2: TOP + PITCH + HIGH / 2 })]
          : [])),
        ...grid(4 * PITCH + 2, TOP + PITCH, pointwise ? "face" : "mouth", found),
      ],
      words:
        `The mouth is in row ${mouth}, ${right ? "two rows below the nose" : "not two rows below the nose"}. ` +
        (found === null ? "The last map is 0 everywhere: no face is found." : `The last map is 1 in row ${found}: a face is found there${right ? "" : ", and there is none"}.`),
    };
  },
});
