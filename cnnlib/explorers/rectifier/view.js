import { element } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const RULES = [
  ["gradient", (x, g) => (x > 0 ? g : 0), "where it was on"],
  ["deconvnet", (x, g) => Math.max(g, 0), "what is positive"],
  ["guided", (x, g) => (x > 0 ? Math.max(g, 0) : 0), "both"],
];
const [WIDE, ROW, TOP, MIDDLE, UNIT] = [560, 40, 64, 370, 55]; // UNIT: pixels for 1

/** A bar from zero, and its number beyond its end. */
function bar(value, y, className) {
  const [x, width] = [MIDDLE + Math.min(0, value) * UNIT, Math.abs(value) * UNIT];
  return [
    element("rect", { class: className, x, y: y - 11, width, height: 22, "fill-opacity": 0.75 }),
    element("text", { class: "cnn-tick", x: MIDDLE + value * UNIT + (value < 0 ? -6 : 6), y, dy: "0.35em", "text-anchor": value < 0 ? "end" : "start" }, signed(value)),
  ];
}
const coloured = (value) => (value < 0 ? "cnn-inhibits" : "cnn-excites");

export default figure({
  size: [WIDE, TOP + 4 * ROW + 14],
  label: "ReLU: left and right arrow keys change what comes back, up and down what it was given",
  step: ({ given, back }, [down, right]) => ({ given: given - down / 2, back: back + right / 2 }),
  draw({ given, back }) {
    const on = given > 0;
    const rows = RULES.map(([name, rule, words], i) => {
      const y = TOP + (i + 1.6) * ROW;
      return [
        element("text", { class: "cnn-axis", x: 4, y, dy: "0.35em" }, `${name}: ${words}`),
        ...bar(rule(given, back), y, coloured(back)),
      ];
    });
    return {
      parts: [
        element("text", { class: "cnn-axis", x: 4, y: 26, dy: "0.35em" }, `given ${signed(given)}: the ReLU is ${on ? "on" : "off"}`),
        ...bar(given, 26, "cnn-pen"),
        element("text", { class: "cnn-axis", x: 4, y: TOP + 0.4 * ROW, dy: "0.35em" }, "comes back"),
        ...bar(back, TOP + 0.4 * ROW, coloured(back)),
        element("line", { class: "cnn-grid", x1: 4, x2: WIDE - 4, y1: TOP + ROW, y2: TOP + ROW }),
        element("line", { class: "cnn-stroke", x1: MIDDLE, x2: MIDDLE, y1: 8, y2: TOP + 4 * ROW + 8 }),
        ...rows.flat(),
      ],
      words: `The ReLU was ${on ? "on" : "off"}; ${signed(back)} comes back. Down go ${RULES.map(([name, rule]) => `${signed(rule(given, back))} by the ${name === "gradient" ? "gradient" : `${name} rule`}`).join(", ")}.`,
    };
  },
});
