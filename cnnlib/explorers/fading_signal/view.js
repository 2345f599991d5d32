import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { three } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 96, right: 610, top: 10, bottom: 200 };
const across = scale(0, 50, PLOT.left, PLOT.right);
const [LEAST, MOST] = [-16, 10]; // powers of ten that are drawn
const up = scale(LEAST, MOST, PLOT.bottom, PLOT.top);
const raised = (power) => [...String(power)].map((sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]).join("");

/** A factor with two digits, however small or large. */
function said(factor) {
  if (factor >= 0.001 && factor < 1e6) return factor < 1 ? String(Number(factor.toPrecision(2))) : three(Number(factor.toPrecision(2)));
  const [digits, power] = factor.toExponential(1).split("e");
  return `${digits}·10${raised(Number(power))}`;
}

export default figure({
  size: [640, 268],
  label: "Signal: left and right arrow keys go from layer to layer, up and down change the weights",
  step: ({ size, layers }, [down, right]) => ({ layers: layers + right, size: Number((size - 0.05 * down).toFixed(2)) }),
  point: (_, [x]) => ({ layers: Math.round((50 * (x - PLOT.left)) / (PLOT.right - PLOT.left)) }),
  draw({ size, layers }) {
    const rate = Math.log10(size);
    const end = Math.max(LEAST, Math.min(MOST, 50 * rate)); // where the line leaves the drawing
    const last = rate ? end / rate : 50;
    const place = Math.max(LEAST, Math.min(MOST, layers * rate));
    return {
      title: `Weights ${size.toFixed(2)} times as large as He's`,
      parts: [
        ...axes(PLOT, { place: across, ticks: [0, 10, 20, 30, 40, 50], name: "layers" }, { place: up, ticks: [-16, -12, -8, -4, 0, 4, 8], text: (power) => (power ? `10${raised(power)}` : "1"), name: "size of the signal" }),
        element("line", { class: "cnn-stroke", "stroke-dasharray": "4 3", x1: PLOT.left, x2: PLOT.right, y1: up(0), y2: up(0) }),
        element("path", { class: "cnn-curve", d: `M${across(0)} ${up(0).toFixed(1)}L${across(last).toFixed(1)} ${up(end).toFixed(1)}` }),
        element("circle", { class: "cnn-dot", cx: across(Math.min(layers, last)), cy: up(place), r: 6 }),
      ],
      words: `Behind ${layers} layers the signal is ${said(size ** layers)} times as large as the picture's; the gradient on its way back shrinks or grows alike.`,
    };
  },
});
