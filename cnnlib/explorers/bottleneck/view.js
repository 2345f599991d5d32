import { element } from "../js/draw/element.js";
import { whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const BRANCHES = { 5: [5, 32], 3: [3, 128] };
const [PIXELS, MAPS, SCALE, TOP, LOW, LEFT] = [28 ** 2, 192, 0.35, 24, 150, 2];

export default figure({
  size: [620, 246],
  label: "Bottleneck: left and right arrow keys change the maps in between",
  step: ({ between }, [down, right]) => ({ between: between + right - down }),
  draw({ branch, between }) {
    const [kernel, maps] = BRANCHES[branch];
    const window = kernel ** 2 * maps;
    const [first, second, direct] = [MAPS * between, between * window, MAPS * window].map((weights) => PIXELS * weights);
    const box = (x, y, wide, high, name) => element("rect", { class: name, x, y, width: SCALE * wide, height: SCALE * high });
    const text = (x, y, words) => element("text", { class: "cnn-tick", x, y }, words);
    const side = (x, y, high) => text(x + 6, y + (SCALE * high) / 2 + 4, high);
    const beside = LEFT + SCALE * MAPS + 48;
    const end = beside + SCALE * window;
    return {
      title: `An area is a number of multiplications: ${MAPS} maps into ${maps} of ${kernel}×${kernel}`,
      parts: [
        text(beside, TOP - 8, `without: ${whole(direct)}`),
        box(beside, TOP, window, MAPS, "cnn-cell"),
        side(end, TOP, MAPS),
        text(beside, TOP + SCALE * MAPS + 15, `${kernel ** 2} · ${maps} = ${whole(window)}`),
        text(LEFT, LOW - 8, "1×1"),
        box(LEFT, LOW, between, MAPS, "cnn-cell cnn-lit"),
        side(LEFT + SCALE * between, LOW, MAPS),
        text(LEFT, LOW + SCALE * MAPS + 15, between),
        text(beside, LOW - 8, `with: ${whole(first)} + ${whole(second)}`),
        box(beside, LOW, window, between, "cnn-cell cnn-lit"),
        side(end, LOW, between),
      ],
      words:
        `${between} maps in between: ${whole(first)} + ${whole(second)} = ${whole(first + second)} multiplications, ` +
        `${((100 * (first + second)) / direct).toFixed(1)} % of the ${whole(direct)} without a bottleneck.`,
    };
  },
});
