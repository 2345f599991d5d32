import { clamp, fieldOf, neuronAt, reachOf, traceStack } from "./math.js";
import { layerCard } from "./editor.js";
import { scene } from "./picture.js";
import { sideLayout, sideParts } from "./side.js";
import { layerTable, range, squared, sums } from "./table.js";
import { swatch } from "../js/draw/charts.js";
import { element, renew, say } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { loadPictures } from "../js/draw/pictures.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowKeys, pointer, widthOf } from "../js/frame/input.js";
import { drawing } from "../js/frame/stage.js";

const ROUNDS = 5; // rows of the map that the sliding neuron visits
const KEYS = { convolution: "convolution", pooling: "pooling", zero: "zero of the padding", seen: "seen" };

/** The neuron that slides along some rows of its map, or null where it has been everywhere. */
function sliding({ outputs }, layer, elapsed) {
  const rounds = Math.min(ROUNDS, outputs);
  const turns = elapsed / clamp(outputs * 160, 700, 2400);
  if (turns >= rounds) return null;
  const row = Math.round((Math.floor(turns) * (outputs - 1)) / Math.max(1, rounds - 1));
  return { layer, row, column: Math.floor((turns % 1) * outputs) };
}

async function build({ model, el, read, set, signal, schedule }) {
  const pictures = await loadPictures(model);
  const presets = model.get("presets");
  let rows = [];
  let traced = {}; // what `rows` were made of
  let layout = null;
  let hovered = null; // the neuron under a pointer that only passes by
  let playing = 0; // when the neuron set out
  let own = read(); // side and layers that "your own" brings back

  // Elements

  const verdict = element("p", { className: "cnn-sizes" });
  const side = drawing("Layers from the side: up and down arrow keys choose a layer, left and right a neuron", { className: "cnn-side" });
  const sideTitle = element("p", { className: "cnn-title" }, "From the side: click to keep a neuron");
  const keys = element("p", { className: "cnn-keys" }, ...Object.entries(KEYS).map(([name, text]) => swatch(`cnn-swatch-${name}`, text)));
  const { stage, draw: drawPicture } = scene();
  const pictureTitle = element("p", { className: "cnn-title" });
  const caption = element("p", { className: "cnn-caption" });
  const play = element("button", { type: "button", className: "cnn-button" });
  const views = element(
    "div",
    { className: "cnn-two" },
    element("div", {}, element("div", { className: "cnn-side-head" }, sideTitle, play), side.stage, keys),
    element("div", {}, pictureTitle, stage, caption),
  );
  const card = layerCard({ largest: model.get("largest"), deepest: model.get("deepest"), edit, signal });
  const recurrences = element("div", { className: "cnn-recurrences" });
  const table = layerTable({ choose: chooseLayer, signal });
  el.append(verdict, views, card.node, element("div", { className: "cnn-numbers" }, recurrences, table.node));
  const width = widthOf(side.stage, schedule, signal);

  // State

  function follow(side, layers) {
    if (traced.side !== side || traced.layers !== layers) rows = traceStack(side, layers);
    traced = { side, layers };
  }

  const inside = ({ layer, row, column }) => {
    const l = clamp(layer, 0, rows.length - 1);
    const [i, j] = [row, column].map((neuron) => clamp(neuron, 0, rows[l].outputs - 1));
    return { layer: l, row: i, column: j };
  };

  /** The neuron that the reader has chosen, in the last layer that fits if its own does not. */
  const kept = () => {
    const settings = read();
    follow(settings.side, settings.layers);
    return inside(settings);
  };
  const keep = (neuron) => {
    hovered = null;
    stop();
    set(neuron);
  };
  const stop = () => {
    playing = 0;
    schedule();
  };
  const depth = () => read().layers.length;
  const chosen = () => clamp(read().layer, 0, depth());
  const places = ({ layer, row, column }) => [row, column].map((neuron) => rows[layer].centre + neuron * rows[layer].jump);
  const neuronsAt = ([down, across], l) => ({ row: neuronAt(rows[l], down), column: neuronAt(rows[l], across) });

  /** Choose a layer, which may not fit, and its neuron over or under the present one. */
  function chooseLayer(layer) {
    keep({ layer, ...neuronsAt(places(kept()), Math.min(layer, rows.length - 1)) });
  }

  /** Change a copy of the stack, which is the reader's own then. */
  function edit(how) {
    const from = places(kept());
    const { side, layers: old } = read();
    const layers = old.map((layer) => ({ ...layer }));
    const layer = how(layers, chosen());
    follow(side, layers);
    own = { side, layers };
    keep({ layers, stack: null, layer, ...neuronsAt(from, Math.min(layer, rows.length - 1)) });
  }

  function choosePreset() {
    const { stack, layers: present } = read();
    const { side, layers } = presets[stack] ?? own;
    if (layers === present) return;
    follow(side, layers);
    const layer = rows.length - 1;
    const middle = Math.floor(rows[layer].outputs / 2);
    set({ side, layers, layer, row: middle, column: middle });
  }
  model.on("change:stack", choosePreset);
  signal.addEventListener("abort", () => model.off("change:stack", choosePreset));

  // Pointer and keys

  function underSide(y, x) {
    const level = depth() - Math.round((y * layout.height - layout.top - layout.cell / 2) / layout.pitch);
    const layer = clamp(level, 0, rows.length - 1);
    const { row } = neuronsAt(places(kept()), layer);
    return { layer, row, column: neuronAt(rows[layer], (x * layout.width - layout.x(0)) / layout.unit) };
  }

  function underPicture(y, x) {
    const { layer } = kept();
    const [low, high] = reachOf(rows, layer);
    const [row, column] = [y, x].map((part) => neuronAt(rows[layer], low + part * (high - low) - 0.5));
    return { layer, row, column };
  }

  for (const [target, find] of [[side.picture, underSide], [stage, underPicture]]) {
    pointer(target, (y, x, event) => {
      hovered = inside(find(y, x));
      if (event.type === "pointerdown" || event.buttons) keep(hovered);
      else stop();
    }, signal);
    target.addEventListener("pointerleave", () => {
      hovered = null;
      schedule();
    }, { signal });
  }
  arrowKeys(side.stage, () => [depth() - chosen(), kept().column], () => [depth() + 1, rows[kept().layer].outputs], (line, column) => {
    if (depth() - line === chosen()) keep({ ...kept(), layer: chosen(), column });
    else chooseLayer(depth() - line);
  }, signal);
  arrowKeys(stage, () => [kept().row, kept().column], () => Array(2).fill(rows[kept().layer].outputs), (row, column) =>
    keep({ ...kept(), row, column }), signal);
  play.addEventListener("click", () => {
    playing = playing ? 0 : performance.now();
    schedule();
  });

  // Drawing

  /** The neuron to show: the one that slides, the one under the pointer or the one that is kept. */
  function present() {
    const neuron = kept();
    if (!playing) return hovered ?? neuron;
    const next = sliding(rows[neuron.layer], neuron.layer, performance.now() - playing);
    if (next) schedule();
    else playing = 0;
    return next ?? neuron;
  }

  function drawSide(layers, shown, alike) {
    const wide = Math.max(240, width());
    if (layout?.rows !== rows || layout.width !== wide) layout = { ...sideLayout(rows, layers, wide), rows };
    side.picture.setAttribute("viewBox", `0 0 ${layout.width} ${layout.height}`);
    Object.assign(side.picture.style, { width: `${layout.width}px`, height: `${layout.height}px` });
    renew(side.picture, ...sideParts(layout, rows, layers, shown, chosen(), alike));
  }

  function drawSums(layers, l) {
    const pairs = l ? sums(rows, layers, l) : [["field", "1: a pixel sees itself"]];
    renew(recurrences, ...pairs.map(([name, text]) => element("p", {}, element("span", {}, name), text)));
  }

  return function draw({ layers, light, picture }) {
    const shown = present();
    const [n, row] = [rows[0].outputs, rows[shown.layer]];
    const name = shown.layer ? layers[shown.layer - 1].name || `layer ${shown.layer}` : "the picture";
    const [unit, Unit] = shown.layer ? ["neuron", "Neuron"] : ["pixel", "Pixel"];
    const short = rows.length > layers.length ? "" : `Only ${rows.length - 1} of ${layers.length} layers fit. `;
    const alike = light === "field";
    say(verdict, `${short}A ${unit} of ${name} sees ${squared(row.size)} pixels${row.size > n ? "; the picture has" : " of"} ${squared(n)}`);
    drawSide(layers, shown, alike);
    say(pictureTitle, `${Unit} (${shown.row}, ${shown.column}) of ${squared(row.outputs)}`);
    drawPicture(rows, layers, shown, { picture: pictures[picture], alike });
    const ranges = [shown.row, shown.column].map((neuron) => range(fieldOf(row, neuron)));
    const [down, across] = ["row", "column"].map((line, i) => `${line}${row.size > 1 ? "s" : ""} ${ranges[i]}`);
    say(caption, `${down}, ${across}`);
    say(play, playing ? "Pause" : "▶ Slide the neuron");
    drawSums(layers, shown.layer);
    card.draw(layers, chosen());
    table.draw(rows, layers, shown.layer, width());
    if (playing) return undefined; // sixty sentences a second help nobody
    return `${short}${name}: ${squared(row.outputs)} ${unit}s; field ${row.size}, jump ${row.jump}, padding ${row.padding}, first centre at ${signed(row.centre)}. ` +
      `${Unit} (${shown.row}, ${shown.column}) sees ${down} and ${across} of a picture of ${squared(n)}${row.size > n ? ": more than the picture has" : ""}.`;
  };
}

export default explorer(build);
