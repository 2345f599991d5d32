import { axes, logTicks, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { three } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 62, right: 530, top: 10, bottom: 210 };
const [SMALLEST, LARGEST, RATE] = [0.001, 1000, 0.01];
const ORDER = ["twice", "once", "ten", "raw"];
const across = scale(SMALLEST, LARGEST, PLOT.left, PLOT.right, { log: true });
const up = scale(1e-4, 1e3, PLOT.bottom, PLOT.top, { log: true });
const rms = (values) => Math.sqrt(values.reduce((sum, one) => sum + one ** 2, 0) / values.length);

/** Loss and size of the gradient where pixels go up to `largest`. */
function judged({ scores, right, pixels }, largest) {
  const scaled = scores.map((score) => largest * score);
  const top = Math.max(...scaled);
  const raised = scaled.map((score) => Math.exp(score - top));
  const sum = raised.reduce((all, one) => all + one, 0);
  const wrong = raised.map((one, k) => one / sum - (k === right ? 1 : 0));
  return [Math.log(sum) + top - scaled[right], largest * pixels * rms(wrong)];
}

const written = (value) => (value >= 1 ? three(value) : String(Number(value.toPrecision(3))));

export default figure({
  size: [640, 278],
  label: "Scale: left and right arrow keys change the pixels",
  step: ({ scale: now }, [down, right]) => ({ scale: ORDER[Math.max(0, Math.min(3, ORDER.indexOf(now) + right + down))] }),
  draw({ scale: now, largest: every, given }) {
    const largest = every[now];
    const all = Array.from({ length: 121 }, (_, i) => SMALLEST * 10 ** (i / 20));
    const line = (k) => `M${all.map((one) => `${across(one).toFixed(1)} ${up(judged(given, one)[k]).toFixed(1)}`).join("L")}`;
    const [loss, gradient] = judged(given, largest);
    const [x, last] = [across(largest), judged(given, LARGEST)];
    const guess = up(Math.log(10));
    return {
      title: `White is ${written(largest)}: a loss of ${written(loss)}`,
      parts: [
        ...axes(PLOT, { place: across, ticks: logTicks(SMALLEST, LARGEST), name: "largest pixel" }, { place: up, ticks: [0.01, 1, 100] }),
        element("line", { class: "cnn-stroke", "stroke-dasharray": "4 3", x1: PLOT.left, x2: PLOT.right, y1: guess, y2: guess }),
        element("text", { class: "cnn-tick", x: PLOT.left + 6, y: guess - 6 }, "guessing: 2.30"),
        element("path", { class: "cnn-curve", d: line(0) }),
        element("path", { class: "cnn-other-curve", d: line(1) }),
        ...["loss", "gradient"].map((name, k) => element("text", { class: "cnn-tick", x: PLOT.right + 6, y: up(last[k]), dy: k ? "0.6em" : "0.1em" }, name)),
        ...[loss, gradient].map((value) => element("circle", { class: "cnn-dot", cx: x, cy: up(value), r: 5 })),
      ],
      words: `Largest pixel ${written(largest)}: loss ${written(loss)}, gradient ${written(gradient)}. A step at a rate of ${RATE} moves the weights by ${written((100 * RATE * gradient) / given.weights)} % of their size.`,
    };
  },
});
