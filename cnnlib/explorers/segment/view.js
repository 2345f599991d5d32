import { scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { short } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const WIDTH = 640;
const x = scale(0, 400, 8, WIDTH - 8);
const ROWS = { sound: { middle: 96, unit: 24 }, answers: { middle: 216, unit: 40 } };

const line = ({ middle, unit }, values, first = 0) => `M${values.map((value, i) => `${x(first + i)},${middle - unit * value}`).join("L")}`;

export default figure({
  size: [WIDTH, 264],
  label: "Window: left and right arrow keys slide it",
  step: ({ start }, [down, right]) => ({ start: start + right + down }),
  point: (_, [px]) => ({ start: Math.round(((px - 8) / (WIDTH - 16)) * 400) - 12 }),
  draw({ start, sound, kernel }) {
    const size = kernel.length;
    const answer = (first) => kernel.reduce((sum, weight, u) => sum + weight * sound[first + u], 0);
    const answers = Array.from({ length: sound.length - size + 1 }, (_, first) => answer(first));
    const { sound: above, answers: below } = ROWS;
    const most = Math.max(...kernel.map(Math.abs));
    return {
      parts: [
        element("rect", { class: "cnn-window", x: x(start), y: above.middle - 1.5 * above.unit, width: x(size) - x(0), height: 3 * above.unit }),
        element("path", { class: "cnn-curve cnn-heard", d: line(above, sound) }),
        element("path", { class: "cnn-curve cnn-laid", d: line(above, kernel.map((weight) => weight / most), start) }),
        element("path", { class: "cnn-curve", d: line(below, answers, size >> 1) }),
        element("circle", { class: "cnn-dot", cx: x(start + (size >> 1)), cy: below.middle - below.unit * answers[start], r: 6 }),
        element("text", { class: "cnn-tick", x: 8, y: 44 }, "sound, and the kernel on it"),
        element("text", { class: "cnn-tick", x: 8, y: 164 }, "answers"),
      ],
      words: `Samples ${start} to ${start + size - 1}: the answer is ${short(answers[start])}.`,
    };
  },
});
