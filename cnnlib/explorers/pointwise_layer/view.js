import { element } from "../js/draw/element.js";
import { short, signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [SIDE, CELL, PITCH, TOP] = [7, 14, 118, 22];
const bar = (at) => (at > 1 && at < 5 ? 1 : 0);
const relu = (value) => Math.max(0, value);
const PIXELS = Array.from({ length: SIDE ** 2 }, (_, i) => [bar(i % SIDE), bar(Math.floor(i / SIDE))]);
const KINDS = [["only A", [1, 0]], ["only B", [0, 1]], ["both", [1, 1]], ["none", [0, 0]]];

const grid = (place, name, values, limit) => [
  element("text", { class: "cnn-axis", x: 2 + place * PITCH, y: 14 }, name),
  ...values.flatMap((value, i) => {
    const at = { x: 2 + place * PITCH + (i % SIDE) * CELL, y: TOP + Math.floor(i / SIDE) * CELL, width: CELL - 1, height: CELL - 1 };
    return [element("rect", { class: "cnn-cell", ...at }), element("rect", { class: "cnn-pen", "fill-opacity": (value / limit).toFixed(3), ...at })];
  }),
];

export default figure({
  size: [5 * PITCH - 16, TOP + SIDE * CELL + 2],
  label: "Maps: left and right arrow keys change the second weight, up and down the first",
  step: ({ first, second }, [down, right]) => ({ first: first - 0.5 * down, second: second + 0.5 * right }),
  draw({ reads, first, second }) {
    const between = reads === "layer";
    const read = ([a, b]) => (between ? [relu(a + b), relu(a + b - 1)] : [a, b]);
    const answer = (pixel) => {
      const [one, two] = read(pixel);
      return relu(first * one + second * two);
    };
    const answers = PIXELS.map(answer);
    const said = KINDS.map(([, pixel]) => answer(pixel));
    const one = said[0] > 0 && said[1] > 0 && said[2] === 0;
    const [left, right] = between ? ["ReLU(A + B)", "ReLU(A + B − 1)"] : ["A", "B"];
    return {
      title: `ReLU(${signed(first)} · ${left} ${second < 0 ? "−" : "+"} ${Math.abs(second)} · ${right})`,
      parts: [
        ...grid(0, "A", PIXELS.map(([a]) => a), 1),
        ...grid(1, "B", PIXELS.map(([, b]) => b), 1),
        ...(between ? [...grid(2, "ReLU(A + B)", PIXELS.map((pixel) => read(pixel)[0]), 2), ...grid(3, "… − 1)", PIXELS.map((pixel) => read(pixel)[1]), 2)] : []),
        ...grid(between ? 4 : 2, "1×1 kernel", answers, Math.max(2, ...answers)),
      ],
      words: `${KINDS.map(([name], i) => `${name}: ${short(said[i])}`).join(", ")}.${one ? " It answers where exactly one of the two is." : ""}`,
    };
  },
});
