import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { short, signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 300, right: 630, top: 34, bottom: 168 };
const across = scale(0, 1, PLOT.left, PLOT.right);
const up = scale(-2, 9, PLOT.bottom, PLOT.top);

export default figure({
  size: [640, 234],
  label: "Area: left and right arrow keys change its brightness, up and down the bias",
  step: ({ brightness, bias }, [down, right]) => ({ brightness: Number((brightness + 0.05 * right).toFixed(2)), bias: bias - down / 4 }),
  point: ({ brightness }, [x]) => ({ brightness: x < PLOT.left ? brightness : Math.round(20 * (x - PLOT.left) / (PLOT.right - PLOT.left)) / 20 }),
  draw({ kernel, brightness, bias, sums: { [kernel]: sum } }) {
    const answer = (grey) => grey * sum + bias;
    const shade = Math.round(255 * brightness);
    return {
      parts: [
        element("rect", { class: "cnn-cell", x: 20, y: 20, width: 150, height: 150 }),
        element("rect", { style: `fill: rgb(${shade} ${shade} ${shade})`, x: 21, y: 21, width: 148, height: 148 }),
        element("text", { class: "cnn-axis", x: 95, y: 190, "text-anchor": "middle" }, "an even area"),
        element("text", { class: "cnn-axis", x: PLOT.left, y: 18 }, "answer"),
        ...axes(PLOT, { place: across, ticks: [0, 0.5, 1], text: short, name: "brightness" }, { place: up, ticks: [-2, 0, 2, 4, 6, 8], text: signed }),
        element("path", { class: "cnn-curve", d: `M${across(0)},${up(answer(0))}L${across(1)},${up(answer(1))}` }),
        element("circle", { class: "cnn-dot", cx: across(brightness), cy: up(answer(brightness)), r: 7 }),
      ],
      words: `Brightness ${short(brightness)}, times ${short(sum)}, the sum of the weights${bias ? `, and a bias of ${short(bias)}` : ""}: the neuron answers ${short(answer(brightness))}.`,
    };
  },
});
