import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { short, signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const STEPS = 300;
const [LEAST, MOST] = [1e-6, 100]; // errors that the plot shows
const PLOT = { left: 380, right: 670, top: 10, bottom: 160 };
const place = scale(0, STEPS, PLOT.left, PLOT.right);
const height = scale(LEAST, MOST, PLOT.bottom, PLOT.top, { log: true });

/** Weights and error after each of the steps; the error is a bowl over the nine weights. */
function descent({ curvature, start, target }, rate, momentum) {
  let weights = start;
  let change = start.map(() => 0);
  return Array.from({ length: STEPS + 1 }, () => {
    const off = weights.map((weight, i) => weight - target[i]);
    const slope = curvature.map((row) => row.reduce((sum, value, i) => sum + value * off[i], 0));
    const now = { weights, error: off.reduce((sum, one, i) => sum + (one * slope[i]) / 2, 0), off: Math.max(...off.map(Math.abs)) };
    change = change.map((one, i) => momentum * one - rate * slope[i]);
    weights = weights.map((weight, i) => weight + change[i]);
    return now;
  });
}

/** A kernel as coloured cells with their numbers. */
const kernel = (weights, left, top, cell) => weights.flatMap((weight, i) => {
  const [x, y] = [left + (i % 3) * cell, top + Math.floor(i / 3) * cell];
  const size = { x: x + 1, y: y + 1, width: cell - 2, height: cell - 2 };
  return [
    element("rect", { class: "cnn-cell", ...size }),
    element("rect", { class: weight < 0 ? "cnn-inhibits" : "cnn-excites", ...size, "fill-opacity": 0.6 * Math.min(1, Math.abs(weight) / 2) }),
    element("text", { class: "cnn-label", x: x + cell / 2, y: y + cell / 2 + 4 }, Math.abs(weight) < 100 ? short(weight) : "…"),
  ];
});

const written = (value) => (value < 5e-5 ? "below 0.0001" : signed(value < 1e4 ? value.toFixed(4) : value.toExponential(1)));

export default figure({
  size: [690, 228],
  label: "Steps: left and right arrow keys go on and back",
  step: ({ step }, [down, right]) => ({ step: step + right - down }),
  point: ({ step }, [x]) => ({ step: x < PLOT.left ? step : Math.round(((x - PLOT.left) / (PLOT.right - PLOT.left)) * STEPS) }),
  draw({ step, rate, momentum, bowl }) {
    const every = descent(bowl, rate, momentum);
    const { weights, error, off } = every[step];
    const at = (one) => height(Math.max(LEAST, Math.min(MOST, one)));
    const seen = every.map(({ error: one }, i) => [one, i]).filter(([one]) => one > LEAST && one < MOST);
    return {
      parts: [
        ...kernel(weights, 0, 26, 56),
        element("text", { class: "cnn-axis", x: 0, y: 17 }, `after step ${step}`),
        ...kernel(bowl.target, 190, 26, 40),
        element("text", { class: "cnn-axis", x: 190, y: 17 }, "to be found"),
        element("text", { class: "cnn-axis", x: PLOT.left + 6, y: 22 }, "error"),
        ...axes(PLOT, { place, ticks: [0, 100, 200, 300], name: "step" }, { place: height, ticks: [1e-6, 1e-3, 1, 100], text: (value) => String(value).replace("0.000001", "10⁻⁶") }),
        element("path", { class: "cnn-curve", d: seen.length ? `M${seen.map(([one, i]) => `${place(i)},${at(one)}`).join("L")}` : "" }),
        element("circle", { class: "cnn-dot", cx: place(step), cy: at(error), r: 7 }),
      ],
      words: `Step ${step}: the error is ${written(error)}, the worst weight ${written(off)} off.`,
    };
  },
});
