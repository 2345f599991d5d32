import { axes, linearTicks, logTicks, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { brief } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 62, right: 470, top: 12, bottom: 236 };
const KINDS = { dense: ["cnn-curve", "DenseNets"], residual: ["cnn-other-curve", "ResNets"] };
const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;

export default figure({
  size: [580, 288],
  label: "Runs: left and right arrow keys go from seed to seed",
  step: ({ seed }, [, right]) => ({ seed: seed + right }),
  draw({ size, seed, runs }) {
    const sizes = runs.map((one) => one[size]);
    const [least, most] = [Math.min(...sizes) / 1.5, Math.max(...sizes) * 1.5];
    const across = scale(least, most, PLOT.left, PLOT.right, { log: true });
    const all = runs.flatMap(({ accuracy }) => accuracy);
    const [low, high] = [Math.floor(Math.min(...all) / 5) * 5, Math.ceil(Math.max(...all) / 5) * 5];
    const up = scale(low, high, PLOT.bottom, PLOT.top);
    const line = ([kind, [name, title]]) => {
      const own = runs.filter((one) => one.kind === kind).sort((a, b) => a[size] - b[size]);
      const last = own.at(-1);
      return [
        element("path", { class: name, d: `M${own.map((one) => `${across(one[size]).toFixed(1)} ${up(mean(one.accuracy)).toFixed(1)}`).join("L")}` }),
        element("text", { class: "cnn-tick", x: across(last[size]) + 12, y: up(mean(last.accuracy)), dy: "0.35em" }, title),
      ];
    };
    const dots = (marked) => runs.flatMap((one) =>
      one.accuracy.flatMap((value, i) => ((i === seed) === marked ? [element("circle", { class: "cnn-dot", "fill-opacity": marked ? 1 : 0.25, cx: across(one[size]), cy: up(value), r: marked ? 6 : 4 })] : [])));
    return {
      title: "How many new pictures each network names rightly; lines join the means",
      parts: [
        ...axes(PLOT, { place: across, ticks: logTicks(least, most), text: brief, name: size === "parameters" ? "parameters" : "multiply-adds for a picture" }, { place: up, ticks: linearTicks(low, high), name: "% right" }),
        ...Object.entries(KINDS).flatMap(line),
        ...dots(false),
        ...dots(true),
      ],
      words: `Seed ${seed}: ${runs.map(({ network, accuracy, ...one }) => `${network}, ${brief(one[size])} ${size === "parameters" ? "parameters" : "multiply-adds"}, ${accuracy[seed].toFixed(1)} %`).join("; ")}.`,
    };
  },
});
