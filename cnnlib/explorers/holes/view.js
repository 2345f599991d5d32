import { element } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";
import { axisOf } from "../padding/math.js";

const [CELL, WIDTH, EDGE, ROW, TALL] = [32, 13, 4, 90, 28];
const middle = (cell) => (EDGE + cell + 0.5) * CELL;

export default figure({
  size: [(WIDTH + 2 * EDGE) * CELL, ROW + TALL + 4],
  label: "Row: left and right arrow keys change the dilation, up and down the stride",
  step: ({ dilation, stride }, [down, right]) => ({ dilation: dilation + right, stride: stride - down }),
  draw({ dilation, stride }) {
    const { outputs, before, after, cells, taps, ignored, reach } = axisOf(WIDTH, { kernel: 3, stride, padding: "same", zeros: 0, dilation });
    const every = Array.from({ length: outputs }, (_, output) => output);
    const chosen = outputs >> 1;
    const box = (cell, y, className) => element("rect", { class: className, x: middle(cell) - CELL / 2 + 2, y, width: CELL - 4, height: TALL, rx: 4 });
    const lit = (output) => (output === chosen ? " cnn-lit" : "");
    return {
      parts: [
        ...every.flatMap((output) => taps(output).map((tap) =>
          element("line", { class: `cnn-edge${lit(output)}`, x1: middle(taps(output)[1]), y1: 2 + TALL, x2: middle(tap), y2: ROW }))),
        ...every.map((output) => box(taps(output)[1], 2, `cnn-output${lit(output)}`)),
        ...cells.map((cell) => box(cell, ROW, `cnn-cell${cell < 0 || cell >= WIDTH ? " cnn-zero" : ""}${taps(chosen).includes(cell) ? " cnn-lit" : ""}`)),
        ...ignored.map((cell) => element("line", { class: "cnn-stroke", x1: middle(cell) - 10, y1: ROW + TALL - 3, x2: middle(cell) + 10, y2: ROW + 3 })),
      ],
      words: `Dilation ${dilation}, stride ${stride}: the kernel spans ${plural(reach, "cell")}; ${plural(outputs, "neuron")}, ${before + after} zeros, ${plural(ignored.length, "cell")} that no neuron reads.`,
    };
  },
});
