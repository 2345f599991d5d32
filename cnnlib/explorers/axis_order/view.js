import { element } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [LEFT, RIGHT, STEP, SIZE] = [60, 500, 19, 15];
const list = (count) => Array.from({ length: count }, (_, i) => i);

export default figure({
  size: [640, 260],
  label: "Wires: left and right arrow keys change the maps above, up and down the channels below",
  step: ({ below, above }, [down, right]) => ({ above: above + right, below: below - down }),
  draw({ below, above, swapped }) {
    const [depth, maps] = swapped ? [above, below] : [below, above];
    const refused = below % depth > 0;
    const groups = refused ? 0 : below / depth;
    const group = (map) => Math.floor((map * groups) / maps);
    const y = (i, count) => 138 + (i - (count - 1) / 2) * STEP;
    const reads = (map) => (refused ? [] : list(depth).map((i) => group(map) * depth + i));
    const column = (x, count) => list(count).map((i) => element("rect", { class: "cnn-cell cnn-lit", x, y: y(i, count) - SIZE / 2, width: SIZE, height: SIZE }));
    const shape = `[3, 3, ${depth}, ${maps}]`;
    const grouped = groups > 1 ? ` in ${groups} groups` : "";
    return {
      title: refused ? `InvalidArgumentError: ${depth} does not divide ${below}` : !swapped ? "As it should be" : below === above ? "No error, and nothing looks wrong" : `No error, but ${plural(maps, "map")}${grouped}`,
      parts: [
        element("text", { class: "cnn-axis", x: LEFT - 30, y: 18 }, plural(below, "channel")),
        element("text", { class: "cnn-axis", x: (LEFT + RIGHT) / 2, y: 18, "text-anchor": "middle" }, `kernels ${shape}`),
        element("text", { class: "cnn-axis", x: RIGHT - 30, y: 18 }, refused ? "no maps" : plural(maps, "map")),
        ...list(refused ? 0 : maps).flatMap((map) => reads(map).map((i) => element("line", { class: "cnn-edge", x1: LEFT + SIZE, y1: y(i, below), x2: RIGHT, y2: y(map, maps) }))),
        ...column(LEFT, below),
        ...column(RIGHT, refused ? 0 : maps),
      ],
      words: `${plural(below, "channel")} and kernels ${shape}: ${refused ? "TensorFlow refuses" : `${plural(maps, "map")}, each reads ${plural(depth, "channel")}${grouped}`}.`,
    };
  },
});
