import { paintSigned } from "../js/draw/canvas.js";
import { axes, runRows, scale } from "../js/draw/charts.js";
import { element, say } from "../js/draw/element.js";
import { bytesOf } from "../js/draw/pictures.js";
import { themeOf } from "../js/draw/theme.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowSteps, widthOf } from "../js/frame/input.js";
import { drawing, legible, mapPanel, show, titled } from "../js/frame/stage.js";

const [MAPS, ACROSS] = [24, 6];
const CHART = { left: 150, right: 372, top: 6, bottom: 198 };
const [WIDE, TALL] = [390, 254];
const NAMES = {
  folded: "aliased, %", middle: "kernels for middle frequencies, %", dead: "dead maps, %",
  moved: "renamed by a shift, %", accuracy: "new pieces right, %",
};
const ENDS = { folded: [0, 40], middle: [0, 100], dead: [0, 100], moved: [0, 20], accuracy: [40, 80] };

function build({ model, el, read, set, signal, schedule }) {
  const numbers = new Int8Array(bytesOf(model.get("kernels")).slice().buffer);
  const sides = model.get("sides");
  const runs = model.get("runs");
  const seeds = runs.folded[0].values.length;
  const wide = widthOf(el, schedule, signal);
  const learned = mapPanel("cnn-seen", { label: "Kernels: left and right arrow keys go from seed to seed, up and down from layer to layer" });
  const chart = drawing("", { className: "cnn-small" });
  const counted = titled("cnn-first-layers", chart.stage);
  el.append(element("div", { className: "cnn-seen-row" }, learned.node, counted.node));
  const names = runs.folded.map(({ name }) => name);
  arrowSteps(learned.stage, (down, right) => {
    const at = Math.max(0, Math.min(names.length - 1, names.indexOf(read().network) + down));
    set({ network: names[at], seed: read().seed + right });
  }, signal);

  /** The kernels of a run side by side. */
  function sheet(network, seed) {
    const at = names.indexOf(network);
    const size = (i) => MAPS * sides[i] ** 2;
    const from = names.slice(0, at).reduce((sum, _, i) => sum + seeds * size(i), 0) + seed * size(at);
    const side = sides[at];
    const [rows, columns] = [MAPS / ACROSS, ACROSS].map((count) => count * (side + 1) - 1);
    const data = new Float32Array(rows * columns);
    for (let map = 0; map < MAPS; map++)
      for (let y = 0; y < side; y++) {
        const row = Math.floor(map / ACROSS) * (side + 1) + y;
        const begin = from + map * side ** 2 + y * side;
        data.set(numbers.subarray(begin, begin + side), row * columns + (map % ACROSS) * (side + 1));
      }
    return { data, shape: [rows, columns] };
  }
  return function draw({ network, measure, seed }) {
    paintSigned(learned.canvas, sheet(network, seed), themeOf(el).palette, 127);
    say(learned.title, `${MAPS} kernels, ${network}`);
    say(counted.title, NAMES[measure]);
    const rows = runs[measure];
    const [low, high] = ENDS[measure];
    const across = scale(low, high, CHART.left + 8, CHART.right - 8);
    const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => low + share * (high - low));
    show(chart.picture, [
      ...axes(CHART, { place: across, ticks, name: NAMES[measure] }, { place: () => 0, ticks: [] }),
      ...runRows(rows, { across, left: CHART.left - 6, top: CHART.top, high: (CHART.bottom - CHART.top) / rows.length, marked: seed }),
    ], WIDE, TALL);
    legible(chart.picture, WIDE, wide());
    return `Seed ${seed}, ${NAMES[measure].replace(", %", "")}: ${rows.map(({ name, values }) => `${name} ${values[seed].toFixed(1)} %`).join("; ")}.`;
  };
}

export default explorer(build);
