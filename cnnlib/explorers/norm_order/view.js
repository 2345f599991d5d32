import { element } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [LEFT, WIDE, PITCH, TOP, HIGH, TRUNK] = [58, 52, 68, 78, 34, 30];
const MOST = 7; // layers of a branch
const RIGHT = LEFT + MOST * PITCH + 20;
const said = (value) => signed(value.toFixed(1));
const text = (words, x, y, className = "cnn-tick") => element("text", { class: className, x, y, dy: "0.35em", "text-anchor": "middle" }, words);

export default figure({
  size: [RIGHT + 86, 206],
  label: "Branch: left and right arrow keys change x, up and down the size of the weights",
  step: ({ x, size }, [down, right]) => ({ x: Number((x + 0.1 * right).toFixed(1)), size: Number((size - 0.1 * down).toFixed(1)) }),
  draw({ order, x, size, orders }) {
    const parts = orders[order];
    const first = parts.indexOf("conv");
    const reads = parts[1] === "ReLU" ? Math.max(x, 0) : x;
    const gives = parts.at(-1) === "BN" ? 1 : size;
    const middle = TOP + HIGH / 2;
    const box = (name, i) => [
      element("rect", { class: i === first || i === parts.length - 1 ? "cnn-cell cnn-lit" : "cnn-cell", x: LEFT + i * PITCH, y: TOP, width: WIDE, height: HIGH, rx: 5 }),
      text(name, LEFT + i * PITCH + WIDE / 2, middle, "cnn-label"),
    ];
    const end = LEFT + (parts.length - 1) * PITCH + WIDE;
    const bar = (value, at, name) => [
      element("rect", { class: "cnn-pen", x: at, y: 186 - 18 * value, width: 14, height: 18 * value }),
      text(name, at + 7, 197),
    ];
    return {
      title: "One branch: what its first convolution reads, and how large what it gives is beside the shortcut",
      parts: [
        element("line", { class: "cnn-edge", x1: 6, x2: RIGHT + 76, y1: TRUNK, y2: TRUNK }),
        element("path", { class: "cnn-edge", fill: "none", d: `M22 ${TRUNK}V${middle}H${LEFT}M${end} ${middle}H${RIGHT + 10}V${TRUNK}` }),
        element("line", { class: "cnn-edge", x1: LEFT, x2: end, y1: middle, y2: middle }),
        ...parts.flatMap(box),
        text("+", RIGHT + 10, TRUNK - 12, "cnn-label"),
        text(said(x), LEFT + WIDE / 2, TOP + HIGH + 14),
        ...(first > 1 ? [text(said(reads), LEFT + PITCH + WIDE / 2, TOP + HIGH + 14)] : []),
        ...bar(1, RIGHT + 24, "x"),
        ...bar(gives, RIGHT + 56, "f"),
      ],
      words:
        `Of ${said(x)} the first convolution reads ${said(reads)}. What the branch gives has a size of ${gives.toFixed(1)}` +
        (parts.at(-1) === "BN" ? ", whatever its weights are." : ", that of its weights."),
    };
  },
});
