import { element } from "../js/draw/element.js";
import { enclosed, short } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [COUNT, STEP, LEFT, HIGH, ZERO] = [4, 120, 24, 60, 90];
const NAMES = ["edges", "red", "blue", "bright"];
const rolled = (list, by) => list.map((_, i) => list[(i - by + COUNT) % COUNT]);

export default figure({
  size: [640, 210],
  label: "Maps: left and right arrow keys move them on",
  step: ({ moved }, [, right]) => ({ moved: (moved + right + COUNT) % COUNT }),
  draw({ moved, follow, maps, weights }) {
    const [answers, above] = [rolled(maps, moved), rolled(weights, follow ? moved : 0)];
    const sum = (one, other) => one.reduce((total, value, i) => total + value * other[i], 0);
    const [now, before] = [sum(answers, above), sum(maps, weights)];
    return {
      title: Math.abs(now - before) < 1e-9 ? `The neuron above answers ${short(now)}, as in the first order` : `The neuron above answers ${short(now)} instead of ${short(before)}`,
      parts: [
        ...rolled(NAMES, moved).flatMap((name, i) => {
          const x = LEFT + i * STEP;
          return [
            element("rect", { class: "cnn-excites", x, y: ZERO - HIGH * answers[i], width: 60, height: HIGH * answers[i] }),
            element("text", { class: "cnn-label", x: x + 30, y: ZERO - HIGH * answers[i] - 5 }, short(answers[i])),
            element("text", { class: "cnn-axis", x: x + 30, y: ZERO + 20, "text-anchor": "middle" }, name),
            element("rect", { class: "cnn-cell", x, y: 146, width: 60, height: 34 }),
            element("rect", { class: above[i] < 0 ? "cnn-inhibits" : "cnn-excites", x, y: 146, width: 60, height: 34, "fill-opacity": 0.25 * Math.abs(above[i]) }),
            element("text", { class: "cnn-label", x: x + 30, y: 168 }, `× ${short(above[i])}`),
          ];
        }),
        element("text", { class: "cnn-axis", x: LEFT + COUNT * STEP, y: 140 }, `weights ${follow ? "follow" : "stay"}`),
        element("line", { class: "cnn-grid", x1: LEFT - 20, x2: LEFT + COUNT * STEP, y1: ZERO, y2: ZERO }),
        element("text", { class: "cnn-label", x: LEFT + COUNT * STEP + 30, y: 168 }, `= ${short(now)}`),
      ],
      words: `Maps moved on by ${moved}, weights ${follow ? "follow" : "stay"}: ${answers.map((value, i) => `${short(value)} · ${enclosed(short(above[i]))}`).join(" + ")} = ${short(now)}.`,
    };
  },
});
