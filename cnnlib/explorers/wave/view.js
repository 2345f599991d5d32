import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { percent, plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const LENGTH = 64;
const ROWS = [{ name: "in", middle: 36 }, { name: "out", middle: 140 }];
const HEIGHT = 26; // of a wave that the kernel leaves alone
const PLOT = { left: 492, right: 690, top: 14, bottom: 158 };
const place = scale(0, LENGTH / 2, PLOT.left, PLOT.right);
const height = scale(0, 3, PLOT.bottom, PLOT.top);

/** What the kernel makes of cos(2 pi waves i / LENGTH): [real, imaginary] factor. */
function gain(weights, waves) {
  const angle = (u) => (2 * Math.PI * waves * (u - 2)) / LENGTH;
  return [weights.reduce((sum, w, u) => sum + w * Math.cos(angle(u)), 0), weights.reduce((sum, w, u) => sum + w * Math.sin(angle(u)), 0)];
}

export default figure({
  size: [700, 226],
  label: "Wave: left and right arrow keys make it slower and faster",
  step: ({ waves }, [down, right]) => ({ waves: waves + right - down }),
  point: ({ waves }, [px]) => ({ waves: px < PLOT.left ? waves : Math.round(((px - PLOT.left) / (PLOT.right - PLOT.left)) * (LENGTH / 2)) }),
  draw({ kernel, waves, weights }) {
    const [real, imaginary] = gain(weights[kernel], waves);
    const size = (at) => Math.hypot(...gain(weights[kernel], at));
    const wave = (i) => [Math.cos((2 * Math.PI * waves * i) / LENGTH), Math.sin((2 * Math.PI * waves * i) / LENGTH)];
    const values = [(i) => wave(i)[0], (i) => real * wave(i)[0] - imaginary * wave(i)[1]];
    const cells = Array.from({ length: LENGTH }, (_, i) => i);
    const curve = Array.from({ length: 129 }, (_, i) => i / 4);
    return {
      parts: [
        ...ROWS.flatMap(({ name, middle }, row) => [
          element("text", { class: "cnn-tick", x: 0, y: middle + 4 }, name),
          element("line", { class: "cnn-grid", x1: 36, x2: 418, y1: middle, y2: middle }),
          ...cells.map((i) => {
            const value = HEIGHT * values[row](i);
            return element("rect", { class: value < 0 ? "cnn-inhibits" : "cnn-excites", x: 38 + 5.9 * i, y: middle - Math.max(0, value), width: 5, height: Math.abs(value) });
          }),
        ]),
        ...axes(PLOT, { place, ticks: [0, 8, 16, 24, 32], name: "waves in the row" }, { place: height, ticks: [0, 1, 2, 3], text: percent }),
        element("path", { class: "cnn-curve", d: `M${curve.map((at) => `${place(at)},${height(size(at))}`).join("L")}` }),
        element("circle", { class: "cnn-dot", cx: place(waves), cy: height(size(waves)), r: 7 }),
      ],
      words: `${plural(waves, "wave")} in, ${size(waves) > 1e-9 ? plural(waves, "wave") : "nothing"} out: the height becomes ${percent(size(waves))}.`,
    };
  },
});
