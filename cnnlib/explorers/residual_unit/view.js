import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 46, right: 396, top: 10, bottom: 250 };
const [across, up] = [scale(-2, 2, PLOT.left, PLOT.right), scale(-2.4, 2.4, PLOT.bottom, PLOT.top)];
const XS = Array.from({ length: 81 }, (_, i) => -2 + i / 20);
const WANTED = { near: (x) => x + 0.4 * Math.sin(2.5 * x), far: (x) => 0.9 * Math.cos(2 * x) };

const said = (value) => signed((Math.round(100 * value) / 100 || 0).toFixed(2));
const size = (f) => Math.sqrt(XS.reduce((sum, x) => sum + f(x) ** 2, 0) / XS.length).toFixed(2);

export default figure({
  size: [590, 302],
  label: "Curves: left and right arrow keys move x, up and down change the strength",
  step: ({ x, strength }, [down, right]) => ({ x: x + 0.1 * right, strength: strength - 5 * down }),
  point: (_, [px]) => ({ x: Math.round(10 * (-2 + (4 * (px - PLOT.left)) / (PLOT.right - PLOT.left))) / 10 }),
  draw({ wanted, x, strength }) {
    const h = WANTED[wanted];
    const [share, f] = [strength / 100, (at) => h(at) - at];
    const curves = [
      ["identity: x", "cnn-identity", (at) => at],
      ["wanted: h(x)", "cnn-mapping", h],
      ["without shortcut", "cnn-without", (at) => share * h(at)],
      ["with shortcut", "cnn-curve", (at) => at + share * f(at)],
    ];
    const drawn = curves.flatMap(([name, className, of], row) => {
      const y = PLOT.top + 24 + 26 * row;
      return [
        element("path", { class: className, d: `M${XS.map((at) => `${across(at).toFixed(1)} ${up(of(at)).toFixed(1)}`).join("L")}` }),
        element("line", { class: className, x1: PLOT.right + 14, x2: PLOT.right + 40, y1: y, y2: y }),
        element("text", { class: "cnn-tick", x: PLOT.right + 46, y, dy: "0.35em" }, name),
      ];
    });
    const bar = (className, from, to, beside) =>
      element("line", { class: `cnn-task ${className}`, x1: across(x) + beside, x2: across(x) + beside, y1: up(from), y2: up(to) });
    const [out, alone] = [x + share * f(x), share * h(x)];
    return {
      title: `At x = ${said(x)}: h(x) = ${said(h(x))}, so f(x) = h(x) − x = ${said(f(x))}`,
      parts: [
        ...axes(PLOT, { place: across, ticks: [-2, -1, 0, 1, 2], text: signed, name: "x" }, { place: up, ticks: [-2, -1, 0, 1, 2], text: signed }),
        ...drawn,
        bar("cnn-residual", x, h(x), -10),
        bar("cnn-target", 0, h(x), 10),
        element("circle", { class: "cnn-dot", cx: across(x), cy: up(alone), r: 4 }),
        element("circle", { class: "cnn-dot", cx: across(x), cy: up(out), r: 5 }),
      ],
      words:
        `With ${strength} % of its strength the unit gives ${said(out)} with a shortcut and ${said(alone)} without. ` +
        `Over all x, h is ${size(h)} in size and f ${size(f)} (root of the mean square).`,
    };
  },
});
