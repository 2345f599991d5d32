import { scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 1, right: 639, top: 1, bottom: 249 };
const [across, up] = [scale(-6.4, 6.4, PLOT.left, PLOT.right), scale(-2.5, 2.5, PLOT.bottom, PLOT.top)];
const START = [4, 2];
const LEVELS = [0.25, 1, 2.25, 4, 6.25, 9].map((part) => 2 * part); // losses whose lines are drawn
const TURNS = Array.from({ length: 73 }, (_, i) => (i * Math.PI) / 36);
const said = (value) => (Math.abs(value) < 1e-9 ? "0" : signed(Number(value.toPrecision(3))));
const holds = (value, low, high) => Math.max(low, Math.min(high, value));

export default figure({
  size: [640, 250],
  label: "Valley: left and right arrow keys go from step to step, up and down change the input",
  step: ({ input, step }, [down, right]) => ({ step: step + right, input: input - down }),
  draw({ rate, input, step }) {
    const curves = [1, input ** 2]; // of the loss, along either weight
    const places = Array.from({ length: step + 1 }, (_, i) => START.map((one, k) => one * (1 - rate * curves[k]) ** i));
    const beyond = places.findIndex(([one, other]) => Math.abs(one) > 6.4 || Math.abs(other) > 2.5);
    const shown = beyond < 0 ? places : places.slice(0, beyond);
    const [one, other] = places[step];
    const loss = (one ** 2 * curves[0] + other ** 2 * curves[1]) / 2;
    const ring = (level) => {
      const [wide, high] = curves.map((bend) => Math.sqrt((2 * level) / bend));
      const corner = (turn) => `${holds(across(wide * Math.cos(turn)), PLOT.left, PLOT.right).toFixed(1)} ${holds(up(high * Math.sin(turn)), PLOT.top, PLOT.bottom).toFixed(1)}`;
      return element("path", { class: "cnn-grid", fill: "none", d: `M${TURNS.map(corner).join("L")}` });
    };
    const dots = shown.map(([x, y], i) => element("circle", { class: i === step ? "cnn-dot" : "cnn-pen", "fill-opacity": i === step ? 1 : 0.4, cx: across(x), cy: up(y), r: i === step ? 6 : 3 }));
    const line = shown.map(([x, y]) => `${across(x).toFixed(1)} ${up(y).toFixed(1)}`).join("L");
    return {
      title: `The loss from above: lines of equal loss, and ${step} steps towards its bottom`,
      parts: [
        ...LEVELS.map(ring),
        element("path", { class: "cnn-curve", d: `M${line}` }),
        ...dots,
        element("text", { class: "cnn-tick", x: PLOT.right - 8, y: up(0) - 6, "text-anchor": "end" }, "first weight →"),
        element("text", { class: "cnn-tick", x: across(0) + 8, y: 16 }, "↑ second weight"),
      ],
      words: `Step ${step}: weights ${said(one)} and ${said(other)}, loss ${said(loss)}. Rates up to ${said(2 / Math.max(...curves))} go down.${beyond < 0 ? "" : ` Step ${beyond} leaves the picture.`}`,
    };
  },
});
