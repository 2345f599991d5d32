import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [OUTPUT, PASSED] = [{ left: 48, right: 318, top: 24, bottom: 200 }, { left: 408, right: 678, top: 24, bottom: 200 }];
const SUMS = Array.from({ length: 201 }, (_, i) => (i - 100) / 20);
const KINDS = [
  { name: "ReLU", line: "cnn-curve", f: (a) => Math.max(a, 0), slope: (a) => (a > 0 ? 1 : 0) },
  { name: "tanh", line: "cnn-other-curve", f: Math.tanh, slope: (a) => 1 - Math.tanh(a) ** 2 },
];

const said = (value) => signed(Number(value.toPrecision(3)));

/** A chart of one function of the weighted sum for each kind, with a dot at `sum`. */
function chart(plot, [low, high], ticks, name, value, sum) {
  const [across, up] = [scale(-5, 5, plot.left, plot.right), scale(low, high, plot.bottom, plot.top)];
  return [
    ...axes(plot, { place: across, ticks: [-4, -2, 0, 2, 4], text: signed, name: "weighted sum" }, { place: up, ticks, text: signed }),
    element("text", { class: "cnn-label", x: (plot.left + plot.right) / 2, y: plot.top - 10 }, name),
    ...KINDS.map((kind) => element("path", { class: kind.line, d: `M${SUMS.map((a) => `${across(a).toFixed(1)} ${up(value(kind, a)).toFixed(1)}`).join("L")}` })),
    ...KINDS.map((kind) => element("circle", { class: "cnn-dot", cx: across(sum), cy: up(value(kind, sum)), r: 5 })),
  ];
}

export default figure({
  size: [690, 268],
  label: "Units: left and right arrow keys change the weighted sum, up and down the layers",
  step: ({ sum, layers }, [down, right]) => ({ sum: sum + 0.25 * right, layers: layers - down }),
  draw({ sum, layers }) {
    const passed = ({ slope }, a) => slope(a) ** layers;
    return {
      parts: [
        ...chart(OUTPUT, [-1.2, 5], [-1, 0, 1, 2, 3, 4, 5], "output", ({ f }, a) => f(a), sum),
        ...chart(PASSED, [-0.05, 1.05], [0, 0.5, 1], layers === 1 ? "slope" : `slope to the power of ${layers}`, passed, sum),
        ...KINDS.map(({ name }, i) => element("text", { class: "cnn-tick", x: [236, 270][i], y: [64, 156][i] }, name)),
      ],
      words: `At ${said(sum)}: ${KINDS.map((kind) => `${kind.name} gives ${said(kind.f(sum))} and lets ${said(100 * passed(kind, sum))} % of a gradient back`).join("; ")}.`,
    };
  },
});
