import { element } from "../js/draw/element.js";
import { percent, plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [SIDE, MAP, POOL] = [24, 5, 4];
const [DOT, CELL, TOP] = [7, 16, 22];
const ARROWS = ["→", "↘", "↓", "↙", "←", "↖", "↑", "↗"]; // towards the brighter side

/** Strength of edges in eight directions, means over windows of 4x4. */
function features(picture, kernels) {
  const [maps, windows] = [Array.from({ length: 8 }, () => Array(MAP * MAP).fill(0)), POOL ** 2];
  for (let i = 0; i < MAP * POOL; i++) {
    for (let j = 0; j < MAP * POOL; j++) {
      kernels.forEach((kernel, k) => {
        const answer = kernel.flatMap((row, u) => row.map((weight, v) => weight * picture[(i + u) * SIDE + j + v])).reduce((a, b) => a + b, 0);
        maps[answer > 0 ? k : k + 4][Math.floor(i / POOL) * MAP + Math.floor(j / POOL)] += Math.abs(answer) / windows;
      });
    }
  }
  return maps;
}

const length = (values) => Math.hypot(...values);
const less = (values, others) => values.map((value, i) => value - others[i]);
const change = (before, after, mean) => length(less(after, before)) / length(less(before, mean));
const cells = (values, side, size, left, top, look) => values.map((value, i) => element("rect", {
  ...look(value), x: left + (i % side) * size, y: top + Math.floor(i / side) * size, width: size, height: size,
}));
const grey = (value) => ({ style: `fill: rgb(${Array(3).fill(Math.round(255 * value)).join(" ")})` });

export default figure({
  size: [640, 240],
  label: "Symbol: left and right arrow keys move it, up and down show another",
  step: ({ symbol, right }, [down, across]) => ({ symbol: symbol - down, right: right + across }),
  draw({ symbol, right, symbols, kernels, usual }) {
    const still = symbols[symbol].map((value) => value / 255);
    const moved = still.map((_, i) => still[i - (i % SIDE) + (((i % SIDE) - right + SIDE) % SIDE)]);
    const [before, after] = [features(still, kernels), features(moved, kernels)];
    const most = Math.max(...before.flat());
    return {
      parts: [
        ...cells(moved, SIDE, DOT, 6, TOP, grey),
        ...after.flatMap((map, k) => {
          const [left, top] = [220 + (k % 4) * 106, 26 + Math.floor(k / 4) * 112];
          return [
            element("text", { class: "cnn-axis", x: left, y: top - 6 }, ARROWS[k]),
            element("rect", { class: "cnn-cell", x: left, y: top, width: MAP * CELL, height: MAP * CELL }),
            ...cells(map, MAP, CELL, left, top, (value) => ({ class: "cnn-excites", "fill-opacity": Math.min(1, value / most).toFixed(3) })),
          ];
        }),
      ],
      words: `Symbol ${symbol}, moved by ${plural(right, "pixel")}: its ${SIDE ** 2} pixels change by ${percent(change(still, moved, usual[0]))} of what distinguishes it, its ${8 * MAP ** 2} features by ${percent(change(before.flat(), after.flat(), usual[1]))}.`,
    };
  },
});
