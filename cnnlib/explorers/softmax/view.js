import { element } from "../js/draw/element.js";
import { signed, three } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const SCORES = { 3: 4, 8: 3, 5: 1, 2: 0, 1: -2 };
const ORDER = [3, 8, 5, 2, 1]; // from the highest score down
const [TOP, ROW, LEFT, LONG] = [28, 34, 150, 380];

export default figure({
  size: [620, TOP + ORDER.length * ROW],
  label: "Probabilities: left and right arrow keys change the temperature, up and down what is added",
  step: ({ temperature, added }, [down, right]) => ({ temperature: temperature + 0.1 * right, added: added - down }),
  draw({ temperature, added }) {
    const scores = ORDER.map((digit) => SCORES[digit] + added);
    const raised = scores.map((score) => Math.exp((score - scores[0]) / temperature));
    const sum = raised.reduce((all, one) => all + one, 0);
    const shares = raised.map((one) => one / sum);
    const percent = (share) => `${(100 * share).toFixed(1)} %`;
    return {
      parts: [
        ...[["class", 2], ["score", 60], ["probability", LEFT]].map(([name, x]) => element("text", { class: "cnn-tick", x, y: 16 }, name)),
        ...ORDER.flatMap((digit, i) => {
          const y = TOP + i * ROW;
          return [
            element("text", { class: "cnn-axis", x: 14, y: y + 18 }, String(digit)),
            element("text", { class: "cnn-axis", x: 94, y: y + 18, "text-anchor": "end" }, signed(scores[i])),
            element("rect", { class: i ? "cnn-cell" : "cnn-cell cnn-lit", x: LEFT, y: y + 1, width: Math.max(1, LONG * shares[i]), height: ROW - 10, rx: 3 }),
            element("text", { class: "cnn-tick", x: LEFT + LONG * shares[i] + 8, y: y + 18 }, percent(shares[i])),
          ];
        }),
      ],
      words: `Temperature ${three(temperature)}: ${ORDER.map((digit, i) => `${digit} ${percent(shares[i])}`).join(", ")}.`,
    };
  },
});
