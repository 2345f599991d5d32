import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 62, right: 590, top: 10, bottom: 220 };
const MODULES = ["3a", "3b", "4a", "4b", "4c", "4d", "4e", "5a", "5b"];
const across = scale(-0.5, 8.5, PLOT.left, PLOT.right);
const up = scale(0.005, 100, PLOT.bottom, PLOT.top, { log: true });
const dot = (name, r) => (value, i) => element("circle", { class: name, cx: across(i), cy: up(value), r });

export default figure({
  size: [600, 284],
  label: "Modules: left and right arrow keys change the weight of the heads",
  step: ({ weight }, [down, right]) => ({ weight: weight + 0.05 * (right - down) }),
  draw({ weight, variance, products }) {
    const weights = [1, weight, weight];
    const length = (rows) => Math.sqrt(rows.reduce((sum, row, i) => sum + row.reduce((part, one, j) => part + weights[i] * weights[j] * one, 0), 0));
    const alone = products[variance].map((rows) => Math.sqrt(rows[0][0]));
    const together = products[variance].map(length);
    const times = (i) => (together[i] / alone[i]).toFixed(1);
    const rise = (value, i) => element("line", { class: "cnn-edge cnn-lit", x1: across(i), x2: across(i), y1: up(alone[i]), y2: up(value) });
    return {
      title: "Length of each module's gradient: main loss alone (grey), with both heads (yellow)",
      parts: [
        ...axes(PLOT, { place: across, ticks: MODULES.map((_, i) => i), text: (i) => MODULES[i], name: "module" }, { place: up, ticks: [0.01, 0.1, 1, 10, 100], name: "length" }),
        ...together.map(rise),
        ...alone.map(dot("cnn-alone", 8)),
        ...together.map(dot("cnn-dot", 4.5)),
      ],
      words: `Weight ${weight.toFixed(2)}, variance ${variance}: the gradient of module 3a is ${times(0)} times as long with the heads as without, that of 4d ${times(5)} times, that of 5b ${times(8)} times. Without them 5b's is ${(alone[8] / alone[0]).toPrecision(2)} times as long as 3a's.`,
    };
  },
});
