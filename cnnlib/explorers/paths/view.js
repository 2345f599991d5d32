import { element } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [WIDE, DEEPEST, FLOOR] = [8, 40, 130];

export default figure({
  size: [(2 * DEEPEST + 1) * WIDE, 168],
  label: "Paths: left and right arrow keys take away and add layers",
  step: ({ layers }, [down, right]) => ({ layers: layers + right - down }),
  draw({ layers }) {
    let shares = [1];
    for (let l = 0; l < layers; l++) {
      const below = shares;
      shares = Array.from({ length: below.length + 2 }, (_, i) => ((below[i] ?? 0) + (below[i - 1] ?? 0) + (below[i - 2] ?? 0)) / 3);
    }
    let [used, held] = [0, shares[layers]];
    while (held < 0.95) held += 2 * shares[layers + ++used];
    const x = (i) => (DEEPEST - layers + i) * WIDE;
    const lit = (i) => (Math.abs(i - layers) <= used ? " cnn-lit" : "");
    const height = (share) => (share / shares[layers]) * (FLOOR - 8);
    return {
      parts: shares.flatMap((share, i) => [
        element("rect", { class: `cnn-cell${lit(i)}`, x: x(i) + 0.5, y: FLOOR - height(share), width: WIDE - 1, height: height(share) }),
        element("rect", { class: `cnn-cell${lit(i)}`, x: x(i) + 0.5, y: FLOOR + 14, width: WIDE - 1, height: 18 }),
      ]),
      words: `${plural(layers, "layer")}: a field of ${2 * layers + 1} pixels, and at least 95 % of the paths end in its middle ${2 * used + 1}.`,
    };
  },
});
