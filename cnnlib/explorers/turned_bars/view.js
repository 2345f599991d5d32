import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { percent } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [STEP, MIDDLE, BAR] = [5, 88, 22];
const PLOT = { left: 230, right: 500, top: 14, bottom: 160 };
const NAMES = ["one filter", "largest of 4", "largest of 8"];
const place = scale(0, 180, PLOT.left, PLOT.right);
const up = scale(0, 1.6, PLOT.bottom, PLOT.top);

export default figure({
  size: [640, 214],
  label: "Bars: left and right arrow keys turn them",
  step: ({ angle }, [down, right]) => ({ angle: angle + STEP * (right - down) }),
  point: ({ angle }, [x]) => ({ angle: x < PLOT.left ? angle : STEP * Math.round(((x - PLOT.left) / (PLOT.right - PLOT.left)) * 180 / STEP) }),
  draw({ angle, means }) {
    const now = means[Math.round(angle / STEP)];
    const share = (k) => percent(now[k] / Math.max(...means.map((row) => row[k])));
    return {
      parts: [
        element("svg", { x: 4, y: 4, width: 2 * MIDDLE, height: 2 * MIDDLE, viewBox: `0 0 ${2 * MIDDLE} ${2 * MIDDLE}` },
          element("rect", { style: "fill: #111", width: 2 * MIDDLE, height: 2 * MIDDLE }),
          ...Array.from({ length: 7 }, (_, i) => element("rect", { style: "fill: #fff", x: MIDDLE + (2 * i - 6.5) * BAR, y: -MIDDLE, width: BAR, height: 4 * MIDDLE, transform: `rotate(${-angle} ${MIDDLE} ${MIDDLE})` }))),
        ...axes(PLOT, { place, ticks: [0, 45, 90, 135, 180], text: (value) => `${value}°` }, { place: up, ticks: [0, 0.5, 1, 1.5] }),
        ...NAMES.flatMap((name, k) => [
          element("g", { class: `cnn-bars-${k}` }, element("path", { class: "cnn-curve", d: `M${means.map((row, i) => `${place(i * STEP)},${up(row[k])}`).join("L")}` })),
          element("circle", { class: "cnn-dot", cx: place(angle), cy: up(now[k]), r: 5 }),
          element("text", { class: "cnn-tick", x: PLOT.right + 10, y: up(means.at(-1)[k]) + 4 - 9 * (k - 1) }, name),
        ]),
      ],
      words: `Bars turned by ${angle}°: of its strongest, ${NAMES.map((name, k) => `${name} keeps ${share(k)}`).join(", ")}.`,
    };
  },
});
