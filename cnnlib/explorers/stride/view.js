import { element } from "../js/draw/element.js";
import { three, whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";
import { outputSize } from "../js/math/ops.js";

const [SIDE, ROWS, COLUMNS, CELL, BARS] = [224, 9, 33, 20, 190];
const STRIDES = [1, 2, 3, 4, 5, 6, 7, 8];
const MOST = 330;
const side = (stride) => outputSize(SIDE, 7, stride, "same");
const macs = (stride) => side(stride) ** 2 * 7 ** 2 * 3 * 64;

export default figure({
  size: [680, 378],
  label: "Neurons: left and right arrow keys change the stride",
  step: ({ stride }, [down, right]) => ({ stride: stride + right + down }),
  point: ({ stride }, [, y]) => ({ stride: y < BARS ? stride : 1 + Math.floor((y - BARS) / 23) }),
  draw({ stride }) {
    const share = (one) => macs(one) / macs(1);
    return {
      title: `${side(stride)}×${side(stride)} neurons, ${whole(macs(stride))} MACs`,
      parts: [
        ...Array.from({ length: ROWS * COLUMNS }, (_, at) => [Math.floor(at / COLUMNS), at % COLUMNS]).map(([i, j]) =>
          element("rect", {
            class: i % stride || j % stride ? "cnn-cell cnn-zero" : "cnn-cell cnn-lit",
            x: j * CELL + 1, y: i * CELL + 1, width: CELL - 3, height: CELL - 3, rx: 3,
          })),
        ...STRIDES.flatMap((one, row) => {
          const y = BARS + 23 * row;
          return [
            element("text", { class: one === stride ? "cnn-axis" : "cnn-tick", x: 0, y: y + 15 }, `stride ${one}`),
            element("rect", { class: one === stride ? "cnn-work cnn-lit" : "cnn-work", x: 110, y: y + 2, width: MOST * share(one), height: 17, rx: 3 }),
            element("text", { class: one === stride ? "cnn-axis" : "cnn-tick", x: 120 + MOST * share(one), y: y + 15 }, `${three(100 * share(one))} %`),
          ];
        }),
      ],
      words: `Stride ${stride} keeps one neuron in ${stride ** 2} here: ${side(stride)}×${side(stride)} in all, ${whole(macs(stride))} MACs.`,
    };
  },
});
