import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { percent, plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [OWN, SHOWN, HEIGHT] = [0.1, 50, 30]; // the kernel's own pitch, samples drawn, and how high a tone is
const ROWS = [{ name: "tone", middle: 50 }, { name: "kernel", middle: 138 }];
const PLOT = { left: 462, right: 690, top: 14, bottom: 158 };
const place = scale(0, 20, PLOT.left, PLOT.right);
const height = scale(0, 1, PLOT.bottom, PLOT.top);
const wave = (pitch, i) => Math.sin(2 * Math.PI * pitch * i);

/** How high the answer to a tone of height 1 is. */
function answer(periods, pitch) {
  const kernel = Array.from({ length: Math.round(periods / OWN) }, (_, i) => wave(OWN, i));
  const total = kernel.reduce((sum, w) => sum + w * w, 0);
  const parts = [0.25 / pitch, 0].map((shift) => kernel.reduce((sum, w, i) => sum + w * wave(pitch, i + shift), 0) / total);
  return Math.hypot(...parts);
}

export default figure({
  size: [700, 222],
  label: "Tone: left and right arrow keys change its pitch, up and down the kernel's periods",
  step: ({ pitch, periods }, [down, right]) => ({ pitch: pitch + right, periods: periods - down }),
  point: ({ pitch }, [px]) => ({ pitch: px < PLOT.left ? pitch : Math.round(((px - PLOT.left) / (PLOT.right - PLOT.left)) * 20) }),
  draw({ pitch, periods }) {
    const values = [(i) => wave(pitch / 100, i), (i) => (i < periods / OWN ? wave(OWN, i) : 0)];
    const pitches = Array.from({ length: 96 }, (_, i) => 1 + i / 5);
    const heard = percent(answer(periods, pitch / 100));
    return {
      parts: [
        ...ROWS.flatMap(({ name, middle }, row) => [
          element("text", { class: "cnn-tick", x: 0, y: middle - HEIGHT - 4 }, name),
          element("line", { class: "cnn-grid", x1: 0, x2: 400, y1: middle, y2: middle }),
          ...Array.from({ length: SHOWN }, (_, i) => {
            const value = HEIGHT * values[row](i);
            return element("rect", { class: value < 0 ? "cnn-inhibits" : "cnn-excites", x: 8 * i, y: middle - Math.max(0, value), width: 6, height: Math.abs(value) });
          }),
        ]),
        ...axes(PLOT, { place, ticks: [0, 5, 10, 15, 20], name: "pitch" }, { place: height, ticks: [0, 0.5, 1], text: percent }),
        element("path", { class: "cnn-curve", d: `M${pitches.map((at) => `${place(at)},${height(answer(periods, at / 100))}`).join("L")}` }),
        element("circle", { class: "cnn-dot", cx: place(pitch), cy: height(answer(periods, pitch / 100)), r: 7 }),
      ],
      words: `A kernel of ${plural(periods, "period")} answers to pitch ${pitch} with ${heard} of the tone's height; its own pitch is 10.`,
    };
  },
});
