import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { short, signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const CELL = 54;
const PLOT = { left: 420, right: 640, top: 28, bottom: 164 };
const MOST = 2;
const up = scale(0, MOST, PLOT.bottom, PLOT.top);

const cells = (weights, left, name) => [
  element("text", { class: "cnn-tick", x: left, y: 18 }, name),
  ...weights.flatMap((weight, i) => {
    const [x, y] = [left + (i % 3) * CELL, 28 + Math.floor(i / 3) * CELL];
    const box = { x, y, width: CELL - 2, height: CELL - 2 };
    return [
      element("rect", { class: "cnn-cell", ...box }),
      element("rect", { class: weight < 0 ? "cnn-inhibits" : "cnn-excites", "fill-opacity": 0.3 * Math.min(2, Math.abs(weight)), ...box }),
      element("text", { class: "cnn-label", x: x + CELL / 2 - 1, y: y + CELL / 2 + 4 }, short(weight)),
    ];
  }),
];

export default figure({
  size: [650, 222],
  label: "Runs: left and right arrow keys change the noise, up and down the run",
  step: ({ noise, run }, [down, right]) => ({ noise: noise + right, run: run + down }),
  draw({ noise, run, errors, sobel }) {
    const weights = errors[run].map((error, i) => sobel[i] + noise * error);
    const off = errors.map((row) => noise * Math.max(...row.map(Math.abs)));
    const right = (value) => value < 0.5;
    const place = scale(-1, errors.length, PLOT.left, PLOT.right);
    return {
      title: `Rounded, ${off.filter(right).length} of ${off.length} runs give Sobel's kernel`,
      parts: [
        ...cells(weights, 0, `learned in run ${run}`),
        ...cells(weights.map(Math.round), 200, "rounded"),
        element("text", { class: "cnn-tick", x: PLOT.left, y: 18 }, "worst weight off by"),
        ...axes(PLOT, { place, ticks: [], name: "runs" }, { place: up, ticks: [0, 0.5, 1, 1.5, 2], text: signed }),
        element("line", { class: "cnn-border", x1: PLOT.left, x2: PLOT.right, y1: up(0.5), y2: up(0.5) }),
        ...off.map((value, k) => element("circle", { class: k === run ? "cnn-dot" : right(value) ? "cnn-excites" : "cnn-inhibits", cx: place(k), cy: up(Math.min(MOST, value)), r: k === run ? 6 : 4 })),
      ],
      words: `Noise ${noise} times as strong as the maps, run ${run}: the worst weight is ${off[run].toFixed(2)} off, ${(off.reduce((a, b) => a + b, 0) / off.length).toFixed(2)} on average.`,
    };
  },
});
