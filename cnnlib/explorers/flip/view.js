import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const [CELL, TOP, BOTTOM] = [78, 30, 128];
const below = (u) => "₀₁₂₃₄₅₆₇"[u];

export default figure({
  size: [626, 206],
  label: "Row of pixels: left and right arrow keys choose the output, up and down the formula",
  step: ({ output, formula }, [down, right]) => ({
    output: output + right,
    formula: down ? (down > 0 ? "convolution" : "correlation") : formula,
  }),
  point: (_, [x]) => ({ output: Math.floor(x / CELL) }),
  draw({ formula, output, pixels, weights }) {
    const sign = formula === "convolution" ? -1 : 1;
    const meets = weights.map((_, u) => output + sign * u);
    const box = (at, y, name, words) => [
      element("rect", { class: name, x: at * CELL + 4, y, width: CELL - 8, height: 40, rx: 6 }),
      element("text", { class: "cnn-label", x: (at + 0.5) * CELL, y: y + 20, dy: "0.35em" }, words),
    ];
    const lies = output + sign; // the middle of the window
    return {
      parts: [
        ...weights.map((_, u) => element("line", { class: "cnn-edge cnn-lit", x1: (lies + u - 0.5) * CELL, y1: TOP + 40, x2: (meets[u] + 0.5) * CELL, y2: BOTTOM })),
        ...weights.flatMap((weight, u) => box(lies - 1 + u, TOP, "cnn-output", `w${below(u)} = ${weight}`)),
        ...pixels.flatMap((pixel, at) => box(at, BOTTOM, meets.includes(at) ? "cnn-cell cnn-lit" : "cnn-cell", `x${below(at)} = ${pixel}`)),
        ...weights.map((_, u) => element("text", { class: "cnn-label", x: (meets[u] + 0.5) * CELL, y: BOTTOM + 60 }, `· w${below(u)}`)),
      ],
      words:
        `Output ${output} = ${weights.map((weight, u) => `${weight}·${pixels[meets[u]]}`).join(" + ")} = ${weights.reduce((sum, weight, u) => sum + weight * pixels[meets[u]], 0)}. ` +
        (sign < 0 ? "The wires cross: the kernel lies on the row turned round." : "The wires run side by side: the kernel lies on the row as it is written."),
    };
  },
});
