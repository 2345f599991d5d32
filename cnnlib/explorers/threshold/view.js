import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { percent, short, signed, whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [STEP, LOWEST, SEEN] = [0.05, -4, 3]; // of the bars, and how far the plot goes
const PLOT = { left: 98, right: 640, top: 10, bottom: 170 };
const place = scale(-SEEN, SEEN, PLOT.left, PLOT.right);
const height = scale(0.7, 10000, PLOT.bottom, PLOT.top, { log: true });

export default figure({
  size: [660, 240],
  label: "Answers: left and right arrow keys change the bias",
  step: ({ bias }, [down, right]) => ({ bias: Number((bias + STEP * (right - down)).toFixed(2)) }),
  point: (settings, [x]) => ({ bias: Number((Math.round(((x - PLOT.left) / (PLOT.right - PLOT.left) * 2 * SEEN - SEEN) / STEP) * STEP).toFixed(2)) }),
  draw({ bias, counts }) {
    const bars = counts.map((count, i) => ({ count, low: LOWEST + i * STEP + bias })).filter(({ count }) => count);
    const passes = ({ low }) => low > -STEP / 2;
    const total = counts.reduce((sum, count) => sum + count, 0);
    const active = bars.filter(passes).reduce((sum, { count }) => sum + count, 0);
    const shown = bars.filter(({ low }) => low > -SEEN - STEP / 2 && low < SEEN - STEP / 2);
    return {
      title: `Behind the ReLU ${percent(active / total)} of the neurons are active`,
      parts: [
        ...axes(PLOT, { place, ticks: [-3, -2, -1, 0, 1, 2, 3], text: signed, name: "sum of products + bias" }, { place: height, ticks: [1, 10, 100, 1000, 10000], text: whole, name: "neurons" }),
        ...shown.map((bar) => element("rect", { class: passes(bar) ? "cnn-excites" : "cnn-cell", x: place(bar.low) + 0.5, y: height(bar.count), width: place(STEP) - place(0) - 1, height: PLOT.bottom - height(bar.count) })),
        element("line", { class: "cnn-threshold", x1: place(0), x2: place(0), y1: PLOT.top, y2: PLOT.bottom }),
      ],
      words: `Bias ${short(bias)}: ${whole(active)} of ${whole(total)} neurons are active, ${(100 * active / total).toFixed(1)} %.`,
    };
  },
});
