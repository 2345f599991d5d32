import { scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { brief, three } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [STAGES, SIDE, MAPS] = [4, 32, 16];
const [PITCH, LEFTS, LONG] = [46, [110, 390], 170];
const lengths = [scale(2e4, 2e9, 0, LONG, { log: true }), scale(500, 2e8, 0, LONG, { log: true })];

export default figure({
  size: [640, 30 + STAGES * PITCH],
  label: "Stages: left and right arrow keys change the factor",
  step: ({ growth }, [down, right]) => ({ growth: growth + 0.5 * (right - down) }),
  draw({ growth }) {
    const stages = Array.from({ length: STAGES }, (_, stage) => {
      const [side, maps] = [SIDE / 2 ** stage, Math.round(MAPS * growth ** stage)];
      return { side, maps, costs: [side ** 2 * 9 * maps ** 2, 9 * maps ** 2] };
    });
    const [macs, weights] = [growth ** 2 / 4, growth ** 2];
    return {
      parts: [
        ...["multiply-adds", "weights"].map((name, i) => element("text", { class: "cnn-axis", x: LEFTS[i], y: 14 }, name)),
        ...stages.flatMap(({ side, maps, costs }, stage) => {
          const y = 26 + stage * PITCH;
          return [
            element("text", { class: "cnn-axis", x: 2, y: y + 18 }, `${side}×${side}×${maps}`),
            ...costs.flatMap((cost, i) => [
              element("rect", { class: i ? "cnn-inhibits" : "cnn-excites", x: LEFTS[i], y, width: lengths[i](cost), height: 28, rx: 3 }),
              element("text", { class: "cnn-tick", x: LEFTS[i] + lengths[i](cost) + 5, y: y + 18 }, brief(cost)),
            ]),
          ];
        }),
      ],
      words: `Maps times ${growth} where sides halve: from stage to stage ${three(macs)} times the multiply-adds, ${three(weights)} times the weights.`,
    };
  },
});
