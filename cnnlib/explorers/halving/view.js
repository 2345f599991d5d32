import { element } from "../js/draw/element.js";
import { brief, three } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [STAGES, SIDE, MAPS] = [4, 32, 16];
const [PITCH, LEFTS, LONG] = [46, [130, 400], 150];

export default figure({
  size: [640, 30 + STAGES * PITCH],
  label: "Stages: left and right arrow keys change the factor",
  step: ({ growth }, [down, right]) => ({ growth: growth + 0.5 * (right - down) }),
  draw({ growth }) {
    const stages = Array.from({ length: STAGES }, (_, stage) => {
      const [side, maps] = [SIDE / 2 ** stage, Math.round(MAPS * growth ** stage)];
      return { side, maps, costs: [side ** 2 * 9 * maps ** 2, 9 * maps ** 2] };
    });
    const most = [0, 1].map((i) => Math.max(...stages.map(({ costs }) => costs[i])));
    const length = (cost, i) => (LONG * cost) / most[i];
    const [macs, weights] = [growth ** 2 / 4, growth ** 2];
    return {
      parts: [
        ...["multiply-adds", "weights"].map((name, i) => element("text", { class: "cnn-axis", x: LEFTS[i], y: 14 }, name)),
        ...stages.flatMap(({ side, maps, costs }, stage) => {
          const y = 26 + stage * PITCH;
          return [
            element("text", { class: "cnn-axis", x: 2, y: y + 18 }, `${side}×${side}×${maps}`),
            ...costs.flatMap((cost, i) => [
              element("rect", { class: i ? "cnn-inhibits" : "cnn-excites", x: LEFTS[i], y, width: length(cost, i), height: 28, rx: 3 }),
              element("text", { class: "cnn-tick", x: LEFTS[i] + length(cost, i) + 5, y: y + 18 }, brief(cost)),
            ]),
          ];
        }),
      ],
      words: `Maps times ${growth} where sides halve: from stage to stage ${three(macs)} times the multiply-adds, ${three(weights)} times the weights.`,
    };
  },
});
