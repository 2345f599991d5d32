import { element } from "../js/draw/element.js";
import { plural, short } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";
import { padAmounts } from "../js/math/ops.js";

const [CELL, ROW_Y, OUT_Y, LEFT] = [44, 8, 96, 2 * 44 + 4]; // at most two cells of padding on each side

export default figure({
  size: [500, 166],
  label: "Row: left and right arrow keys choose the neuron, up and down the size",
  step: ({ neuron, size }, [down, right]) => ({ neuron: neuron + right, size: size - down }),
  point: ({}, [x]) => ({ neuron: Math.floor((x - LEFT) / CELL) }),
  draw({ neuron, size, row }) {
    const [before] = padAmounts(row.length, size, 1, "same");
    const window = Array.from({ length: size }, (_, v) => neuron - before + v);
    const real = window.filter((at) => at in row).map((at) => row[at]);
    const padded = size - real.length;
    const sum = real.reduce((a, b) => a + b, 0);
    const [most, mean] = [Math.max(...real), sum / real.length];
    const cell = (at) => {
      const kind = at in row ? "" : " cnn-zero";
      const lit = window.includes(at) ? " cnn-lit" : "";
      return [
        element("rect", { class: `cnn-cell${kind}${lit}`, x: LEFT + at * CELL, y: ROW_Y, width: CELL - 4, height: CELL - 4, rx: 4 }),
        element("text", { class: "cnn-label", x: LEFT + (at + 0.43) * CELL, y: ROW_Y + 25 }, at in row ? short(row[at]) : ""),
      ];
    };
    const answer = (value, name, x) => [
      element("rect", { class: "cnn-cell", x, y: OUT_Y, width: CELL + 12, height: CELL - 4, rx: 4 }),
      element("text", { class: "cnn-label", x: x + CELL / 2 + 6, y: OUT_Y + 25 }, short(value)),
      element("text", { class: "cnn-tick", x: x + CELL / 2 + 6, y: OUT_Y + 60, "text-anchor": "middle" }, name),
    ];
    const middle = LEFT + (neuron + 0.43) * CELL;
    const places = [middle - 78, middle + 22].map((x) => x + Math.max(0, 82 - middle) - Math.max(0, middle - 420));
    const zeros = padded ? ` With ${padded === 1 ? "a zero" : "zeros"} in the padding they would be ${short(Math.max(most, 0))} and ${short(sum / size)}.` : "";
    return {
      title: padded ? `${plural(padded, "padded cell")} in the window: left out` : "No padded cell in the window",
      parts: [
        ...Array.from({ length: row.length + 4 }, (_, i) => cell(i - 2)).flat(),
        ...places.map((x) => element("line", { class: "cnn-edge cnn-lit", x1: middle, x2: x + CELL / 2 + 6, y1: ROW_Y + CELL - 4, y2: OUT_Y })),
        ...answer(most, "maximum", places[0]), ...answer(mean, "mean", places[1]),
      ],
      words: `Neuron ${neuron} reads ${real.map((value) => short(value)).join(", ")}: maximum ${short(most)}, mean ${short(sum)} / ${real.length} = ${short(mean)}.${zeros}`,
    };
  },
});
