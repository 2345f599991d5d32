import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 62, right: 470, top: 10, bottom: 236 };
const up = scale(0.001, 3, PLOT.bottom, PLOT.top, { log: true });

export default figure({
  size: [580, 288],
  label: "Curves: left and right arrow keys go from seed to seed",
  step: ({ seed }, [, right]) => ({ seed: seed + right }),
  draw({ network, seed, runs }) {
    const depths = Object.keys(runs[network]).sort((a, b) => a - b);
    const epochs = runs[network][depths[0]].curve[0].length;
    const across = scale(1, epochs, PLOT.left, PLOT.right);
    const path = (curve) => `M${curve.map((loss, i) => `${across(i + 1).toFixed(1)} ${up(loss).toFixed(1)}`).join("L")}`;
    const curves = depths.flatMap((depth, deep) => {
      const { curve } = runs[network][depth];
      const drawn = (own, i) => element("path", { class: `cnn-run-curve${deep ? " cnn-deep" : ""}${i === seed ? " cnn-marked" : ""}`, d: path(own) });
      return [
        ...curve.map(drawn),
        element("text", { class: "cnn-tick", x: PLOT.right + 8, y: up(curve[seed].at(-1)), dy: "0.35em" }, `${depth} layers`),
      ];
    });
    const said = (depth) => `${runs[network][depth].curve[seed].at(-1).toPrecision(2)} with ${depth} layers (${runs[network][depth].accuracy[seed].toFixed(1)} % of new digits right)`;
    return {
      parts: [
        ...axes(PLOT, { place: across, ticks: Array.from({ length: epochs }, (_, i) => i + 1), name: "epoch" }, { place: up, ticks: [0.001, 0.01, 0.1, 1], name: "loss of training" }),
        ...curves,
      ],
      words: `Seed ${seed}, ${network}: in the last epoch the loss is ${depths.map(said).join(" and ")}.`,
    };
  },
});
