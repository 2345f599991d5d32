import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 62, right: 540, top: 10, bottom: 210 };
const [across, up] = [scale(-4.4, 4.4, PLOT.left, PLOT.right), scale(-1.9, 1.9, PLOT.bottom, PLOT.top)];
const SUMS = [-4, -2, 0, 2, 4];
const CELL = 11;

/** What the five outputs amount to. */
function kind(outputs) {
  const yes = outputs.filter((value) => value > 0).length;
  const steps = outputs.slice(1).map((value, i) => value - outputs[i]);
  if (Math.min(...steps) > 0.8 * Math.max(...steps)) return "equal steps, nearly: the unit blurs";
  if (yes === 1) return "only all four together give more than 0: a soft AND";
  if (yes === 4) return "one of the four is enough for more than 0: a soft OR";
  return `${yes} of the five are above 0`;
}

export default figure({
  size: [560, 262],
  label: "Pooling: left and right arrow keys change the bias, up and down the coefficient",
  step: ({ coefficient, bias }, [down, right]) => ({ coefficient: coefficient - 0.05 * down, bias: bias + 0.25 * right }),
  draw({ coefficient, bias }) {
    const unit = (sum) => 1.7159 * Math.tanh((2 / 3) * (coefficient * sum + bias));
    const outputs = SUMS.map(unit);
    const path = Array.from({ length: 89 }, (_, i) => -4.4 + i / 10).map((sum) => `${across(sum).toFixed(1)} ${up(unit(sum)).toFixed(1)}`);
    const window = (sum, ones) => Array.from({ length: 4 }, (_, i) => element("rect", {
      class: i < ones ? "cnn-cell cnn-lit" : "cnn-cell", x: across(sum) + (i % 2 ? 1 : -CELL), y: PLOT.bottom + 26 + (i > 1 ? CELL + 1 : 0), width: CELL - 1, height: CELL - 1,
    }));
    return {
      parts: [
        ...axes(PLOT, { place: across, ticks: SUMS, text: signed }, { place: up, ticks: [-1, 0, 1], text: signed, name: "output" }),
        element("path", { class: "cnn-curve", d: `M${path.join("L")}` }),
        ...SUMS.flatMap((sum, ones) => [...window(sum, ones), element("circle", { class: "cnn-dot", cx: across(sum), cy: up(outputs[ones]), r: 5 })]),
        element("text", { class: "cnn-tick", x: 2, y: PLOT.bottom + 16 }, "sum"),
      ],
      words: `${outputs.map((value) => signed((Math.round(100 * value) / 100 || 0).toFixed(2))).join(", ")} for none to four inputs at 1: ${kind(outputs)}.`,
    };
  },
});
