import { axes, linearTicks, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 60, right: 620, top: 12, bottom: 240 };
const x = scale(36, 1360, PLOT.left, PLOT.right, { log: true });
const LOWEST = { whole: 60, shuffled: 90, anywhere: 0 }; // per cent right that is drawn
const VARIANTS = { whole: "", shuffled: ", shuffled", anywhere: ", anywhere" };
const NETWORKS = [{ name: "dense", aside: -5, className: "cnn-dense" }, { name: "convolutional", aside: 5, className: "cnn-convolutional" }];

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The logarithm of the pictures with which a curve reaches so many per cent, straight between two counts. */
function needed(pictures, curve, right) {
  const at = curve.findIndex((share) => share >= right);
  if (at < 1) return at ? NaN : Math.log2(pictures[0]);
  const [from, to] = [at - 1, at].map((i) => Math.log2(pictures[i]));
  return from + ((right - curve[at - 1]) / (curve[at] - curve[at - 1])) * (to - from);
}

export default figure({
  size: [640, 304],
  label: "Curves: up and down arrow keys change what is wanted",
  step: ({ right }, [down]) => ({ right: right - down }),
  point: ({ pixels, right }, [px, py]) => ({ right: px < PLOT.left ? right : Math.round(100 - ((py - PLOT.top) / (PLOT.bottom - PLOT.top)) * (100 - LOWEST[pixels])) }),
  draw({ pixels, right, runs }) {
    const y = scale(LOWEST[pixels], 100, PLOT.bottom, PLOT.top);
    const wanted = Math.min(PLOT.bottom, y(right));
    const found = NETWORKS.map((network) => {
      const { pictures, curves, intervals } = runs[network.name + VARIANTS[pixels]];
      const count = pictures.length > 1 ? 2 ** mean(curves.map((curve) => needed(pictures, curve, right))) : NaN;
      return { ...network, pictures, curves, intervals, count };
    });
    const parts = found.flatMap(({ name, aside, className, pictures, curves, intervals, count }) => {
      const means = pictures.map((_, i) => mean(curves.map((curve) => curve[i])));
      return [
        ...curves.flatMap((curve) => curve.map((share, i) => element("circle", { class: `${className} cnn-start`, cx: x(pictures[i]) + 2 * aside, cy: y(share), r: 2 }))),
        ...intervals.map(([low, high], i) => element("line", { class: `${className} cnn-interval`, x1: x(pictures[i]) + aside, x2: x(pictures[i]) + aside, y1: y(low), y2: y(high) })),
        element("path", { class: `${className} cnn-means`, d: `M${means.map((share, i) => `${x(pictures[i]) + aside},${y(share)}`).join("L")}` }),
        element("text", { class: `${className} cnn-curve-name`, x: PLOT.right - 8, y: PLOT.bottom - (name === "dense" ? 30 : 12), "text-anchor": "end" }, name),
        ...(Number.isNaN(count) ? [] : [element("line", { class: `${className} cnn-needed`, x1: x(count), x2: x(count), y1: wanted, y2: PLOT.bottom })]),
      ];
    });
    const most = ({ curves }) => (curves.some(([first]) => first >= right) ? "at most " : "");
    const say = (one) => `${one.name} ${Number.isNaN(one.count) ? "not from every start" : `${most(one)}${Math.round(one.count)} pictures`}`;
    const needs = found[0].pictures.length > 1 ? `For ${right} % right: ${found.map(say).join(", ")}.` : `How few pictures are enough for ${right} % right was not measured.`;
    const end = ({ name, curves }) => `${name} ${mean(curves.map((curve) => curve.at(-1))).toFixed(1)} %`;
    return {
      parts: [
        ...axes(PLOT, { place: x, ticks: [40, 80, 160, 320, 640, 1221], name: "pictures to learn from" }, { place: y, ticks: linearTicks(LOWEST[pixels], 100), name: "test digits right, %" }),
        ...parts,
        element("line", { class: "cnn-wanted", x1: PLOT.left, x2: PLOT.right, y1: wanted, y2: wanted }),
      ],
      words: `${needs} From all 1,221 pictures: ${found.map(end).join(", ")}.`,
    };
  },
});
