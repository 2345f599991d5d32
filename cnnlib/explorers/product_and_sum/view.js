import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { raised, signed, whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 62, right: 470, top: 26, bottom: 232 };
const [LEAST, MOST] = [-24, 16]; // powers of ten that are drawn
const MOST_UNITS = 50;
const [across, up] = [scale(0, MOST_UNITS, PLOT.left, PLOT.right), scale(LEAST, MOST, PLOT.bottom, PLOT.top)];

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
  point: (_, [px]) => ({ units: Math.round((MOST_UNITS * (px - PLOT.left)) / (PLOT.right - PLOT.left)) }),
  draw({ slope, units }) {
    const a = Math.round(20 * slope) / 20;
    const both = [["without", "cnn-product", Math.abs(a), 8], ["with", "cnn-curve", 1 + a, -8]];
    const curve = ([name, className, factor, beside]) => {
      const rate = Math.log10(factor);
      const last = Math.max(LEAST, Math.min(MOST, MOST_UNITS * rate)); // where the line leaves the drawing
      const end = rate ? last / rate : MOST_UNITS;
      const dot = units <= end ? [element("circle", { class: "cnn-dot", cx: across(units), cy: up(units * rate), r: 5 })] : [];
      return [
        element("path", { class: className, d: `M${across(0)} ${up(0)}L${across(end).toFixed(1)} ${up(last).toFixed(1)}` }),
        ...dot,
        element("text", { class: "cnn-tick", x: across(end) + 10, y: up(last) + (last === LEAST ? -10 : beside), dy: "0.35em" }, name),
      ];
    };
    const [product, sum] = both.map(([, , factor]) => said(factor ** units));
    return {
      title: "A gradient behind each unit, with shortcuts and without",
      parts: [
        ...axes(PLOT, { place: across, ticks: [0, 10, 20, 30, 40, 50], name: "units passed" }, { place: up, ticks: [-24, -16, -8, 0, 8, 16], text: (power) => (power ? `10${raised(power)}` : "1") }),
        ...both.flatMap(curve),
      ],
      words: `Behind ${units} units with a slope of ${signed(a.toFixed(2))}: the gradient times ${product} without shortcuts, times ${sum} with them.`,
    };
  },
});
