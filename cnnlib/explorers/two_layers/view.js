import { element } from "../js/draw/element.js";
import { whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [STEP, WIDTH, BASE, TALLEST] = [160, 90, 160, 120];
const NAMES = ["picture", "layer 1", "layer 2", "layer 3"];

export default figure({
  size: [640, 190],
  label: "Layers: left and right arrow keys go from layer to layer",
  step: ({ layer }, [down, right]) => ({ layer: layer + right + down }),
  draw({ layer, shortcut, sizes }) {
    const kept = (at) => at === layer || at === layer - 1 || (shortcut && at === 1);
    const held = NAMES.flatMap((name, at) => (kept(at) ? [[name, sizes[at]]] : []));
    const total = held.reduce((sum, [, bytes]) => sum + bytes, 0);
    const tall = (bytes) => (bytes / Math.max(...sizes)) * TALLEST;
    const left = (at) => 40 + at * STEP;
    return {
      parts: [
        ...NAMES.flatMap((name, at) => [
          element("rect", { class: kept(at) ? "cnn-cell cnn-lit" : "cnn-cell", x: left(at), y: BASE - tall(sizes[at]), width: WIDTH, height: tall(sizes[at]) }),
          element("text", { class: "cnn-axis", x: left(at) + WIDTH / 2, y: BASE + 18, "text-anchor": "middle" }, name),
        ]),
        ...(shortcut ? [element("path", { class: "cnn-curve", d: `M${left(1) + WIDTH},44C${left(2)},10 ${left(2) + WIDTH},10 ${left(3)},${BASE - tall(sizes[3])}` })] : []),
      ],
      words: `Layer ${layer} is computed: ${held.map(([name, bytes]) => `${name} ${whole(bytes)}`).join(" + ")} = ${whole(total)} bytes.`,
    };
  },
});
