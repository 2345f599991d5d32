import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 66, right: 590, top: 10, bottom: 200 };
const up = scale(0, 100, PLOT.bottom, PLOT.top);

export default figure({
  size: [602, 266],
  label: "Runs: left and right arrow keys go from seed to seed",
  step: ({ seed }, [down, right]) => ({ seed: seed + right + down }),
  draw({ optimizer, seed, runs }) {
    const { curves, accuracy } = runs[optimizer];
    const epochs = curves[0].length;
    const across = scale(0, epochs, PLOT.left, PLOT.right);
    const line = (curve, i) => element("path", { class: "cnn-curve", "stroke-opacity": i === seed ? 1 : 0.3, d: `M${curve.map((share, epoch) => `${across(epoch + 1).toFixed(1)} ${up(share).toFixed(1)}`).join("L")}` });
    const mean = accuracy.reduce((sum, one) => sum + one, 0) / accuracy.length;
    return {
      title: `${optimizer}: ${mean.toFixed(1)} % of the test digits right, on average over ${accuracy.length} runs`,
      parts: [
        ...axes(PLOT, { place: across, ticks: [0, 1, 2, 3, 4].map((quarter) => (quarter * epochs) / 4), name: "epochs" }, { place: up, ticks: [0, 20, 40, 60, 80, 100], name: "validation, % right" }),
        element("line", { class: "cnn-stroke", x1: PLOT.left, x2: PLOT.right, y1: up(10), y2: up(10), "stroke-dasharray": "4 3" }),
        element("text", { class: "cnn-tick", x: PLOT.left + 4, y: up(10) - 12 }, "guessing"),
        ...curves.map(line),
        element("circle", { class: "cnn-dot", cx: across(epochs), cy: up(curves[seed].at(-1)), r: 5 }),
      ],
      words: `Seed ${seed}: ${curves[seed][0].toFixed(1)} % of the validation digits right after the first epoch, ${curves[seed].at(-1).toFixed(1)} % after the last; ${accuracy[seed].toFixed(1)} % of the test digits.`,
    };
  },
});
