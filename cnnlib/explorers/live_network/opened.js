// One map opened: a neuron's window, its kernel to edit, the products and what becomes of their sum.

import { drawTable } from "../js/draw/canvas.js";
import { element, renew, say } from "../js/draw/element.js";
import { arrowKeys, numberEntry, pointer } from "../js/frame/input.js";
import { kernelEditor } from "../js/frame/kernel_editor.js";
import { light, mapPanel } from "../js/frame/stage.js";
import { largest } from "../js/math/ops.js";
import { GREYS, packed, paintMaps } from "./atlas.js";
import { isOff } from "./edits.js";
import { accountOf, kernelOf, numbersOf, sliceOf, sumOf } from "./explain.js";
import { reads, sidesOf } from "./graph.js";

const SIDE = 96; // CSS pixels of a table
const NUMBERED = 4; // columns of a kernel that leave its numbers room here

const button = (text, act) => element("button", { type: "button", className: "cnn-button", textContent: text, onclick: act });

/** A parameter of one channel, to type or to step. */
function numberField(name, enter, signal) {
  const input = element("input", { type: "number", step: "0.05", "aria-label": `${name} of this map` });
  const show = numberEntry(input, enter, signal);
  return { node: element("label", { className: "cnn-number" }, element("span", {}, name.replace("moving_", "")), input), show };
}

function tableOf() {
  const canvas = element("canvas", { "aria-hidden": "true" });
  const title = element("span");
  return { canvas, title, node: element("div", { className: "cnn-table" }, title, canvas) };
}

/** Whether single slices of a map's kernel can be cut: those of a convolution that has several. */
const isCuttable = ({ kind }, sum) => ["Conv2D", "PartialConvolution2D"].includes(kind) && sum.sums.length > 1;

/**
 * The opened map of `graph`, whose classes have `names`. `change(edit)` and `toggle(edit)` break and mend, `choose(values)` sets what is looked at. Returns
 * { node, draw }; draw returns the neuron's account in words.
 */
export function openedOf({ graph, names, change, toggle, choose, signal }) {
  const map = mapPanel("cnn-opened-map", { label: "Opened map: arrow keys choose a neuron" });
  const [window, products] = [tableOf(), tableOf()];
  const slices = element("canvas", { "aria-hidden": "true" });
  const sliceOver = element("svg", { "aria-hidden": "true", preserveAspectRatio: "none" });
  const sliceStage = element("div", {
    className: "cnn-stage cnn-slices", role: "application", tabIndex: 0, "aria-label": "Slices of the kernel: arrow keys choose one",
  }, slices, sliceOver);
  let now; // what was drawn last
  const editor = kernelEditor({ changed: setKernel, signal, numbered: NUMBERED });
  const kernel = { title: element("span") };
  kernel.node = element("div", { className: "cnn-table cnn-kernel-table" }, kernel.title, editor.node);
  const reading = element("p", { className: "cnn-reading" });
  const tables = element("div", { className: "cnn-tables" }, reading, window.node, kernel.node, products.node);
  const account = element("p", { className: "cnn-sum" });
  const tools = element("div", { className: "cnn-tools" });
  const node = element("div", { className: "cnn-panel cnn-opened" },
    map.title, element("div", { className: "cnn-opened-row" }, element("div", { className: "cnn-opened-maps" }, map.stage, sliceStage), tables), account, tools);

  function setKernel(rows) {
    const { layer, channel, slice } = now;
    const read = kernelOf(graph, layer, channel);
    const { weight } = read;
    const old = sliceOf(read, graph.layers[layer].weights[weight], slice);
    rows.forEach((line, u) => line.forEach((value, v) => {
      if (value !== old[u][v]) change({ layer: graph.layers[layer].name, weight, at: read.indices(u, v, slice), value });
    }));
  }

  const sides = () => sidesOf(graph.layers[now.layer]);
  const go = (row, column) => {
    now.at = [row, column]; // the next key may come before it is drawn
    choose({ row, column });
  };
  arrowKeys(map.stage, () => now.at, sides, go, signal);
  pointer(map.stage, (y, x, { type, buttons }) => {
    if (type === "pointerdown" || buttons) go(Math.floor(y * sides()[0]), Math.floor(x * sides()[1]));
  }, signal);
  /** Rows and columns in which the slices stand; where there is no map above them, they have its place. */
  function sliceGrid() {
    const count = now.sum?.sums.length ?? 1;
    const columns = Math.min(count, map.stage.hidden ? Math.ceil(Math.sqrt(count)) : 8);
    return [Math.ceil(count / columns), columns];
  }
  const pick = (row, column) => {
    now.slice = Math.min(now.sum.sums.length - 1, row * sliceGrid()[1] + column);
    choose({ slice: now.slice });
  };
  arrowKeys(sliceStage, () => [Math.floor(now.slice / sliceGrid()[1]), now.slice % sliceGrid()[1]], sliceGrid, pick, signal);
  sliceStage.addEventListener("click", (event) => {
    const box = slices.getBoundingClientRect();
    const [rows, columns] = sliceGrid();
    pick(Math.floor(((event.clientY - box.top) / box.height) * rows), Math.floor(((event.clientX - box.left) / box.width) * columns));
  }, { signal });

  let fields = {};
  let toolsOf = null;

  /** Buttons and number fields of the chosen map; made anew for another one. */
  function drawTools(edits) {
    const layer = graph.layers[now.layer];
    const key = `${layer.name},${now.channel}`;
    if (toolsOf !== key) {
      toolsOf = key;
      fields = Object.fromEntries(numbersOf(layer).map((weight) => [
        weight,
        numberField(weight, (value) => change({ layer: layer.name, weight, at: [now.channel], value }), signal),
      ]));
      const unit = layer.shape.length === 1 ? "unit" : "map";
      const off = now.layer ? [button(`Switch this ${unit} off`, () => toggle({ layer: layer.name, map: now.channel }))] : [];
      const cuts = layer.inputs.length > 1
        ? layer.inputs.map((from, input) => button(`Cut ${graph.layers[from].name.replace(/.*\//, "")}`, () => toggle({ layer: layer.name, input })))
        : [];
      const severs = isCuttable(graph.layers[now.layer], now.sum) ? [button("Cut this connection", () => toggle({ layer: layer.name, slice: [now.channel, now.slice] }))] : [];
      tools.replaceChildren(...Object.values(fields).map((field) => field.node), ...off, ...cuts, ...severs);
    }
    for (const [weight, { show }] of Object.entries(fields)) show(Number(layer.weights[weight].data[now.channel].toFixed(4)));
    const [off, ...others] = tools.querySelectorAll("button");
    off?.setAttribute("aria-pressed", isOff(edits, { layer: layer.name, map: now.channel }));
    const what = (input) => (layer.inputs.length > 1 ? { input } : { slice: [now.channel, now.slice] });
    others.forEach((one, place) => one.setAttribute("aria-pressed", isOff(edits, { layer: layer.name, ...what(place) })));
  }

  function drawSlices(theme) {
    const count = now.sum.sums.length;
    sliceStage.hidden = count === 1;
    if (count === 1) return;
    const [rows, columns] = sliceGrid();
    const all = Array.from({ length: count }, (_, c) => sliceOf(now.sum.kernel, graph.layers[now.layer].weights[now.sum.kernel.weight], c).flat());
    const [height, width] = [now.sum.kernel.rows, now.sum.kernel.columns];
    const data = new Float32Array(height * width * count);
    all.forEach((slice, c) => slice.forEach((value, i) => (data[i * count + c] = value)));
    paintMaps(slices, { data, shape: [height, width, count] }, columns, packed(theme.palette), largest(data));
    light({ overlay: sliceOver }, [Math.floor(now.slice / columns), Math.floor(now.slice / columns) + 1, now.slice % columns, (now.slice % columns) + 1], [rows, columns], "cnn-neuron");
  }

  /** `chosen` is { layer, channel, slice, at }. */
  function draw(chosen, { values, edits, limit, theme }) {
    const { layer, channel, at } = chosen;
    const own = graph.layers[layer];
    const [height, width, count] = sidesOf(own);
    const output = values(layer);
    const sum = sumOf(graph, layer, { k: channel, slice: chosen.slice, at, values });
    now = { ...chosen, sum };
    const one = Float32Array.from({ length: height * width }, (_, i) => output.data[i * count + channel]);
    paintMaps(map.canvas, { data: one, shape: [height, width, 1] }, 1, layer ? packed(theme.palette) : GREYS, limit);
    light(map, [at[0], at[0] + 1, at[1], at[1] + 1], [height, width], "cnn-neuron");
    const name = own.name.replace(/.*\//, "");
    const from = sum && reads(graph, layer, channel)[0];
    const source = sum && graph.layers[from.layer].name.replace(/.*\//, "");
    const named = graph.layers.slice(layer).every((one) => sidesOf(one).at(-1) === names.length) ? `: ${names[channel]}` : "";
    const title = own.shape.length === 1 ? `${name}, unit ${channel + 1} of ${count}${named}` : `${name}, map ${channel + 1} of ${count}, ${height}×${width}`;
    say(map.title, title);
    map.stage.hidden = own.shape.length === 1;
    tables.hidden = !sum;
    sliceStage.hidden = !sum;
    if (sum) {
      drawSlices(theme);
      say(reading, sum.sums.length > 1 ? `Slice ${chosen.slice + 1} reads map ${from.channels[chosen.slice] + 1} of ${source}` : "");
      const bitmap = sum.kernel.weight === "centers";
      const titles = bitmap ? [`${source} draws`, "− bitmap", "squared"] : ["window", "× kernel", "= products"];
      [window, kernel, products].forEach(({ title: one }, i) => say(one, titles[i]));
      tables.classList.toggle("cnn-upright", bitmap);
      kernel.node.inert = isOff(edits, { layer: own.name, slice: [channel, chosen.slice] }); // its weights are zeros as long as it is cut
      const seen = sum.window.flat().map((value) => value ?? 0);
      const grey = graph.behind(own.inputs[0]) === 0 && seen.every((value) => value >= 0 && value <= 1); // as the picture is drawn
      drawTable(window.canvas, sum.window, { theme, limit: largest(seen), side: SIDE, grey });
      editor.draw(sum.weights, theme.palette);
      drawTable(products.canvas, sum.products, { theme, limit: largest(sum.products.flat()), side: SIDE });
    }
    const value = output.data[(at[0] * width + at[1]) * count + channel];
    const off = own.silent.has(channel);
    const text = off ? "switched off: 0" : accountOf(graph, layer, { k: channel, at, values, sum, value });
    say(account, text);
    drawTools(edits);
    const place = own.shape.length === 1 ? title : `${title}, row ${at[0]}, column ${at[1]}`;
    return `${place}: ${text}`;
  }

  return { node, draw };
}
