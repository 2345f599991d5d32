import { axes, linearTicks, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { percent, plural, short } from "../js/draw/format.js";
import { loadPictures } from "../js/draw/pictures.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowSteps, pointer, widthOf } from "../js/frame/input.js";
import { drawing, legible, show } from "../js/frame/stage.js";
import { activate, conv2d } from "../js/math/ops.js";
import { change, move as moved, pool, strided } from "../pooling/math.js";

const [STEPS, WIDTH, HEIGHT] = [16, 660, 290];
const PLOT = { left: 84, right: 396, top: 10, bottom: 216 };
const MOVES = {
  right: { by: (steps) => steps / 2, name: "moved right, pixels", said: (value) => `Moved right by ${plural(value, "pixel")}` },
  turn: { by: (steps) => steps, name: "turned, degrees", said: (value) => `Turned by ${plural(value, "degree")}` },
  zoom: { by: (steps) => 1 + steps / 100, name: "zoom", said: (value) => `Magnified by ${value}` },
};
const STILL = { right: 0, turn: 0, zoom: 1 };
const WAYS = [
  ["what is pooled", (map) => map],
  ["stride 4 alone", (map) => strided(map, 4)],
  ["average 4×4", (map) => pool(map, "average", { size: 4, stride: 4 })],
  ["max 4×4", (map) => pool(map, "max", { size: 4, stride: 4 })],
  ["max 8×8, stride 4", (map) => pool(map, "max", { size: 8, stride: 4 })],
];
const up = scale(0, 1.5, PLOT.bottom, PLOT.top);

async function build({ model, el, read, set, signal, schedule }) {
  const pictures = Object.values(await loadPictures(model));
  const kernel = { data: Float32Array.from(model.get("vertical")), shape: [3, 3, 1, 1] };
  const { stage, picture } = drawing("Curves: left and right arrow keys move the photographs", { className: "cnn-small" });
  const wide = widthOf(el, schedule, signal);
  const kept = new Map(); // curves that were computed
  el.append(stage);
  arrowSteps(stage, (down, right) => set({ steps: read().steps + right - down }), signal);
  pointer(picture, (y, x) => set({ steps: Math.round((STEPS * (x * WIDTH - PLOT.left)) / (PLOT.right - PLOT.left)) }), signal);

  function prepared({ data, shape: [height, width] }, source) {
    if (source === "pixels") return { data, shape: [height, width] };
    const edges = activate(conv2d({ data, shape: [height, width, 1] }, kernel), 0, true);
    return { data: edges.data, shape: edges.shape.slice(0, 2) };
  }

  /** The mean change of each way to pool, for every number of steps. */
  function curves(move, source) {
    const all = WAYS.map(() => new Array(STEPS + 1).fill(0));
    for (const one of pictures) {
      const before = prepared(one, source);
      for (let steps = 0; steps <= STEPS; steps++) {
        const after = prepared(moved(one, { ...STILL, [move]: MOVES[move].by(steps) }), source);
        WAYS.forEach(([, way], k) => (all[k][steps] += change(way(before), way(after)) / pictures.length));
      }
    }
    return all;
  }

  return ({ move, source, steps }) => {
    const key = `${move} ${source}`;
    if (!kept.has(key)) kept.set(key, curves(move, source));
    const found = kept.get(key);
    const { by, name, said } = MOVES[move];
    const place = scale(by(0), by(STEPS), PLOT.left, PLOT.right);
    const order = found.map((row, k) => [row.at(-1), k]).sort(([one], [other]) => other - one).map(([, k]) => k);
    const beside = (k) => 26 + 40 * order.indexOf(k);
    show(picture, [
      ...axes(PLOT, { place, ticks: linearTicks(by(0), by(STEPS)), text: short, name }, { place: up, ticks: [0, 0.5, 1, 1.5], text: percent }),
      element("line", { class: "cnn-grid", x1: place(by(steps)), x2: place(by(steps)), y1: PLOT.top, y2: PLOT.bottom }),
      ...found.map((row, k) => element("g", { class: `cnn-way-${k}` },
        element("path", { class: "cnn-curve", d: `M${row.map((value, i) => `${place(by(i))},${up(value)}`).join("L")}` }),
        element("path", { class: "cnn-curve cnn-lead", d: `M${PLOT.right},${up(row.at(-1))}L${PLOT.right + 20},${beside(k) - 4}` }),
        element("circle", { class: "cnn-dot", cx: place(by(steps)), cy: up(row[steps]), r: 4 }),
        element("text", { class: "cnn-tick", x: PLOT.right + 24, y: beside(k) }, `${percent(row[steps])} ${WAYS[k][0]}`))),
    ], WIDTH, HEIGHT);
    legible(picture, WIDTH, wide());
    return `${said(by(steps))}: ${WAYS.map(([way], k) => `${way} changes by ${percent(found[k][steps])}`).join(", ")}.`;
  };
}

export default explorer(build);
