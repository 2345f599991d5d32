import { element } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const OTHERS = { 8: 3, 5: 1, 2: 0, 1: -2 };
const ORDER = [8, 5, 2, 1]; // below the right class
const [ROW, TOP, LEFT, LONG] = [34, 30, 272, 190];
const [SCORE, PASSED, PUSH] = [136, 250, 612]; // where columns of numbers end

export default figure({
  size: [620, TOP + 5 * ROW],
  label: "Scores: left and right arrow keys change the score of the right class",
  step: ({ score }, [down, right]) => ({ score: score + 0.5 * (right - down) }),
  draw({ score, relu }) {
    const names = ["3", ...ORDER.map(String)];
    const scores = [score, ...ORDER.map((digit) => OTHERS[digit])];
    const passed = scores.map((one) => (relu ? Math.max(one, 0) : one));
    const raised = passed.map(Math.exp);
    const sum = raised.reduce((all, one) => all + one, 0);
    const shares = raised.map((one) => one / sum);
    const pushes = shares.map((share, k) => (relu && scores[k] <= 0 ? 0 : (k ? 0 : 1) - share));
    const row = (name, k) => {
      const y = TOP + k * ROW;
      return [
        element("text", { class: "cnn-axis", x: 14, y: y + 18 }, name),
        element("text", { class: "cnn-axis", x: SCORE, y: y + 18, "text-anchor": "end" }, signed(scores[k])),
        element("text", { class: "cnn-axis", x: PASSED, y: y + 18, "text-anchor": "end" }, signed(passed[k])),
        element("rect", { class: k ? "cnn-cell" : "cnn-cell cnn-lit", x: LEFT, y: y + 1, width: Math.max(1, LONG * shares[k]), height: ROW - 10, rx: 3 }),
        element("text", { class: "cnn-tick", x: LEFT + LONG * shares[k] + 8, y: y + 18 }, `${(100 * shares[k]).toFixed(1)} %`),
        element("text", { class: "cnn-axis", x: PUSH, y: y + 18, "text-anchor": "end" }, signed(pushes[k].toFixed(2))),
      ];
    };
    const heads = [["class", 2, "start"], ["score", SCORE, "end"], ["passed on", PASSED, "end"], ["probability", LEFT, "start"], ["push", PUSH, "end"]];
    return {
      title: "What the network says of a 3, and by how much each score is pushed up or down",
      parts: [
        ...heads.map(([name, x, anchor]) => element("text", { class: "cnn-tick", x, y: 17, "text-anchor": anchor }, name)),
        ...names.flatMap(row),
      ],
      words: `Score ${signed(score)}${relu ? `, passed on as ${signed(passed[0])}` : ""}: probability ${(100 * shares[0]).toFixed(1)} %, loss ${(-Math.log(shares[0])).toFixed(2)}; the gradient pushes the score up by ${pushes[0].toFixed(2)}.`,
    };
  },
});
