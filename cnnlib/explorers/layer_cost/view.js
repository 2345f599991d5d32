import { scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [LEFT, RIGHT, MOST] = [150, 640, 1e13];
const length = scale(1, MOST, 0, RIGHT - LEFT, { log: true });
const POWERS = [[1, "1"], [1e3, "thousand"], [1e6, "million"], [1e9, "billion"]];

export default figure({
  size: [650, 214],
  label: "Layer: left and right arrow keys change the maps, up and down the kernel",
  step: ({ maps, kernel }, [down, right]) => ({ maps: maps + right, kernel: kernel - down }),
  draw({ kernel, maps, side, unit }) {
    const columns = Math.floor((side * 2) / 3);
    const neurons = maps * side * columns;
    const weights = kernel ** 2 * 3;
    const rows = [["parameters", (weights + 1) * maps], ["multiplications", weights * neurons], ["bytes of output", 4 * neurons]];
    const size = `${((4 * neurons) / (unit === "MB" ? 1e6 : 2 ** 20)).toFixed(2)} ${unit}`;
    return {
      title: `${whole(maps)} maps of ${side}×${columns}, each neuron reads ${weights} numbers`,
      parts: [
        ...POWERS.flatMap(([value, name]) => [
          element("line", { class: "cnn-grid", x1: LEFT + length(value), x2: LEFT + length(value), y1: 4, y2: 160 }),
          element("text", { class: "cnn-tick", x: LEFT + length(value), y: 180, "text-anchor": "middle" }, name),
        ]),
        element("text", { class: "cnn-tick", x: LEFT, y: 206 }, "from line to line a thousand times as many"),
        ...rows.flatMap(([name, value], i) => [
          element("text", { class: "cnn-axis", x: LEFT - 8, y: 36 + 50 * i, "text-anchor": "end" }, name),
          element("rect", { class: "cnn-excites", x: LEFT, y: 14 + 50 * i, width: length(value), height: 34 }),
          element("text", { class: "cnn-axis", x: LEFT + length(value) + 6, y: 36 + 50 * i }, i === 2 ? size : whole(value)),
        ]),
      ],
      words: `${rows.map(([name, value]) => `${whole(value)} ${name}`).join(", ")}: ${size} for one picture.`,
    };
  },
});
