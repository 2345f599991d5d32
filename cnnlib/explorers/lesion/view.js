import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 62, right: 470, top: 10, bottom: 216 };
const up = scale(0, 100, PLOT.bottom, PLOT.top);
const NETWORKS = ["plain", "residual"];

const count = ({ runs, depth }) => runs[depth].plain.without[0].length;
const place = (settings) => scale(0, count(settings) - 1, PLOT.left + 14, PLOT.right - 14);
const inside = (settings, unit) => Math.max(0, Math.min(count(settings) - 1, unit));

export default figure({
  size: [590, 268],
  label: "Units: left and right arrow keys go from unit to unit, up and down from seed to seed",
  step: (settings, [down, right]) => ({ unit: inside(settings, settings.unit + right), seed: settings.seed - down }),
  point: (settings, [px]) => ({ unit: inside(settings, Math.round(((px - PLOT.left - 14) / (PLOT.right - PLOT.left - 28)) * (count(settings) - 1))) }),
  draw(settings) {
    const { depth, seed, runs } = settings;
    const [across, units, unit] = [place(settings), count(settings), inside(settings, settings.unit)];
    const stage = units / 3;
    const curves = NETWORKS.flatMap((network) => {
      const { accuracy, without } = runs[depth][network];
      const path = (values) => `M${values.map((value, i) => `${across(i).toFixed(1)} ${up(value).toFixed(1)}`).join("L")}`;
      const kind = `cnn-lesion cnn-lesion-${network}`;
      return [
        ...without.map((values, i) => element("path", { class: i === seed ? `${kind} cnn-marked` : kind, d: path(values) })),
        element("line", { class: `${kind} cnn-whole`, x1: PLOT.left, x2: PLOT.right, y1: up(accuracy[seed]), y2: up(accuracy[seed]) }),
        element("circle", { class: "cnn-dot", cx: across(unit), cy: up(without[seed][unit]), r: 5 }),
        element("text", { class: "cnn-tick", x: PLOT.right + 8, y: up(without[seed].at(-1)), dy: "0.35em" }, network),
      ];
    });
    const starts = [stage, 2 * stage].map((first) => element("line", { class: "cnn-grid cnn-stage-start", x1: across(first - 0.5), x2: across(first - 0.5), y1: PLOT.top, y2: PLOT.bottom }));
    const said = (network) => {
      const { accuracy, without } = runs[depth][network];
      return `${network} ${without[seed][unit].toFixed(1)} % right in place of ${accuracy[seed].toFixed(1)} %`;
    };
    return {
      parts: [
        ...axes(PLOT, { place: across, ticks: Array.from({ length: units }, (_, i) => i).filter((i) => units < 12 || i % 2 === 0), text: (i) => String(i + 1), name: "unit removed" }, { place: up, ticks: [0, 20, 40, 60, 80, 100], name: "% right" }),
        ...starts,
        ...curves,
        element("text", { class: "cnn-tick", x: PLOT.right + 8, y: up(55), dy: "0.35em" }, "dotted: all"),
      ],
      words: `Seed ${seed}, without unit ${unit + 1} of ${units}: ${NETWORKS.map(said).join(", ")}.`,
    };
  },
});
