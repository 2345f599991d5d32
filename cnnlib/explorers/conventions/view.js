import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";
import { axisOf } from "../padding/math.js";

const [CELL, LEFT, LINES, KERNEL] = [46, 60, 50, 3];
const SIDES = [
  { name: "TensorFlow", padding: "same", row: 98, outputs: 98 - LINES - CELL },
  { name: "PyTorch", padding: "explicit", row: 156, outputs: 156 + LINES + CELL },
];

const middle = (index) => LEFT + (index + 0.5) * CELL;
const axis = ({ width, stride }, padding) => axisOf(width, { kernel: KERNEL, stride, padding, zeros: 1, dilation: 1 });
const spelt = ({ n, taps }, output) => taps(output).map((cell) => (cell < 0 || cell >= n ? 0 : cell + 1)).join("");
const outputAt = ({ before, taps }, output) => (taps(output)[0] + taps(output)[2]) / 2;

function box(className, index, y, text, struck) {
  const x = middle(index) - CELL / 2 + 2;
  return [
    element("rect", { class: className, x, y: y + 2, width: CELL - 4, height: CELL - 4, rx: 5 }),
    element("text", { class: "cnn-label", x: middle(index), y: y + CELL / 2 + 5 }, text),
    ...(struck ? [element("line", { class: "cnn-stroke", x1: x + 4, y1: y + CELL - 6, x2: x + CELL - 8, y2: y + 6 })] : []),
  ];
}

function side(settings, { name, padding, row, outputs }) {
  const one = axis(settings, padding);
  const chosen = Math.min(settings.neuron, one.outputs - 1);
  const every = Array.from({ length: one.outputs }, (_, output) => output);
  const [from, to] = outputs < row ? [outputs + CELL, row] : [outputs, row + CELL];
  const read = one.taps(chosen);
  return [
    element("text", { class: "cnn-tick", x: LEFT + (settings.width + 1.4) * CELL, y: row + CELL / 2 + 4 }, name),
    ...every.flatMap((output) => one.taps(output).map((tap) => element("line", {
      class: output === chosen ? "cnn-edge cnn-lit" : "cnn-edge", x1: middle(outputAt(one, output)), y1: from, x2: middle(tap), y2: to,
    }))),
    ...one.cells.flatMap((cell) => {
      const zero = cell < 0 || cell >= settings.width;
      const className = `cnn-cell${zero ? " cnn-zero" : ""}${read.includes(cell) ? " cnn-lit" : ""}`;
      return box(className, cell, row, zero ? "0" : String(cell + 1), one.unread.includes(cell));
    }),
    ...every.flatMap((output) => box(output === chosen ? "cnn-output cnn-lit" : "cnn-output", outputAt(one, output), outputs, spelt(one, output))),
  ];
}

export default figure({
  size: [680, 300],
  label: "Neurons: left and right arrow keys choose one, up and down change the row",
  step: ({ neuron, width }, [down, right]) => ({ neuron: neuron + right, width: width - down }),
  point: ({ width, stride }, [x]) => ({ neuron: Math.max(0, Math.round(((x - LEFT) / CELL - 1) / stride)) }),
  draw(settings) {
    const both = SIDES.map(({ padding }) => axis(settings, padding)).map((one) =>
      Array.from({ length: one.outputs }, (_, output) => spelt(one, output)));
    const [ours, theirs] = both.map((numbers) => numbers.join(" "));
    const chosen = Math.min(settings.neuron, both[0].length - 1);
    return {
      parts: SIDES.flatMap((one) => side(settings, one)),
      words: `TensorFlow: ${ours}. PyTorch: ${theirs}. ${ours === theirs ? "The two agree." : "The two differ."} Lit: neuron ${chosen} of 0 to ${both[0].length - 1}.`,
    };
  },
});
