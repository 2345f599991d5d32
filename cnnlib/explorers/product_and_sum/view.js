import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { signed, whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 62, right: 470, top: 26, bottom: 232 };
const [LEAST, MOST] = [-12, 12]; // powers of ten that are drawn
const [across, up] = [scale(0, 50, PLOT.left, PLOT.right), scale(LEAST, MOST, PLOT.bottom, PLOT.top)];

const raised = (power) => [...String(power)].map((sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]).join("");
const held = (power) => Math.max(LEAST, Math.min(MOST, power));

/** A factor with two digits, however small or large. */
function said(factor) {
  if (factor === 0) return "0";
  if (factor >= 0.01 && factor < 1e6) return whole(Number(factor.toPrecision(2)));
  const [digits, power] = factor.toExponential(1).split("e");
  return `${digits}·10${raised(Number(power))}`;
}

export default figure({
  size: [590, 284],
  label: "Gradient: left and right arrow keys go from unit to unit, up and down change the slope",
  step: ({ slope, units }, [down, right]) => ({ slope: slope - 0.05 * down, units: units + right }),
  point: (_, [px]) => ({ units: Math.round((50 * (px - PLOT.left)) / (PLOT.right - PLOT.left)) }),
  draw({ slope, units }) {
    const a = Math.round(20 * slope) / 20;
    const both = [["product", "cnn-product", Math.abs(a)], ["sum", "cnn-curve", 1 + a]];
    const curve = ([name, className, factor]) => {
      const power = (k) => held(k * Math.log10(factor) || 0);
      const path = Array.from({ length: 51 }, (_, k) => `${across(k).toFixed(1)} ${up(power(k)).toFixed(1)}`);
      return [
        element("path", { class: className, d: `M${path.join("L")}` }),
        element("circle", { class: "cnn-dot", cx: across(units), cy: up(power(units)), r: 5 }),
        element("text", { class: "cnn-tick", x: PLOT.right + 14, y: up(power(50)) + (name === "sum" ? -8 : 8), dy: "0.35em" }, name === "sum" ? "shortcuts" : "without"),
      ];
    };
    const [product, sum] = both.map(([, , factor]) => said(factor ** units));
    return {
      parts: [
        ...axes(PLOT, { place: across, ticks: [0, 10, 20, 30, 40, 50], name: "units passed" }, { place: up, ticks: [-12, -8, -4, 0, 4, 8, 12], text: (power) => (power ? `10${raised(power)}` : "1") }),
        ...both.flatMap(curve),
      ],
      words: `Behind ${units} units with a slope of ${signed(a.toFixed(2))}: the gradient times ${product} without shortcuts, times ${sum} with them.`,
    };
  },
});
