import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { raised, scientific, signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";
import { carried } from "./math.js";

const PLOTS = { signal: { left: 62, right: 300, top: 36, bottom: 226 }, gradient: { left: 382, right: 620, top: 36, bottom: 226 } };
const [LEAST, MOST] = [-12, 4]; // powers of ten that are drawn
const NAMES = { signal: "the signal on its way up", gradient: "the gradient on its way back" };

const said = (value) => scientific(value, 2);

export default figure({
  size: [690, 294],
  label: "Layers: left and right arrow keys make the network shallower and deeper, up and down change the bias",
  step: ({ depth, bias }, [down, right]) => ({ depth: depth + right, bias: bias - down / 2 }),
  draw({ depth, bias, weights }) {
    const both = { gates: carried(depth, bias, weights, true), plain: carried(depth, bias, weights, false) };
    const chart = ([what, plot]) => {
      const across = scale(0, depth, plot.left, plot.right);
      const up = scale(LEAST, MOST, plot.bottom, plot.top);
      const height = (value) => up(Math.max(LEAST, Math.min(MOST, Math.log10(value || 1e-300))));
      const at = what === "signal" ? depth : 0;
      const curve = ([name, className, other]) => {
        const sizes = both[name][what];
        const upper = sizes[at] > both[other][what][at];
        return [
          element("path", { class: className, d: `M${sizes.map((value, i) => `${across(i).toFixed(1)} ${height(value).toFixed(1)}`).join("L")}` }),
          element("circle", { class: "cnn-dot", cx: across(at), cy: height(sizes[at]), r: 5 }),
          element("text", { class: "cnn-tick", x: across(at) + (at ? -10 : 10), y: height(sizes[at]) + (upper ? -13 : 13), "text-anchor": at ? "end" : "start", dy: "0.35em" }, name),
        ];
      };
      const ticks = [...new Set([0, Math.round(depth / 2), depth])];
      return [
        element("text", { class: "cnn-axis", x: (plot.left + plot.right) / 2, y: 22, "text-anchor": "middle" }, NAMES[what]),
        ...axes(plot, { place: across, ticks, name: "layers" }, { place: up, ticks: [-12, -8, -4, 0, 4], text: (power) => (power ? `10${raised(power)}` : "1") }),
        ...[["gates", "cnn-curve", "plain"], ["plain", "cnn-other-curve", "gates"]].flatMap(curve),
      ];
    };
    const told = ([name, { signal, gradient, alike }]) =>
      `${name === "gates" ? "With" : "Without"} gates the signal is ${said(signal.at(-1))} times as large at the end, resembles the input by ${signed(alike.toFixed(2))}, and the gradient ${said(gradient[0])} times at the beginning.`;
    return { parts: Object.entries(PLOTS).flatMap(chart), words: Object.entries(both).map(told).join(" ") };
  },
});
