import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 56, right: 566, top: 10, bottom: 250 };
const [EVERY, ENOUGH] = [20, 25]; // steps to a point of a curve, and the error at which it ends
const [across, up] = [scale(0, 600, PLOT.left, PLOT.right), scale(0, 100, PLOT.bottom, PLOT.top)];
const KINDS = [["relu", "ReLU", "cnn-curve"], ["tanh", "tanh", "cnn-other-curve"]];

const end = (curve) => [across(EVERY * curve.length), up(curve.at(-1))];

export default figure({
  size: [650, 318],
  label: "Runs: left and right arrow keys go from seed to seed",
  step: ({ seed }, [, right]) => ({ seed: seed + right }),
  draw({ setup, seed, runs }) {
    const line = (curve, kind, marked) => element("path", {
      class: kind, "stroke-opacity": marked ? 1 : 0.3, d: `M${curve.map((error, i) => `${across(EVERY * (i + 1)).toFixed(1)} ${up(error).toFixed(1)}`).join("L")}`,
    });
    const curves = KINDS.flatMap(([name, , kind]) => runs[setup][name].map((curve, i) => line(curve, kind, i === seed)));
    const marked = KINDS.map(([name, said]) => [runs[setup][name][seed], said]);
    const told = marked.map(([curve, said]) => {
      const steps = EVERY * curve.length;
      return curve.at(-1) <= ENOUGH ? `${said} in ${steps} steps` : `${said} not in ${steps} steps, after which ${curve.at(-1).toFixed(1)} % are wrong`;
    });
    return {
      parts: [
        ...axes(PLOT, { place: across, ticks: [0, 100, 200, 300, 400, 500, 600], name: "steps of training" }, { place: up, ticks: [0, 25, 50, 75, 100], name: "training, % wrong" }),
        element("line", { class: "cnn-stroke", x1: PLOT.left, x2: PLOT.right, y1: up(ENOUGH), y2: up(ENOUGH) }),
        ...curves,
        ...marked.flatMap(([curve, said]) => {
          const [x, y] = end(curve);
          return [element("circle", { class: "cnn-dot", cx: x, cy: y, r: 5 }), element("text", { class: "cnn-tick", x: x + 8, y: y + (said === "ReLU" ? -8 : 14) }, said)];
        }),
      ],
      words: `Seed ${seed}, down to ${ENOUGH} % wrong: ${told.join("; ")}.`,
    };
  },
});
