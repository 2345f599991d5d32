import { element } from "../js/draw/element.js";
import { plural, whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [SIDE, CELL, STEP] = [7, 17, 13]; // cells of a map, their size, from one map to the next
const [ABOVE, CENTRE] = [330, 3];

const corner = ([x, y], map, [i, j]) => [x + map * STEP + j * CELL, y - map * STEP + i * CELL];

function square(className, at, map, place, cells) {
  const [left, top] = corner(at, map, place);
  return element("rect", { class: className, x: left, y: top, width: cells * CELL, height: cells * CELL });
}

/** Maps one behind the other, the last first. */
const backwards = (count) => Array.from({ length: count }, (_, k) => count - 1 - k);

export default figure({
  size: [560, 230],
  label: "Stacks: left and right arrow keys change the maps below, up and down those above",
  step: ({ below, above }, [down, right]) => ({ below: below + right, above: above - down }),
  draw({ below, above, size }) {
    const from = CENTRE - Math.floor((size - 1) / 2);
    const ends = [[from, from], [from, from + size], [from + size, from], [from + size, from + size]];
    const line = (className, [x1, y1], [x2, y2]) => element("line", { class: className, x1, y1, x2, y2 });
    const front = (Math.max(below, above) - 1) * STEP + 2;
    const [lower, upper] = [[2, front], [ABOVE, front]];
    const neuron = corner(upper, 0, [CENTRE + 0.5, CENTRE]);
    const weights = `${size}·${size}·${below}`;
    return {
      title: `(${weights} + 1)·${above} = ${whole((size * size * below + 1) * above)} parameters`,
      parts: [
        ...backwards(below).map((map) => square("cnn-block-slab", lower, map, [0, 0], SIDE)),
        ...backwards(above).map((map) => square("cnn-block-slab", upper, map, [0, 0], SIDE)),
        ...backwards(below).map((map) => square("cnn-block", lower, map, [from, from], size)),
        ...ends.map((end) => line("cnn-block", corner(lower, below - 1, end), corner(lower, 0, end))),
        ...backwards(above).map((map) => square(map ? "cnn-other" : "cnn-block", upper, map, [CENTRE, CENTRE], 1)),
        ...[[from, from + size], [from + size, from + size]].map((end) => line("cnn-edge cnn-lit", corner(lower, 0, end), neuron)),
      ],
      height: front + SIDE * CELL + 4,
      words: `One neuron of a map above reads ${size}×${size} places in ${plural(below, "map")}: ${weights} = ${size * size * below} weights. ${plural(above, "map")} above: ${plural(above, "such kernel")}, each with a bias.`,
    };
  },
});
