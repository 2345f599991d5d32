import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { signed, three } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 66, right: 590, top: 10, bottom: 200 };
const [START, WIDEST] = [3, 4]; // of the weight: where it begins, and what the valley shows
const [across, up] = [scale(-WIDEST, WIDEST, PLOT.left, PLOT.right), scale(0, 8, PLOT.bottom, PLOT.top)];
const place = (weight) => [across(weight), up(weight ** 2 / 2)];
const path = (weights) => `M${weights.map((weight) => place(weight).map((one) => one.toFixed(1)).join(" ")).join("L")}`;

export default figure({
  size: [602, 266],
  label: "Valley: left and right arrow keys go from step to step, up and down change the learning rate",
  step: ({ rate, step }, [down, right]) => ({ step: step + right, rate: Number((rate - 0.01 * down).toFixed(2)) }),
  draw({ rate, step }) {
    const weights = Array.from({ length: step + 1 }, (_, i) => START * (1 - rate) ** i);
    const beyond = weights.findIndex((weight) => Math.abs(weight) > WIDEST);
    const shown = beyond < 0 ? weights : weights.slice(0, beyond);
    const ended = beyond < 0 ? "" : ` Step ${beyond} leaves the picture.`;
    return {
      parts: [
        ...axes(PLOT, { place: across, ticks: [-4, -2, 0, 2, 4], name: "weight", text: signed }, { place: up, ticks: [0, 2, 4, 6, 8], name: "loss" }),
        element("path", { class: "cnn-curve", d: path(Array.from({ length: 81 }, (_, i) => (i - 40) / 10)) }),
        element("path", { class: "cnn-stroke", fill: "none", "stroke-dasharray": "4 3", d: path(shown) }),
        ...shown.map((weight, i) => {
          const [cx, cy] = place(weight);
          return element("circle", { class: i === step ? "cnn-dot" : "cnn-pen", "fill-opacity": i === step ? 1 : 0.4, cx, cy, r: i === step ? 6 : 4 });
        }),
      ],
      words: `Step ${step}: the weight is ${signed(three(weights[step]))}, the loss ${three(weights[step] ** 2 / 2)}.${ended}`,
    };
  },
});
