import { axes, runRows, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { three } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [LEFT, RIGHT, TOP, ROW] = [96, 600, 8, 30];
const RIGHTS = scale(0, 100, LEFT, RIGHT);
const SIZES = scale(1e-8, 1e4, LEFT + 54, RIGHT, { log: true }); // left of them a gradient of 0
const POWERS = [1e-8, 1e-6, 1e-4, 0.01, 1, 100, 1e4];
const place = (size) => (size > 0 ? SIZES(Math.max(size, 1e-8)) : LEFT + 6);
const raised = (value) => `10${[...String(Math.round(Math.log10(value)))].map((sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]).join("")}`;
const written = (value) => (value === null || !Number.isFinite(value) ? "no number" : value < 10 ? value.toFixed(4) : three(value));

export default figure({
  size: [620, 330],
  label: "Runs: left and right arrow keys go from seed to seed",
  step: ({ seed }, [down, right]) => ({ seed: seed + right + down }),
  draw({ failure, seed, trained, runs }) {
    const both = runs[failure];
    const rows = both.map((all, k) => ({ name: k ? "cured" : "failing", values: all.map(({ accuracy }) => accuracy) }));
    const plot = { left: LEFT, right: RIGHT, top: TOP, bottom: TOP + 2 * ROW };
    const [sick, well] = both.map((all) => all[seed]);
    const sizes = [sick, well].map((run) => run[trained ? "after" : "before"]);
    const layers = sizes[0].map(([name]) => name); // from below
    const top = plot.bottom + 66;
    const high = layers.length > 4 ? 18 : 30;
    const lower = { left: LEFT, right: RIGHT, top, bottom: top + layers.length * high };
    const layer = (name, i) => {
      const y = top + (i + 0.5) * high;
      return [
        element("text", { class: "cnn-axis", x: LEFT - 8, y, dy: "0.35em", "text-anchor": "end" }, name),
        element("circle", { class: "cnn-pen", "fill-opacity": 0.45, cx: place(sizes[1][i][1]), cy: y, r: 5 }),
        element("circle", { class: "cnn-dot", cx: place(sizes[0][i][1]), cy: y, r: 5 }),
      ];
    };
    const nothing = element("text", { class: "cnn-tick", x: LEFT + 6, y: lower.bottom + 5, dy: "0.9em", "text-anchor": "middle" }, "0");
    return {
      height: lower.bottom + 58,
      title: `${failure[0].toUpperCase()}${failure.slice(1)}, and the same network cured`,
      parts: [
        ...axes(plot, { place: RIGHTS, ticks: [0, 20, 40, 60, 80, 100], name: "% of new digits right" }, { place: () => 0, ticks: [] }),
        ...runRows(rows, { across: RIGHTS, left: LEFT - 8, top: TOP, high: ROW, marked: seed }),
        ...axes(lower, { place: SIZES, ticks: POWERS, text: raised, name: `kernels' gradients ${trained ? "after" : "before"} the training (grey: cured)` }, { place: () => 0, ticks: [] }),
        nothing,
        ...layers.flatMap(layer),
      ],
      words:
        `Seed ${seed}: ${sick.accuracy.toFixed(1)} % right, cured ${well.accuracy.toFixed(1)} %. ` +
        `Loss ${written(sick.start)} before the training and ${written(sick.loss)} after it, cured ${written(well.loss)}. ` +
        `In one layer ${three(sick.dead)} % of the units are dead, cured ${three(well.dead)} %.`,
    };
  },
});
