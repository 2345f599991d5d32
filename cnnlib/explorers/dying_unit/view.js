import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 88, right: 610, top: 10, bottom: 210 };
const [across, up] = [scale(0, 1, PLOT.left, PLOT.right), scale(-1, 1.5, PLOT.bottom, PLOT.top)];
const [WEIGHT, BIAS] = [1, 0.5]; // with which the unit begins

const said = (value) => signed(Number(value.toPrecision(3)));

/** The unit [weight, bias] at the points: { loss, alive, slopes }. */
function judged([weight, bias], points, leak) {
  const found = { loss: 0, alive: 0, slopes: [0, 0] };
  for (const [x, target] of points) {
    const sum = weight * x + bias;
    const passed = sum > 0 ? 1 : leak;
    const missed = passed * sum - target;
    found.loss += missed ** 2 / 2 / points.length;
    found.alive += sum > 0;
    [x, 1].forEach((input, i) => (found.slopes[i] += (missed * passed * input) / points.length));
  }
  return found;
}

export default figure({
  size: [640, 278],
  label: "Unit: left and right arrow keys go from step to step, up and down change the learning rate",
  step: ({ rate, step }, [down, right]) => ({ step: step + right, rate: Number((rate - 0.1 * down).toFixed(1)) }),
  draw({ rate, step, leak, points }) {
    let unit = [WEIGHT, BIAS];
    for (let i = 0; i < step; i++) {
      const { slopes } = judged(unit, points, leak);
      unit = unit.map((one, k) => one - rate * slopes[k]);
    }
    const { loss, alive, slopes } = judged(unit, points, leak);
    const [weight, bias] = unit;
    const answer = (x) => Math.max(weight * x + bias, leak * (weight * x + bias));
    const xs = Array.from({ length: 101 }, (_, i) => i / 100);
    const inside = (y) => Math.max(PLOT.top, Math.min(PLOT.bottom, up(y)));
    const path = (f) => `M${xs.map((x) => `${across(x).toFixed(1)} ${inside(f(x)).toFixed(1)}`).join("L")}`;
    const dead = alive ? "" : leak ? " No sum is above 0, and the slope below 0 still brings a gradient." : " It is dead: no step will ever change it.";
    return {
      title: `Above 0 for ${alive} of ${points.length} inputs`,
      parts: [
        ...axes(PLOT, { place: across, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1], name: "input" }, { place: up, ticks: [-1, -0.5, 0, 0.5, 1, 1.5], text: signed, name: "answer" }),
        element("path", { class: "cnn-stroke", fill: "none", "stroke-dasharray": "4 3", d: path((x) => weight * x + bias) }),
        element("path", { class: "cnn-curve", d: path(answer) }),
        ...points.map(([x, target]) => element("circle", { class: "cnn-dot", cx: across(x), cy: up(target), r: 5 })),
      ],
      words: `Step ${step}: weight ${said(weight)}, bias ${said(bias)}, loss ${said(loss)}, gradient ${said(Math.hypot(...slopes))}.${dead}`,
    };
  },
});
