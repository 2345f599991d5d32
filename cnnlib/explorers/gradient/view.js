import { element } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [CELL, MIDDLE, RADIUS] = [50, [245, 90], 65];
const [ZERO, UNIT] = [530, 42]; // of the bars
const SLOPE = 1 / 8;

const line = (className, x1, y1, x2, y2) => element("line", { class: className, x1, y1, x2, y2 });
const colour = (value) => (value < 0 ? "cnn-inhibits" : "cnn-excites");

export default figure({
  size: [640, 190],
  label: "Patch: left and right arrow keys turn the direction in which it gets brighter",
  step: ({ angle }, [down, right]) => ({ angle: angle + 5 * (right + down) }),
  point: ({ angle }, [px, py]) => {
    const [x, y] = [px - MIDDLE[0], py - MIDDLE[1]];
    const near = Math.hypot(x, y);
    return { angle: near < 10 || near > RADIUS + 20 ? angle : 5 * Math.round((Math.atan2(y, x) * 36) / Math.PI) };
  },
  draw({ angle }) {
    const [across, down] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
    const [x, y] = MIDDLE;
    const tip = [x + RADIUS * across, y + RADIUS * down];
    const grey = (i) => Math.round(255 * (0.5 + 2 * SLOPE * (((i % 3) - 1) * across + (Math.floor(i / 3) - 1) * down)));
    const bars = [["across", across], ["down", down], ["their sum", across + down], ["strength", 1]];
    const said = (value) => signed(Number(value.toFixed(2)));
    return {
      parts: [
        ...Array.from({ length: 9 }, (_, i) => element("rect", {
          style: `fill: rgb(${grey(i)} ${grey(i)} ${grey(i)})`, x: 10 + (i % 3) * CELL, y: 15 + Math.floor(i / 3) * CELL, width: CELL - 1, height: CELL - 1,
        })),
        element("circle", { class: "cnn-round", cx: x, cy: y, r: RADIUS }),
        line(`cnn-leg ${colour(across)}`, x, y, tip[0], y),
        line(`cnn-leg ${colour(down)}`, tip[0], y, ...tip),
        line("cnn-arrow", x, y, ...tip),
        element("circle", { class: "cnn-dot", cx: tip[0], cy: tip[1], r: 6 }),
        line("cnn-grid", ZERO, 8, ZERO, 182),
        ...bars.flatMap(([name, value], i) => [
          element("rect", { class: colour(value), x: ZERO + Math.min(0, value) * UNIT, y: 14 + i * 43, width: Math.abs(value) * UNIT, height: 12 }),
          element("text", { class: "cnn-axis", x: ZERO - 72, y: 12 + i * 43, "text-anchor": "end", dy: "0.9em" }, `${name} ${said(value)}`),
        ]),
      ],
      words: `Brighter towards ${signed(angle)}°: across ${said(across)}, down ${said(down)}, their sum ${said(across + down)}, strength ${said(Math.hypot(across, down))}.`,
    };
  },
});
