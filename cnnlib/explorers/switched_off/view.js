import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 62, right: 420, top: 10, bottom: 216 };
const up = scale(0, 100, PLOT.bottom, PLOT.top);
const across = scale(0, 16, PLOT.left + 8, PLOT.right - 8);
const KINDS = { "least important first": "least", "at random": "random", "most important first": "most" };
const brief = (order) => order.replace("important ", "");

export default figure({
  size: [560, 278],
  label: "Maps: left and right arrow keys switch maps on and off, up and down go from seed to seed",
  step: ({ off, seed }, [down, right]) => ({ off: off + right, seed: seed - down }),
  point: (_, [x]) => ({ off: Math.round(((x - PLOT.left - 8) / (PLOT.right - PLOT.left - 16)) * 16) }),
  draw({ off, seed, runs }) {
    const path = (curve) => `M${curve.map((value, i) => `${across(i).toFixed(1)} ${up(value).toFixed(1)}`).join("L")}`;
    const orders = Object.keys(KINDS);
    const lines = orders.flatMap((order) => runs[order].map((curve, i) =>
      element("path", { class: `cnn-switched cnn-switched-${KINDS[order]}${i === seed ? " cnn-marked" : ""}`, d: path(curve) })));
    const keys = orders.flatMap((order, i) => [
      element("path", { class: `cnn-switched cnn-switched-${KINDS[order]} cnn-marked`, d: `M${PLOT.right + 12} ${40 + 26 * i}h16` }),
      element("text", { class: "cnn-tick", x: PLOT.right + 34, y: 40 + 26 * i, dy: "0.35em" }, brief(order)),
    ]);
    return {
      parts: [
        ...axes(PLOT, { place: across, ticks: [0, 4, 8, 12, 16], name: "maps switched off" }, { place: up, ticks: [0, 20, 40, 60, 80, 100], name: "% of a class right" }),
        ...lines,
        ...keys,
        element("line", { class: "cnn-stroke", x1: across(off), x2: across(off), y1: PLOT.top, y2: PLOT.bottom, "stroke-dasharray": "4 3" }),
        ...orders.map((order) => element("circle", { class: "cnn-dot", cx: across(off), cy: up(runs[order][seed][off]), r: 5 })),
      ],
      words: `Seed ${seed}, ${off} of 16 maps off: ${orders.map((order) => `${order} ${runs[order][seed][off].toFixed(1)} %`).join(", ")}.`,
    };
  },
});
