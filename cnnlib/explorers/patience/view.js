import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 66, right: 590, top: 10, bottom: 200 };
const up = scale(0.1, 1, PLOT.bottom, PLOT.top, { log: true });

/** After which epoch a training is stopped, and which until then was the best, counted from 1. */
function stopped(losses, patience) {
  let best = 0;
  for (let epoch = 0; epoch < losses.length; epoch++) {
    if (losses[epoch] < losses[best]) best = epoch;
    if (epoch - best >= patience) return [epoch + 1, best + 1];
  }
  return [losses.length, best + 1];
}

export default figure({
  size: [602, 266],
  label: "Training: left and right arrow keys change the patience",
  step: ({ patience }, [down, right]) => ({ patience: patience + right - down }),
  draw({ patience, losses }) {
    const across = scale(0, losses.length, PLOT.left, PLOT.right);
    const [stop, best] = stopped(losses, patience);
    const path = (all) => `M${all.map((loss, i) => `${across(i + 1).toFixed(1)} ${up(loss).toFixed(1)}`).join("L")}`;
    const right = stop > 20;
    return {
      parts: [
        ...axes(PLOT, { place: across, ticks: [0, 5, 10, 15, 20, 25, 30], name: "epoch" }, { place: up, ticks: [0.1, 0.2, 0.5, 1], name: "validation loss" }),
        element("path", { class: "cnn-curve", "stroke-opacity": 0.3, d: path(losses) }),
        element("path", { class: "cnn-curve", d: path(losses.slice(0, stop)) }),
        element("line", { class: "cnn-stroke", x1: across(stop), x2: across(stop), y1: PLOT.top, y2: PLOT.bottom, "stroke-dasharray": "4 3" }),
        element("text", { class: "cnn-tick", x: across(stop) + (right ? -6 : 6), y: PLOT.top + 20, "text-anchor": right ? "end" : "start" }, "stop"),
        element("circle", { class: "cnn-dot", cx: across(best), cy: up(losses[best - 1]), r: 6 }),
      ],
      words: `Patience ${patience}: stops after epoch ${stop} and takes back the weights of epoch ${best}, with a validation loss of ${losses[best - 1]}.`,
    };
  },
});
