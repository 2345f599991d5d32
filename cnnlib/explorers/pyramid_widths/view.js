import { axes, linearTicks, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [UNITS, START] = [54, 16];
const PLOT = { left: 62, right: 448, top: 12, bottom: 216 };
const across = scale(0, UNITS, PLOT.left, PLOT.right);
const UNIT = Array.from({ length: UNITS }, (_, i) => i + 1);

const RULES = {
  additive: (alpha) => UNIT.map((unit) => START + Math.floor((alpha * unit) / UNITS)),
  multiplicative: (alpha) => UNIT.map((unit) => Math.floor(START * ((START + alpha) / START) ** (unit / UNITS) + 1e-9)),
  stages: () => UNIT.map((unit) => START * 2 ** Math.floor((3 * (unit - 1)) / UNITS)),
};
const NAMES = { additive: "adds", multiplicative: "multiplies", stages: "ResNet" };

/** The trained parameters of a PyramidNet for CIFAR-10 whose units have these maps. */
function parameters(maps) {
  let [count, before] = [9 * 3 * START + 2 * START, START];
  for (const width of maps) {
    count += 2 * before + 9 * before * width + 2 * width + 9 * width * width + 2 * width;
    before = width;
  }
  return count + 2 * before + 10 * (before + 1);
}

export default figure({
  size: [560, 268],
  label: "Units: left and right arrow keys go from unit to unit, up and down change α",
  step: ({ unit, alpha }, [down, right]) => ({ unit: unit + right, alpha: alpha - 2 * down }),
  point: (_, [x]) => ({ unit: Math.round(((x - PLOT.left) / (PLOT.right - PLOT.left)) * UNITS + 0.5) }),
  draw({ growth, alpha, unit }) {
    const widths = Object.fromEntries(Object.entries(RULES).map(([rule, maps]) => [rule, maps(alpha)]));
    const most = Math.max(START + alpha, 64);
    const up = scale(0, most, PLOT.bottom, PLOT.top);
    const stairs = (maps) => `M${across(0)} ${up(START)}${maps.map((one, i) => `H${across(i).toFixed(1)}V${up(one).toFixed(1)}H${across(i + 1).toFixed(1)}`).join("")}`;
    const order = Object.keys(RULES).sort((a, b) => (a === growth) - (b === growth));
    const line = (rule) => element("path", { class: rule === growth ? "cnn-curve" : rule === "stages" ? "cnn-other-curve" : "cnn-third-curve", d: stairs(widths[rule]) });
    const ends = { additive: START + alpha, stages: 64 };
    const close = Math.abs(up(ends.additive) - up(ends.stages)) < 20 ? 20 : 0;
    const at = (rule) => widths[rule][unit - 1];
    const other = growth === "additive" ? "multiplicative" : "additive";
    return {
      title: "Maps behind each unit of networks of 110 layers; maps halve their sides at the dotted lines",
      parts: [
        ...axes(PLOT, { place: across, ticks: [0, 9, 18, 27, 36, 45, 54], name: "unit" }, { place: up, ticks: linearTicks(0, most), name: "maps" }),
        ...[18, 36].map((start) => element("line", { class: "cnn-grid cnn-stage-start", x1: across(start), x2: across(start), y1: PLOT.top, y2: PLOT.bottom })),
        ...order.map(line),
        ...["stages", other, growth].map((rule) => element("circle", { class: "cnn-dot", "fill-opacity": rule === growth ? 1 : 0.3, cx: across(unit - 0.5), cy: up(at(rule)), r: rule === growth ? 6 : 4 })),
        element("text", { class: "cnn-tick", x: PLOT.right + 8, y: up(ends.additive) - (alpha < 48 ? -close : 0), dy: "0.35em" }, "PyramidNet"),
        element("text", { class: "cnn-tick", x: PLOT.right + 8, y: up(ends.stages) + (alpha < 48 ? 0 : close), dy: "0.35em" }, NAMES.stages),
      ],
      words:
        `Unit ${unit} of ${UNITS}, α = ${alpha}: ${at("additive")} maps where units add, ${at("multiplicative")} where they multiply, ${at("stages")} in ResNet. ` +
        `The PyramidNet that ${NAMES[growth]} has ${whole(parameters(widths[growth]))} parameters.`,
    };
  },
});
