import { logTicks, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { three } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [LEFT, RIGHT, LINE] = [26, 592, 74];
const held = (loss) => Math.max(0.01, loss);
const across = scale(0.01, 1000, LEFT, RIGHT, { log: true });
const SHARES = scale(0, 100, 150, RIGHT - 50);

/** What the numbers point to: a sentence on the start, one on the end. */
function reading({ classes, first, last, taught, new: fresh }) {
  const guess = Math.log(classes);
  const start =
    first > 3 * guess ? "Begins far above guessing: look at the scale of the inputs and the first weights."
    : first < guess / 2 ? "Begins far below guessing: it is not untrained, or the classes leak in."
    : "Begins near guessing, as it should.";
  const end =
    last > 1.2 * Math.max(first, guess) ? "The loss rises: lower the learning rate."
    : last > 0.9 * guess ? "It still guesses: look for dead units, equal weights, a rate too low or too high."
    : fresh < 25 + 75 / classes ? "It learns what does not carry over: look at the labels and their order."
    : taught - fresh > 15 ? "It learns by heart: more pictures, augmentation, dropout."
    : taught < 90 ? "It learns, but not yet well: train on, try another rate, build a larger network."
    : "It learns.";
  return [start, end];
}

export default figure({
  size: [620, 190],
  label: "Numbers: left and right arrow keys change the loss after the training, up and down that before it",
  step: ({ first, last }, [down, right]) => ({ first: Number((first - 0.05 * down).toFixed(2)), last: Number((last + 0.05 * right).toFixed(2)) }),
  draw(numbers) {
    const { classes, first, last, taught, new: fresh } = numbers;
    const guess = Math.log(classes);
    // A mark's name stands on the side that is away from the line of guessing.
    const mark = (value, name, y) => {
      const x = across(held(value));
      const isRight = value > guess || x < 120;
      return [
        element("circle", { class: "cnn-dot", cx: x, cy: LINE, r: 6 }),
        element("text", { class: "cnn-tick", x: x + (isRight ? 9 : -9), y, "text-anchor": isRight ? "start" : "end" }, name),
      ];
    };
    const bar = (name, share, y) => [
      element("text", { class: "cnn-axis", x: 140, y: y + 13, "text-anchor": "end" }, name),
      element("rect", { class: "cnn-cell", x: 150, y, width: Math.max(1, SHARES(share) - 150), height: 16, rx: 3 }),
      element("text", { class: "cnn-tick", x: SHARES(share) + 8, y: y + 13 }, `${share} %`),
    ];
    const [start, end] = reading(numbers);
    return {
      title: `Guessing among ${classes} classes: a loss of ${guess.toFixed(4)} and ${three(100 / classes)} % right`,
      parts: [
        element("line", { class: "cnn-grid", x1: LEFT, x2: RIGHT, y1: LINE, y2: LINE }),
        ...logTicks(0.01, 1000).map((value) => element("text", { class: "cnn-tick", x: across(value), y: LINE + 24, "text-anchor": "middle" }, String(value))),
        element("line", { class: "cnn-stroke", "stroke-dasharray": "4 3", x1: across(guess), x2: across(guess), y1: LINE - 60, y2: LINE + 8 }),
        element("text", { class: "cnn-tick", x: across(guess) + 6, y: LINE - 50 }, "guessing"),
        ...mark(first, "before", LINE - 32),
        ...mark(last, "after", LINE - 14),
        ...bar("training", taught, LINE + 46),
        ...bar("validation", fresh, LINE + 74),
        element("line", { class: "cnn-stroke", "stroke-dasharray": "4 3", x1: SHARES(100 / classes), x2: SHARES(100 / classes), y1: LINE + 42, y2: LINE + 94 }),
      ],
      words: `${start} ${end}`,
    };
  },
});
