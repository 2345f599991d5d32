import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [LEFT, RIGHT, TOP, ROW] = [124, 560, 8, 46];
const NAMES = ["one device", "device 1", "device 2"];
const AXES = { gradient: [0, 8, "gradient of a picture; line: the mean"], normalization: [-3, 3, "normalized value of a picture; line: the mean"] };

const mean = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;
const said = (value) => signed(value.toFixed(2)).replace("−0.00", "0.00");

function normal(values) {
  const middle = mean(values);
  const spread = Math.sqrt(mean(values.map((one) => (one - middle) ** 2)));
  return { middle, spread, values: values.map((one) => (spread ? (one - middle) / spread : 0)) };
}

export default figure({
  size: [570, TOP + 3 * ROW + 60],
  label: "Batch: left and right arrow keys move pictures from device to device",
  step: ({ first }, [down, right]) => ({ first: first + right - down }),
  draw({ first, kind, values }) {
    const [low, high, name] = AXES[kind];
    const across = scale(low, high, LEFT, RIGHT - 12);
    const parts = [values, values.slice(0, first), values.slice(first)];
    const found = parts.map(normal);
    const plot = { left: LEFT, right: RIGHT - 12, top: TOP, bottom: TOP + 3 * ROW };
    const ticks = Array.from({ length: high - low + 1 }, (_, i) => low + i);
    const rows = parts.flatMap((part, row) => {
      const y = TOP + (row + 0.5) * ROW;
      const shown = kind === "gradient" ? part : found[row].values;
      const number = (i) => i + 1 + (row === 2 ? first : 0);
      const middle = across(mean(shown));
      return [
        element("text", { class: "cnn-axis", x: LEFT - 22, y, dy: "0.35em", "text-anchor": "end" }, NAMES[row]),
        element("line", { class: "cnn-curve", x1: middle, x2: middle, y1: y, y2: y + 22 }),
        ...shown.flatMap((value, i) => [
          element("circle", { class: "cnn-dot", cx: across(value), cy: y + 8, r: 6 }),
          element("text", { class: "cnn-tick", x: across(value), y: y - 5, "text-anchor": "middle" }, String(number(i))),
        ]),
      ];
    });
    const [whole, one, two] = found;
    const gradient = `Device 1 has the mean ${said(one.middle)}, device 2 ${said(two.middle)}. Mean of the two means: ${said((one.middle + two.middle) / 2)}; ` +
      `both sums over the 8 of the batch: ${said(whole.middle)}, as on one device.`;
    const normalization = `One device subtracts ${said(whole.middle)} and divides by ${said(whole.spread)}; device 1 ${said(one.middle)} and ${said(one.spread)}, ` +
      `device 2 ${said(two.middle)} and ${said(two.spread)}. Picture 1: ${said(whole.values[0])} on one device, ${said(one.values[0])} on device 1.`;
    return {
      parts: [...axes(plot, { place: across, ticks, text: signed, name }, { place: () => 0, ticks: [] }), ...rows],
      words: kind === "gradient" ? gradient : normalization,
    };
  },
});
