import { scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [LENGTH, CELL, LEFT] = [40, 13, 84];
const y = scale(-0.4, 1.4, 150, 10);
const STRIPS = [["picture", 160], ["sharpened", 184]];

/** A soft edge from dark to bright, and a thin dark line. */
const ROW = Array.from({ length: LENGTH }, (_, i) => (i === 28 ? 0.35 : Math.max(0.25, Math.min(0.75, 0.25 + (i - 8) / 8))));

export default figure({
  size: [LEFT + LENGTH * CELL + 6, 208],
  label: "Edge: left and right arrow keys change the window, up and down the amount",
  step: ({ size, amount }, [down, right]) => ({ size: size + 2 * right, amount: Math.round(10 * amount - down) / 10 }),
  draw({ size, amount }) {
    const reach = Math.floor(size / 2);
    const at = (i) => ROW[Math.max(0, Math.min(LENGTH - 1, i))];
    const blurred = ROW.map((_, i) => Array.from({ length: size }, (_, u) => at(i + u - reach)).reduce((sum, value) => sum + value, 0) / size);
    const sharp = ROW.map((value, i) => value + amount * (value - blurred[i]));
    const line = (values, className) => element("path", { class: className, d: `M${values.map((value, i) => `${LEFT + (i + 0.5) * CELL},${y(value)}`).join("L")}` });
    const grey = (value) => Math.round(255 * Math.max(0, Math.min(1, value)));
    const range = [Math.min(...sharp), Math.max(...sharp)].map((value) => signed(value.toFixed(2)));
    return {
      parts: [
        ...[0, 1].flatMap((value) => [
          element("line", { class: "cnn-grid", x1: LEFT, x2: LEFT + LENGTH * CELL, y1: y(value), y2: y(value) }),
          element("text", { class: "cnn-tick", x: LEFT - 8, y: y(value) + 4, "text-anchor": "end" }, value ? "white" : "black"),
        ]),
        line(blurred, "cnn-blurred"), line(ROW, "cnn-plain"), line(sharp, "cnn-curve"),
        ...STRIPS.flatMap(([name, top], k) => [
          element("text", { class: "cnn-tick", x: LEFT - 8, y: top + 14, "text-anchor": "end" }, name),
          ...[ROW, sharp][k].map((value, i) => element("rect", { style: `fill: rgb(${grey(value)} ${grey(value)} ${grey(value)})`, x: LEFT + i * CELL, y: top, width: CELL + 0.5, height: 20 })),
        ]),
      ],
      words: `Picture from 0.25 to 0.75; sharpened with a window of ${size} and an amount of ${amount.toFixed(1)}: from ${range[0]} to ${range[1]}.`,
    };
  },
});
