import { element } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [SIDE, CELL, TOP, RIGHT] = [24, 12, 22, 340];
const axis = Array.from({ length: SIDE }, (_, i) => i);

const ball = (z, y, x) => (z - 9) ** 2 + (y - 9) ** 2 + (x - 9) ** 2 < 36;
const rod = (y, x) => Math.abs(y - 18) < 2 && Math.abs(x - 17) < 2;
const matter = (z) => (y, x) => Number(ball(z, y, x) || rod(y, x));

/** The 3x3 mean of the next slice less that of the one before. */
const edge = (z) => (y, x) => {
  const near = [-1, 0, 1].flatMap((v) => [-1, 0, 1].map((u) => [y + v, x + u]));
  return near.reduce((sum, at) => sum + matter(z + 1)(...at) - matter(z - 1)(...at), 0) / 9;
};

const hue = (value) => (value < 0 ? "cnn-inhibits" : "cnn-excites");
const panel = (left, values, className) => [
  element("rect", { class: "cnn-cell", x: left + 1, y: TOP, width: SIDE * CELL, height: SIDE * CELL }),
  ...values.flatMap((line, y) => line.flatMap((value, x) => (value
    ? [element("rect", { class: className(value), "fill-opacity": Math.abs(value), x: left + 1 + x * CELL, y: TOP + y * CELL, width: CELL, height: CELL })]
    : []))),
];
const title = (text, x) => element("text", { class: "cnn-axis", x, y: 14 }, text);

export default figure({
  size: [RIGHT + SIDE * CELL + 2, TOP + SIDE * CELL + 2],
  label: "Slices: left and right arrow keys walk through them",
  step: ({ slice }, [down, right]) => ({ slice: slice + right + down }),
  ends: [{ slice: 1 }, { slice: SIDE - 2 }],
  draw({ slice }) {
    const [scan, edges] = [matter, edge].map((value) => axis.map((y) => axis.map((x) => value(slice)(y, x))));
    const count = (holds) => edges.flat().filter(holds).length;
    return {
      parts: [title(`slice ${slice}`, 1), ...panel(1, scan, () => "cnn-pen"), title("edges along the third axis", RIGHT), ...panel(RIGHT, edges, hue)],
      words: `Slice ${slice}: ${plural(scan.flat().filter(Boolean).length, "cell")} of matter. Edges: ${count((value) => value > 0)} cells where it begins, red, and ${count((value) => value < 0)} where it ends, blue.`,
    };
  },
});
