import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { short, signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const SOBEL = [-1, 0, 1, -2, 0, 2, -1, 0, 1];
const CELL = 54;
const PLOT = { left: 424, right: 660, top: 12, bottom: 160 };
const place = scale(-180, 180, PLOT.left, PLOT.right);
const height = scale(-4.6, 4.2, PLOT.bottom, PLOT.top);

/** 3x3 pixels from dark to bright in a direction. */
function windowAt(angle) {
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const light = (_, i) => ((i % 3) - 1) * cos + (Math.floor(i / 3) - 1) * sin + 0.5;
  return Array.from({ length: 9 }, light).map((value) => Math.max(0, Math.min(1, value)));
}

const answer = (angle) => windowAt(angle).reduce((sum, pixel, i) => sum + pixel * SOBEL[i], 0);

/** Nine cells with their numbers under a name; `look` gives a cell's class or style. */
const cells = (values, left, name, look, written) => [
  element("text", { class: "cnn-tick", x: left, y: 14 }, name),
  ...values.flatMap((value, i) => {
    const [x, y] = [left + (i % 3) * CELL, 22 + Math.floor(i / 3) * CELL];
    return [
      element("rect", { class: "cnn-cell", x, y, width: CELL - 2, height: CELL - 2 }),
      element("rect", { x, y, width: CELL - 2, height: CELL - 2, ...look(value) }),
      element("text", { class: "cnn-label", x: x + CELL / 2 - 1, y: y + CELL / 2 + 4, ...written(value) }, short(value)),
    ];
  }),
];

export default figure({
  size: [680, 206],
  label: "Edge: left and right arrow keys turn it",
  step: ({ angle }, [down, right]) => ({ angle: angle + 5 * (right + down) }),
  point: ({ angle }, [x, y]) => ({
    angle: Math.round(x > PLOT.left ? ((x - PLOT.left) / (PLOT.right - PLOT.left)) * 360 - 180
      : x < 3 * CELL ? (Math.atan2(y - 22 - 1.5 * CELL, x - 1.5 * CELL) * 180) / Math.PI : angle),
  }),
  draw({ angle }) {
    const z = Math.round(100 * answer(angle)) / 100 || 0; // no −0
    const grey = (value) => `rgb(${Array(3).fill(Math.round(255 * value))})`;
    return {
      parts: [
        ...cells(windowAt(angle), 0, "window", (value) => ({ style: `fill: ${grey(value)}` }), (value) => ({ style: `fill: ${value > 0.5 ? "#111" : "#fff"}` })),
        ...cells(SOBEL, 190, "weights", (value) => ({ class: value < 0 ? "cnn-inhibits" : "cnn-excites", "fill-opacity": 0.3 * Math.abs(value) }), () => ({})),
        ...axes(PLOT, { place, ticks: [-180, 0, 180], text: (value) => `${signed(value)}°` }, { place: height, ticks: [-4, -2, 0, 2, 4], text: signed }),
        element("path", { class: "cnn-curve", d: `M${Array.from({ length: 73 }, (_, i) => 5 * i - 180).map((at) => `${place(at)},${height(answer(at))}`).join("L")}` }),
        element("circle", { class: "cnn-dot", cx: place(angle), cy: height(z), r: 7 }),
      ],
      words: `Turned by ${signed(angle)}°: the neuron answers ${signed(z.toFixed(2))}.`,
    };
  },
});
