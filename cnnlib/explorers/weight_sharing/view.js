import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 190, right: 548, top: 8, bottom: 176 };
const across = scale(0, 100, PLOT.left, PLOT.right);
const ROWS = [["convolutional", "accuracy", "new"], ["convolutional", "training", "training"], ["dense", "accuracy", "new"], ["dense", "training", "training"]];

const said = (value) => value.toFixed(1);

export default figure({
  size: [570, 232],
  label: "Runs: left and right arrow keys go from seed to seed",
  step: ({ seed }, [, right]) => ({ seed: seed + right }),
  draw({ pictures, seed, runs }) {
    const y = (row) => PLOT.top + 22 + row * 41;
    const rows = ROWS.flatMap(([network, measure, kind], row) => {
      const { [measure]: values, interval } = runs[pictures][network];
      const dots = values.map((value, i) => element("circle", { class: i === seed ? "cnn-dot" : "cnn-run", cx: across(value), cy: y(row), r: i === seed ? 6 : 4 }));
      const [low, high] = interval.map(across);
      const mean = element("line", { class: "cnn-mean-interval", x1: low, x2: high, y1: y(row) + 11, y2: y(row) + 11 });
      return [
        element("text", { class: "cnn-tick", x: PLOT.left - 8, y: y(row), dy: "0.35em", "text-anchor": "end" }, `${network}, ${kind}`),
        ...(measure === "accuracy" ? [mean] : []),
        ...dots.filter((_, i) => i !== seed),
        dots[seed],
      ];
    });
    const [shared, dense] = ["convolutional", "dense"].map((network) => runs[pictures][network]);
    const gap = ({ training, accuracy }) => said(training[seed] - accuracy[seed]);
    return {
      parts: [...axes(PLOT, { place: across, ticks: [0, 20, 40, 60, 80, 100], name: "% right" }, { place: y, ticks: [] }), ...rows],
      words:
        `Seed ${seed}: of new pictures ${said(shared.accuracy[seed])} % right with shared weights, ${said(dense.accuracy[seed])} % without. ` +
        `On its training pictures the one is ${gap(shared)} points better, the other ${gap(dense)}. Lines: 95 % intervals of the means.`,
    };
  },
});
