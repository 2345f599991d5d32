import { element } from "../js/draw/element.js";
import { whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const BRANCHES = { 5: [5, 32], 3: [3, 128] };
const [PIXELS, MAPS, SCALE, TOP, LOW, LEFT] = [28 ** 2, 192, 0.4, 24, 140, 2];

export default figure({
  size: [570, 226],
  label: "Bottleneck: left and right arrow keys change the maps in between",
  step: ({ between }, [down, right]) => ({ between: between + right - down }),
  draw({ branch, between }) {
    const [kernel, maps] = BRANCHES[branch];
    const window = kernel ** 2 * maps;
    const [first, second, direct] = [MAPS * between, between * window, MAPS * window].map((weights) => PIXELS * weights);
    const box = (x, y, wide, high, name) => element("rect", { class: name, x, y, width: SCALE * wide, height: SCALE * high });
    const text = (x, y, words) => element("text", { class: "cnn-tick", x, y }, words);
    const beside = LEFT + SCALE * MAPS + 20;
    return {
      title: `An area is a number of multiplications: ${MAPS} maps into ${maps} of ${kernel}×${kernel}`,
      parts: [
        text(beside, TOP - 8, `without: ${whole(direct)}`),
        box(beside, TOP, window, MAPS, "cnn-cell"),
        text(LEFT, LOW - 8, "1×1"),
        box(LEFT, LOW, between, MAPS, "cnn-cell cnn-lit"),
        text(beside, LOW - 8, `with: ${whole(first)} + ${whole(second)}`),
        box(beside, LOW, window, between, "cnn-cell cnn-lit"),
      ],
      words:
        `${between} maps in between: ${whole(first)} + ${whole(second)} = ${whole(first + second)} multiplications, ` +
        `${((100 * (first + second)) / direct).toFixed(1)} % of the ${whole(direct)} without a bottleneck.`,
    };
  },
});
