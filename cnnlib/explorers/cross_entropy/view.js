import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 52, right: 610, top: 10, bottom: 200 };
const across = scale(0, 100, PLOT.left, PLOT.right);
const up = scale(0, 5, PLOT.bottom, PLOT.top);
const loss = (percent) => Math.abs(Math.log(percent / 100));

export default figure({
  size: [640, 268],
  label: "Guess: left and right arrow keys change the probability, up and down the classes",
  step: ({ percent, classes }, [down, right]) => ({ percent: percent + right, classes: classes - down }),
  point: (_, [x]) => ({ percent: Math.round((100 * (x - PLOT.left)) / (PLOT.right - PLOT.left)) }),
  draw({ percent, classes }) {
    const path = Array.from({ length: 200 }, (_, i) => 0.7 + i / 2).map((one) => `${across(one).toFixed(1)} ${up(loss(one)).toFixed(1)}`);
    const [chance, x] = [100 / classes, across(percent)];
    return {
      title: `A right class at ${percent} % costs ${loss(percent).toFixed(2)}`,
      parts: [
        ...axes(PLOT, { place: across, ticks: [0, 20, 40, 60, 80, 100], name: "probability of the right class, %" }, { place: up, ticks: [0, 1, 2, 3, 4, 5], name: "loss" }),
        element("path", { class: "cnn-curve", d: `M${path.join("L")}` }),
        element("line", { class: "cnn-stroke", x1: PLOT.left, x2: across(chance), y1: up(loss(chance)), y2: up(loss(chance)), "stroke-dasharray": "4 3" }),
        element("line", { class: "cnn-stroke", x1: across(chance), x2: across(chance), y1: up(loss(chance)), y2: PLOT.bottom, "stroke-dasharray": "4 3" }),
        element("text", { class: "cnn-tick", x: across(chance) + 6, y: up(loss(chance)) - 4 }, `at random: ${loss(chance).toFixed(2)}`),
        element("line", { class: "cnn-stroke", x1: x, x2: x, y1: up(loss(percent)), y2: PLOT.bottom }),
        element("circle", { class: "cnn-dot", cx: x, cy: up(loss(percent)), r: 6 }),
      ],
      words: `Loss ${loss(percent).toFixed(4)}; its gradient pushes the score of the right class up by ${(1 - percent / 100).toFixed(2)}. A guess at random among ${classes} costs ${loss(chance).toFixed(4)}.`,
    };
  },
});
