import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 62, right: 560, top: 10, bottom: 216 };
const up = scale(0, 100, PLOT.bottom, PLOT.top);
const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;

export default figure({
  size: [570, 268],
  label: "Gates: left and right arrow keys go from unit to unit, up and down from class to class",
  step: ({ unit, chosen }, [down, right]) => ({ unit: unit + right, chosen: chosen - down }),
  draw({ unit, chosen, seed, runs, names }) {
    const { gates, spread, share } = runs[seed];
    const classes = gates[unit - 1];
    const means = classes[0].map((_, map) => mean(classes.map((one) => one[map])));
    const order = means.map((_, map) => map).sort((a, b) => means[b] - means[a] || a - b);
    const across = scale(0, order.length - 1, PLOT.left + 12, PLOT.right - 12);
    const line = (one, i) => element("path", {
      class: i === chosen - 1 ? "cnn-class-gates cnn-marked" : "cnn-class-gates",
      d: `M${order.map((map, at) => `${across(at).toFixed(1)} ${up(one[map]).toFixed(1)}`).join("L")}`,
    });
    const lines = classes.map(line);
    const ticks = order.map((_, at) => at).filter((at) => order.length === 8 || at % (order.length / 8) === order.length / 8 - 1);
    const own = order.map((map) => classes[chosen - 1][map]);
    return {
      title: `Red: the symbol ${names[chosen - 1]}; grey: the other symbols`,
      parts: [
        ...axes(PLOT, { place: across, ticks, text: (at) => String(at + 1), name: "map, sorted by its gate" }, { place: up, ticks: [0, 20, 40, 60, 80, 100], name: "gate open, %" }),
        ...lines.filter((_, i) => i !== chosen - 1),
        lines[chosen - 1],
      ],
      words:
        `Unit ${unit}, ${order.length} maps, seed ${seed}. For ${names[chosen - 1]} the gates are open by ${Math.min(...own)} to ${Math.max(...own)} %. ` +
        `Between classes they scatter by ${(100 * spread[unit - 1]).toFixed(1)} points; ${share[unit - 1].toFixed(0)} % of a gate's variance is due to the class.`,
    };
  },
});
