import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [LEFT, FULL, PITCH, HIGH, TOP] = [60, 380, 34, 22, 6]; // FULL: the widest bar of all reductions

const added = ([, units, maps], r) => units * ((maps + 1) * (maps / r) + (maps / r + 1) * maps);
const NAMES = ["2", "4", "8", "16", "32"];
const BOTTOM = TOP + 4 * PITCH;
const PLOT = { left: LEFT, right: LEFT + FULL, top: BOTTOM + 24, bottom: BOTTOM + 120 };
const place = scale(-0.5, NAMES.length - 0.5, PLOT.left, PLOT.right);
const up = scale(22, 23.5, PLOT.bottom, PLOT.top);

export default figure({
  size: [LEFT + FULL + 90, PLOT.bottom + 56],
  label: "Stages: left and right arrow keys change the reduction",
  step: ({ reduction }, [down, right]) => ({ reduction: NAMES[Math.max(0, Math.min(NAMES.length - 1, NAMES.indexOf(reduction) + right - down))] }),
  draw({ reduction, stages, errors, plain }) {
    const costs = stages.map((stage) => added(stage, Number(reduction)));
    const most = added(stages.at(-1), 2);
    const sum = costs.reduce((a, b) => a + b, 0);
    const [[top1, top5], [plain1, plain5]] = [errors[reduction], errors.none];
    const bars = stages.flatMap(([name], i) => {
      const [y, wide] = [TOP + i * PITCH, Math.max(1, (FULL * costs[i]) / most)];
      return [
        element("text", { class: "cnn-tick", x: LEFT - 8, y: y + HIGH / 2, dy: "0.35em", "text-anchor": "end" }, name),
        element("rect", { class: "cnn-cell cnn-lit", x: LEFT, y, width: wide, height: HIGH, rx: 3 }),
        element("text", { class: "cnn-tick", x: LEFT + wide + 6, y: y + HIGH / 2, dy: "0.35em" }, whole(costs[i])),
      ];
    });
    const across = { place, ticks: NAMES.map((_, i) => i), text: (i) => NAMES[i], name: "top-1 errors, %; dashed: no gates" };
    return {
      title: "Parameters that the gates add to each stage of ResNet-50, and published errors",
      parts: [
        ...bars,
        ...axes(PLOT, across, { place: up, ticks: [22, 22.5, 23, 23.5] }),
        element("line", { class: "cnn-other-curve", x1: PLOT.left, x2: PLOT.right, y1: up(plain1), y2: up(plain1) }),
        element("path", { class: "cnn-curve", d: `M${NAMES.map((name, i) => `${place(i)} ${up(errors[name][0])}`).join("L")}` }),
        element("circle", { class: "cnn-dot", cx: place(NAMES.indexOf(reduction)), cy: up(top1), r: 6 }),
      ],
      words:
        `r = ${reduction}: ${whole(sum)} more parameters, ${((100 * sum) / plain).toFixed(1)} % of ResNet-50's. ` +
        `Published errors: ${top1.toFixed(2)} % top-1 and ${top5.toFixed(2)} % top-5, without gates ${plain1.toFixed(2)} and ${plain5.toFixed(2)} %.`,
    };
  },
});
