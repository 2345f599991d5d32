import { scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { raised, scientific } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";
import { between, nearest, range } from "./math.js";

const [LOW, HIGH] = [1e-10, 1e7];
const [LEFT, RIGHT, ROW] = [104, 510, 30];
const [RANGES, NEAR] = [40, 190];
const WINDOW = 2 ** -6; // of the number, to either side
const across = scale(LOW, HIGH, LEFT, RIGHT, { log: true });

/** A format's ticks in the window around a number; one band where they are too many to tell apart. */
function ticks(value, format, place, y, rounded) {
  const numbers = between(value * (1 - WINDOW), value * (1 + WINDOW), format, 200);
  if (!numbers) return [element("rect", { class: "cnn-cell", x: LEFT, y: y - 6, width: RIGHT - LEFT, height: 12 })];
  return numbers.map((at) => {
    const high = at === rounded ? 10 : 6;
    return element("line", { class: at === rounded ? "cnn-float-chosen" : "cnn-float", x1: place(at), x2: place(at), y1: y - high, y2: y + high });
  });
}

export default figure({
  size: [690, NEAR + 3 * ROW + 4],
  label: "Number: left and right arrow keys change its digits, up and down its power of ten",
  step: ({ digits, power }, [down, right]) => ({ digits: digits + right / 100, power: power - down }),
  point: ({ digits, power }, [x, y]) => {
    if (y > NEAR - ROW) return { digits, power };
    const value = LOW * (HIGH / LOW) ** ((x - LEFT) / (RIGHT - LEFT));
    const exponent = Math.floor(Math.log10(value));
    return { digits: Math.round(1000 * (value / 10 ** exponent)) / 1000, power: exponent };
  },
  draw({ digits, power, formats }) {
    const value = Number(`${digits}e${power}`);
    const place = scale(value * (1 - WINDOW), value * (1 + WINDOW), LEFT, RIGHT);
    const text = (words, x, y, anchor = "start") => element("text", { class: "cnn-axis", x, y, dy: "0.35em", "text-anchor": anchor }, words);
    const parts = [text("which numbers there are", LEFT, 8), text("those near the number", LEFT, NEAR - ROW)];
    const said = [];
    Object.entries(formats).forEach(([name, format], row) => {
      const { rounded, gap } = nearest(value, format);
      const [largest, normal, least] = range(format);
      const y = RANGES + row * (ROW - 4);
      const bar = (from, to, look) => {
        const [x, end] = [Math.max(LOW, from), Math.min(HIGH, to)].map(across);
        return end > x ? [element("rect", { class: look, x, y: y - 7, width: end - x, height: 14 })] : [];
      };
      const near = NEAR + row * ROW;
      parts.push(
        text(name, LEFT - 8, y, "end"), ...bar(least, normal, "cnn-cell"), ...bar(normal, largest, "cnn-cell cnn-lit"),
        text(name, LEFT - 8, near, "end"), element("line", { class: "cnn-grid", x1: LEFT, x2: RIGHT, y1: near, y2: near }),
        ...ticks(value, format, place, near, rounded), text(`→ ${scientific(rounded)}`, RIGHT + 8, near),
      );
      const lost = rounded === 0 || rounded === Infinity;
      said.push(`${name} ${scientific(rounded)}${lost ? "" : `, neighbours ${scientific(gap, 3)} apart`}`);
    });
    const bottom = RANGES + 3 * (ROW - 4) - 10;
    for (const tick of [-10, -7, -4, -1, 2, 5]) {
      parts.push(element("text", { class: "cnn-tick", x: across(10 ** tick), y: bottom + 14, "text-anchor": "middle" }, `10${raised(tick)}`));
    }
    parts.push(
      element("line", { class: "cnn-curve", x1: across(value), x2: across(value), y1: RANGES - 12, y2: bottom }),
      element("line", { class: "cnn-curve", x1: place(value), x2: place(value), y1: NEAR - 14, y2: NEAR + 2 * ROW + 14, "stroke-dasharray": "2 4" }),
    );
    return { title: `The number ${scientific(value, 4)}`, parts, words: `${scientific(value, 4)} becomes: ${said.join("; ")}.` };
  },
});
