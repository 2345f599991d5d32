import { element, say } from "../js/draw/element.js";
import { short } from "../js/draw/format.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowSteps, onKeys, pointer, widthOf } from "../js/frame/input.js";
import { drawing, legible, show } from "../js/frame/stage.js";

const [SIDE, CELL, WIDTH, HEIGHT, TOP] = [5, 36, 640, 210, 28];
const [WINDOW, KERNEL, ZERO, LONG] = [0, 220, 540, 96]; // where they begin, the bar's zero and its length
const held = (at) => Math.max(0, Math.min(SIDE - 1, at));

const square = (i, left) => ({ x: left + (i % SIDE) * CELL + 2, y: TOP + Math.floor(i / SIDE) * CELL + 2, width: CELL - 2, height: CELL - 2 });

export default explorer(({ el, read, set, signal, schedule }) => {
  const wide = widthOf(el, schedule, signal);
  const title = element("p", { className: "cnn-title" });
  const { stage, picture } = drawing("Window: arrow keys choose a pixel, Space paints it", { className: "cnn-small" });
  el.append(title, stage);

  const isBright = (pixel) => read().bright.includes(pixel);
  function paint(pixel, light) {
    const others = read().bright.filter((at) => at !== pixel);
    set({ pixel, bright: light ? [...others, pixel] : others });
  }
  arrowSteps(stage, (down, right) => {
    const { pixel } = read();
    set({ pixel: SIDE * held(Math.floor(pixel / SIDE) + down) + held((pixel % SIDE) + right) });
  }, signal);
  onKeys(stage, [" ", "Enter"], () => paint(read().pixel, !isBright(read().pixel)), signal);
  let light; // what the pointer paints until it is let go
  pointer(picture, (y, x, { type, buttons }) => {
    const [row, column] = [(y * HEIGHT - TOP) / CELL, (x * WIDTH - WINDOW) / CELL].map(Math.floor);
    const pixel = SIDE * row + column;
    if (!buttons || held(row) !== row || held(column) !== column) return;
    if (type === "pointerdown") light = !isBright(pixel);
    if (isBright(pixel) !== light) paint(pixel, light);
  }, signal);

  return ({ kernel, bright, pixel, weights: { [kernel]: weights } }) => {
    const answer = bright.reduce((sum, at) => sum + weights[at], 0);
    const most = weights.reduce((sum, weight) => sum + Math.max(0, weight), 0);
    const long = (value) => Math.max(-1, value / most) * LONG;
    const full = most - answer < 1e-6;
    say(title, full ? "No window gets a larger answer" : "Paint the window that gets the largest answer");
    show(picture, [
      ...[[WINDOW, "window"], [KERNEL, "kernel"], [ZERO - LONG, "answer"]].map(([x, name]) => element("text", { class: "cnn-tick", x, y: 18 }, name)),
      ...weights.flatMap((weight, i) => [
        element("rect", { class: "cnn-cell", ...square(i, WINDOW), style: `fill: ${bright.includes(i) ? "#fff" : "#111"}` }),
        element("rect", { class: "cnn-cell", ...square(i, KERNEL) }),
        element("rect", { class: weight < 0 ? "cnn-inhibits" : "cnn-excites", "fill-opacity": Math.min(1, Math.abs(weight)), ...square(i, KERNEL) }),
      ]),
      element("rect", { class: "cnn-brush", ...square(pixel, WINDOW) }),
      element("rect", { class: "cnn-cell", x: ZERO - LONG, y: 70, width: 2 * LONG, height: 50 }),
      element("rect", { class: answer < 0 ? "cnn-inhibits" : "cnn-excites", x: ZERO + Math.min(0, long(answer)), y: 70, width: Math.abs(long(answer)), height: 50 }),
      element("text", { class: "cnn-label", x: ZERO, y: 146 }, `${short(answer)} of ${short(most)}`),
    ], WIDTH, HEIGHT);
    legible(picture, WIDTH, wide());
    return `The window has ${bright.length} bright pixels: the neuron answers ${short(answer)}, of at most ${short(most)}.`;
  };
});
