import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 66, right: 590, top: 28, bottom: 210 };
const up = scale(0, 100, PLOT.bottom, PLOT.top);
const RANGES = { "-1 to 1": ["cnn-curve", "−1 to 1"], "0 to 255": ["cnn-other-curve", "0 to 255"] };
const mean = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;

export default figure({
  size: [602, 272],
  label: "Runs: left and right arrow keys go from seed to seed, up and down change what the head reads",
  step: ({ seed, read }, [down, right]) => ({ seed: seed + right, read: down ? (read === "pooled" ? "flattened" : "pooled") : read }),
  draw({ read, seed, runs }) {
    const of = (range) => runs[`${range}, ${read}`];
    const epochs = of("0 to 255").curves[0].length;
    const across = scale(0.5, epochs + 0.5, PLOT.left, PLOT.right);
    const line = (range) => of(range).curves.map((curve, i) => element("path", {
      class: RANGES[range][0], "stroke-opacity": i === seed ? 1 : 0.3, d: `M${curve.map((share, epoch) => `${across(epoch + 1).toFixed(1)} ${up(share).toFixed(1)}`).join("L")}`,
    }));
    const ends = Object.entries(RANGES).flatMap(([range, [, text]]) => {
      const last = of(range).curves[seed];
      return [
        ...last.map((share, epoch) => element("circle", { class: "cnn-dot", cx: across(epoch + 1), cy: up(share), r: 3.5 })),
        element("text", { class: "cnn-axis", x: across(epochs) - 4, y: up(last.at(-1)) + (range === "0 to 255" ? 22 : -9), "text-anchor": "end" }, text),
      ];
    });
    const said = (range) => {
      const { curves, loss } = of(range);
      return `${RANGES[range][1]}: loss ${loss[seed].toFixed(2)} in the first epoch, ${curves[seed][0].toFixed(1)} % right after it, ${curves[seed].at(-1).toFixed(1)} % after the last`;
    };
    return {
      title: `Test pictures right on average: ${Object.entries(RANGES).map(([range, [, text]]) => `${mean(of(range).accuracy).toFixed(1)} % with ${text}`).join(", ")}`,
      parts: [
        ...axes(PLOT, { place: across, ticks: Array.from({ length: epochs }, (_, i) => i + 1), name: "epochs" }, { place: up, ticks: [0, 20, 40, 60, 80, 100], name: "validation, % right" }),
        ...Object.keys(RANGES).flatMap(line),
        ...ends,
      ],
      words: `Seed ${seed}. ${said("-1 to 1")}. ${said("0 to 255")}.`,
    };
  },
});
