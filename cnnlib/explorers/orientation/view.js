import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { percent, signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [CELL, MIDDLE] = [12, 110]; // of the neuron's field
const PLOT = { left: 300, right: 578, top: 14, bottom: 140 };
const x = scale(-90, 90, PLOT.left, PLOT.right);
const y = scale(0, 1, PLOT.bottom, PLOT.top);

/** The neuron's answer to a bar of 21x3 pixels, turned by degrees. */
function answer(field, angle) {
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const inside = (distance, half) => Math.max(0, Math.min(1, half + 1 - Math.abs(distance)));
  const light = (u, v) => inside(v * cos + u * sin, 1) * inside(u * cos - v * sin, 10);
  return Math.max(0, field.flatMap((row, u) => row.map((weight, v) => weight * light(u - 3, v - 3))).reduce((a, b) => a + b, 0));
}

const upright = (angle) => (((angle + 90) % 180) + 180) % 180 - 90;

export default figure({
  size: [600, 220],
  label: "Bar: left and right arrow keys turn it",
  step: ({ angle }, [down, right]) => ({ angle: angle + 5 * (right - down) }),
  point: ({ angle }, [px, py]) => ({
    angle: Math.round(px > 250 ? ((px - PLOT.left) / (PLOT.right - PLOT.left)) * 180 - 90
      : Math.hypot(px - MIDDLE, py - MIDDLE) < 8 ? angle : upright((Math.atan2(px - MIDDLE, MIDDLE - py) * 180) / Math.PI)),
  }),
  draw({ angle, field }) {
    const [share, curve] = [answer(field, angle) / answer(field, 0), Array.from({ length: 181 }, (_, i) => [i - 90, answer(field, i - 90) / answer(field, 0)])];
    const spikes = Math.round(20 * share);
    return {
      parts: [
        element("rect", { class: "cnn-dark-room", x: 6, y: 6, width: 208, height: 208, rx: 8 }),
        element("rect", { class: "cnn-bar-of-light", x: MIDDLE - 18, y: MIDDLE - 126, width: 36, height: 252, transform: `rotate(${angle} ${MIDDLE} ${MIDDLE})`, "clip-path": "inset(0 round 4px)" }),
        ...field.flatMap((row, u) => row.map((weight, v) => element("rect", {
          class: weight > 0 ? "cnn-excites" : "cnn-inhibits", "fill-opacity": 0.55, x: MIDDLE + (v - 3.5) * CELL, y: MIDDLE + (u - 3.5) * CELL, width: CELL - 1, height: CELL - 1,
        }))),
        ...axes(PLOT, { place: x, ticks: [-90, -45, 0, 45, 90], text: (value) => `${signed(value)}°` }, { place: y, ticks: [0, 0.5, 1], text: percent }),
        element("path", { class: "cnn-curve", d: `M${curve.map(([at, value]) => `${x(at)},${y(value)}`).join("L")}` }),
        element("circle", { class: "cnn-dot", cx: x(angle), cy: y(share), r: 7 }),
        element("text", { class: "cnn-tick", x: PLOT.left, y: 186 }, spikes ? "it fires:" : "silence"),
        ...Array.from({ length: spikes }, (_, i) => element("line", { class: "cnn-spike", x1: 388 + 10 * i, x2: 388 + 10 * i, y1: 170, y2: 200 })),
      ],
      words: `A bar turned by ${signed(angle)}° gets ${percent(share)} of the strongest answer.`,
    };
  },
});
