import { paintGrey, paintSigned } from "../js/draw/canvas.js";
import { element, say } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { bytesOf } from "../js/draw/pictures.js";
import { themeOf } from "../js/draw/theme.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowSteps, pointer, steady } from "../js/frame/input.js";
import { mapPanel, titled } from "../js/frame/stage.js";
import { largest } from "../js/math/ops.js";
import { given } from "../js/nn/given.js";
import { batch, network } from "../js/nn/network.js";

const [SIDE, CELLS, MAPS, STEP] = [40, 10, 16, 0.25];

const tile = (map) => {
  const canvas = element("canvas", { className: "cnn-silent", width: CELLS, height: CELLS, "aria-hidden": "true" });
  const fill = element("span", { className: "cnn-class-map-fill" });
  const bar = element("span", { className: "cnn-class-map-bar" }, fill);
  const number = element("span", { className: "cnn-class-map-number" });
  return { node: element("div", { className: "cnn-class-map-tile", title: `map ${map + 1}` }, canvas, bar, number), canvas, bar, fill, number };
};
const button = (text) => element("button", { type: "button", className: "cnn-button" }, text);
const rounded = (value) => Math.round(value / STEP) * STEP;

async function build({ model, el, read, set, signal, schedule }) {
  const held = await given(model);
  const pictures = bytesOf(model.get("pictures"));
  const net = network(held.graph, held.weights);
  const run = batch(net, 1);
  const { kernel, bias } = net.named.digit.weights;
  const trained = (digit) => Array.from({ length: MAPS }, (_, map) => kernel.data[map * 10 + digit]);
  const most = largest(kernel.data); // of all weights: a bar's half
  const shown = mapPanel("cnn-seen", { title: "Picture" });
  const sum = mapPanel("cnn-seen", { title: "Weighted sum" });
  const tiles = Array.from({ length: MAPS }, (_, map) => tile(map));
  const board = element("div", {
    className: "cnn-class-map-board", role: "application", tabIndex: 0,
    "aria-label": "Maps: left and right arrow keys go from map to map, up and down change its weight",
  }, ...tiles.map(({ node }) => node));
  const [none, back] = ["All weights 0", "The class's weights"].map(button);
  const side = titled("cnn-class-map-side", board, "Maps, and their weights").node;
  side.append(element("p", { className: "cnn-tools" }, none, back));
  el.append(element("div", { className: "cnn-seen-row" }, shown.node, sum.node, side));
  const limitOf = steady(schedule, signal);

  const weightsOf = ({ digit, weights }) => (weights.length ? weights : trained(digit));
  const weigh = (map, weight) => {
    const weights = [...weightsOf(read())];
    weights[map] = Math.max(-most, Math.min(most, weight));
    set({ weights, chosen: map });
  };
  arrowSteps(board, (down, right) => {
    const settings = read();
    const map = Math.max(0, Math.min(MAPS - 1, settings.chosen + right));
    if (down) weigh(map, rounded(weightsOf(settings)[map]) - STEP * down);
    else set({ chosen: map });
  }, signal);
  tiles.forEach(({ node, bar }, map) => {
    node.addEventListener("pointerdown", () => set({ chosen: map }), { signal });
    pointer(bar, (y, _, event) => event.buttons && weigh(map, rounded((1 - 2 * y) * most)), signal);
  });
  none.addEventListener("click", () => set({ weights: Array(MAPS).fill(0) }), { signal });
  back.addEventListener("click", () => set({ weights: [] }), { signal });

  let last = read().digit;
  return function draw(settings) {
    if (settings.digit !== last) {
      last = settings.digit;
      set({ weights: [] });
      settings = read();
    }
    const { picture, digit, chosen } = settings;
    const weights = weightsOf(settings);
    const values = Float32Array.from(pictures.subarray(picture * SIDE ** 2, (picture + 1) * SIDE ** 2));
    run.input.data.set(values);
    run.forward();
    const maps = run.values.conv4.data;
    const of = (map) => ({ data: maps.filter((_, i) => i % MAPS === map), shape: [CELLS, CELLS] });
    const all = Array.from({ length: MAPS }, (_, map) => of(map));
    const summed = Float32Array.from({ length: CELLS ** 2 }, (_, cell) => weights.reduce((total, weight, map) => total + weight * all[map].data[cell], 0));
    const { palette } = themeOf(el);
    const strongest = largest(maps);
    paintGrey(shown.canvas, { data: values, shape: [SIDE, SIDE] }, 0, 255);
    paintSigned(sum.canvas, { data: summed, shape: [CELLS, CELLS] }, palette, limitOf(largest(summed)));
    tiles.forEach(({ node, canvas, fill, number }, map) => {
      paintSigned(canvas, all[map], palette, strongest);
      node.classList.toggle("cnn-chosen", map === chosen);
      const share = (50 * Math.min(most, Math.abs(weights[map]))) / most;
      fill.style.cssText = `height: ${share}%; ${weights[map] < 0 ? "top" : "bottom"}: 50%`;
      fill.classList.toggle("cnn-below", weights[map] < 0);
      say(number, signed(weights[map].toFixed(1)));
    });
    const mean = (data) => data.reduce((a, b) => a + b, 0) / data.length;
    const score = mean(summed) + bias.data[digit];
    const scores = Array.from({ length: 10 }, (_, other) => trained(other).reduce((total, weight, map) => total + weight * mean(all[map].data), 0) + bias.data[other]);
    const best = scores.indexOf(Math.max(...scores));
    const at = summed.indexOf(Math.max(...summed));
    const where = largest(summed) ? `strongest at row ${Math.floor(at / CELLS)}, column ${at % CELLS}` : "0 everywhere";
    return (
      `${settings.weights.length ? "Your weights" : `The weights of class ${digit}`}: the sum is ${where}; with the class's bias its mean makes a score of ${signed(score.toFixed(2))}. ` +
      `The highest score is that of class ${best}, ${signed(scores[best].toFixed(2))}. Map ${chosen + 1}: weight ${signed(weights[chosen].toFixed(2))}, mean ${mean(all[chosen].data).toFixed(2)}.`
    );
  };
}

export default explorer(build);
