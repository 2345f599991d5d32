import { element } from "../js/draw/element.js";
import { plural, short } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [SIDE, CELL, PANEL] = [9, 15, 168];
const [LEFT, TOP, END] = [3, 2, 7]; // of the bright square
const PLACES = Array.from({ length: SIDE ** 2 }, (_, at) => [Math.floor(at / SIDE), at % SIDE]);
const inside = (at, from) => at >= from && at < END;
const PICTURE = ([i, j]) => Number(inside(i, TOP) && inside(j, LEFT));
const ACROSS = ([i, j]) => Number(inside(i, TOP) && j === LEFT);
const DOWN = ([i, j]) => Number(i === TOP && inside(j, LEFT));

export default figure({
  size: [4 * PANEL - 30, 178],
  label: "Maps: left and right arrow keys change the bias",
  step: ({ bias }, [down, right]) => ({ bias: bias + (right - down) / 4 }),
  draw({ bias }) {
    const above = (at) => Math.max(0, ACROSS(at) + DOWN(at) + bias);
    const answers = PLACES.map(above).filter((value) => value > 0);
    const panels = [["picture", PICTURE], ["vertical", ACROSS], ["+ horizontal", DOWN], [`+ bias ${short(bias)}`, above]];
    return {
      title: answers.length === 1 ? "Only the corner is left" : answers.length ? "Edges, and the corner where two meet" : "Silence",
      parts: panels.flatMap(([name, value], k) => [
        element("text", { class: "cnn-label", x: k * PANEL + (SIDE * CELL) / 2, y: 14 }, name),
        ...PLACES.flatMap(([i, j]) => {
          const box = { x: k * PANEL + j * CELL + 1, y: 24 + i * CELL + 1, width: CELL - 1, height: CELL - 1 };
          const shade = value([i, j]) / 2;
          return [element("rect", { class: "cnn-cell", ...box }), ...(shade ? [element("rect", { class: k ? "cnn-excites" : "cnn-cell cnn-lit", ...box, "fill-opacity": k ? 0.25 + 0.75 * shade : 1 })] : [])];
        }),
      ]),
      words: `Bias ${short(bias)}: ${plural(answers.length, "neuron")} of the map above ${answers.length === 1 ? "answers" : "answer"}, the strongest with ${short(Math.max(0, ...answers))}.`,
    };
  },
});
