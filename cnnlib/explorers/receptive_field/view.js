import { clamp, fieldOf, neuronAt, nestedFields, reachOf, sharesBelow, shrink, traceStack } from "./math.js";
import { sideLayout, sideParts } from "./side.js";
import { layerEditor } from "./editor.js";
import { COLUMNS, range, signed, squared, sums, tableRows } from "./table.js";
import { element, paintGrey, renew, say, themeOf } from "../js/draw/draw.js";
import { arrowKeys, explorer, update, widthOf } from "../js/frame/frame.js";
import { loadPictures } from "../js/draw/pictures.js";

const ROUNDS = 5; // rows of the map that the sliding neuron visits
const NEW = { name: "", kind: "convolution", kernel: 3, stride: 1, padding: "valid", dilation: 1 };

/** Cover what the neuron does not see, or sees through few paths, with the page's colour. */
function paintVeil(canvas, [r, g, b], down, across, alike) {
  const n = down.length;
  const [high, wide] = [down, across].map((shares) => shares.reduce((a, b) => Math.max(a, b), 0));
  const context = canvas.getContext("2d");
  if (canvas.width !== n) [canvas.width, canvas.height] = [n, n];
  const image = context.createImageData(n, n);
  const words = new Uint32Array(image.data.buffer);
  const bare = (b << 16) | (g << 8) | r;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const light = (down[i] / high) * (across[j] / wide);
      const cover = alike ? (light > 0 ? 0 : 0.74) : 0.9 * (1 - Math.sqrt(light));
      words[i * n + j] = (Math.round(cover * 255) << 24) | bare;
    }
  }
  context.putImageData(image, 0, 0);
}

async function build({ model, el, signal, schedule }) {
  const pictures = await loadPictures(model);
  let rows = [];
  let layout = null;
  let hovered = null; // the neuron under a pointer that only passes by
  let playing = 0; // when the neuron set out
  const drawn = {};
  let own = { side: model.get("side"), layers: model.get("layers") }; // what "your own" brings back

  // Elements

  const svg = element("svg", { "aria-hidden": "true" });
  const side = element("div", {
    className: "cnn-drawing cnn-side",
    role: "application",
    tabIndex: 0,
    "aria-label": "Layers from the side: up and down arrow keys choose a layer, left and right a neuron",
  }, svg);
  const photo = element("canvas", { width: 1, height: 1 });
  const veil = element("canvas", { width: 1, height: 1, className: "cnn-cover" }); // one colour, more or less of it
  const overlay = element("svg", { "aria-hidden": "true" });
  const stage = element("div", {
    className: "cnn-stage cnn-scene",
    role: "application",
    tabIndex: 0,
    "aria-label": "Picture: arrow keys choose a neuron of the layer",
  }, photo, veil, overlay);
  const verdict = element("p", { className: "cnn-sizes" });
  const play = element("button", { type: "button", className: "cnn-button" });
  const pictureTitle = element("p", { className: "cnn-title" });
  const caption = element("p", { className: "cnn-caption" });
  const sideTitle = element("p", { className: "cnn-title", textContent: "From the side: point at a neuron, click to keep it" });
  const swatch = (name, text) =>
    element("span", { className: "cnn-key" }, element("span", { className: `cnn-swatch cnn-swatch-${name}` }), text);
  const keys = element(
    "p",
    { className: "cnn-keys" },
    ...[["convolution", "convolution"], ["pooling", "pooling"], ["zero", "zero of the padding"], ["seen", "seen by the neuron"]].map((one) => swatch(...one)),
  );
  const views = element(
    "div",
    { className: "cnn-two" },
    element("div", {}, sideTitle, side, keys),
    element("div", {}, pictureTitle, stage, caption, play),
  );
  const editorTitle = element("p", { className: "cnn-title" });
  const button = (textContent, onclick) => element("button", { type: "button", className: "cnn-button", textContent, onclick });
  const tools = {
    add: button("Add a layer above", () => edit((layers, l) => (layers.splice(l, 0, { ...NEW }), l + 1))),
    down: button("Move down", () => edit((layers, l) => swap(layers, l, l - 1))),
    up: button("Move up", () => edit((layers, l) => swap(layers, l, l + 1))),
    remove: button("Remove", () => edit((layers, l) => (layers.splice(l - 1, 1), clamp(l, 1, layers.length)))),
  };
  const editor = layerEditor(model, () => model.get("layers")[chosen() - 1], (values) =>
    edit((layers, l) => (Object.assign(layers[l - 1], values), l)),
  );
  const card = element(
    "div",
    { className: "cnn-layer-card" },
    editorTitle,
    element("div", { className: "cnn-fields" }, ...editor.fields),
    element("div", { className: "cnn-tools" }, ...Object.values(tools)),
  );
  const cards = element("div", { className: "cnn-recurrences" });
  const body = element("tbody");
  const head = element("thead", {}, element("tr", {}, ...COLUMNS.map((name) => element(name ? "th" : "td", name ? { scope: "col" } : {}, name))));
  const table = element("div", { className: "cnn-layers", role: "group", tabIndex: 0, "aria-label": "All layers" }, element("table", {}, head, body));
  const words = element("p", { className: "cnn-words", role: "status" });
  el.append(verdict, views, card, cards, table, words);

  // State

  function trace() {
    const key = JSON.stringify([model.get("side"), model.get("layers")]);
    if (drawn.key !== key) rows = traceStack(model.get("side"), model.get("layers"));
    drawn.key = key;
  }

  const inside = ({ layer, row, column }) => {
    const l = clamp(layer, 0, rows.length - 1);
    const [i, j] = [row, column].map((neuron) => clamp(neuron, 0, rows[l].outputs - 1));
    return { layer: l, row: i, column: j };
  };

  /** The neuron that the reader has chosen, in the last layer that fits if its own does not. */
  const kept = () => {
    trace();
    return inside({ layer: model.get("layer"), row: model.get("row"), column: model.get("column") });
  };
  const keep = (neuron) => {
    hovered = null;
    stop();
    update(model, neuron);
  };
  const places = ({ layer, row, column }) => [row, column].map((neuron) => rows[layer].centre + neuron * rows[layer].jump);
  const neuronsAt = ([down, across], l) => ({ row: neuronAt(rows[l], down), column: neuronAt(rows[l], across) });

  /** Choose a layer, which may not fit, and its neuron over or under the present one. */
  function chooseLayer(layer) {
    keep({ layer, ...neuronsAt(places(kept()), Math.min(layer, rows.length - 1)) });
  }

  /** Change a copy of the stack; `how` returns the layer that is chosen then. */
  function edit(how) {
    const from = places(kept());
    const layers = model.get("layers").map((layer) => ({ ...layer }));
    const layer = how(layers, clamp(model.get("layer"), 0, layers.length));
    rows = traceStack(model.get("side"), layers);
    const neuron = neuronsAt(from, Math.min(layer, rows.length - 1));
    own = { side: model.get("side"), layers };
    keep({ layers, stack: model.get("presets").length, layer, ...neuron });
  }

  function swap(layers, l, other) {
    if (other < 1 || other > layers.length) return l;
    [layers[l - 1], layers[other - 1]] = [layers[other - 1], layers[l - 1]];
    return other;
  }

  function choosePreset() {
    const preset = model.get("presets")[model.get("stack")] ?? own;
    if (!preset || preset.layers === model.get("layers")) return;
    rows = traceStack(preset.side, preset.layers);
    const layer = rows.length - 1;
    const middle = Math.floor(rows[layer].outputs / 2);
    update(model, { side: preset.side, layers: preset.layers, layer, row: middle, column: middle });
  }
  model.on("change:stack", choosePreset);
  signal.addEventListener("abort", () => model.off("change:stack", choosePreset));

  // Pointer and keys

  const stop = () => {
    playing = 0;
    schedule();
  };
  const pointed = (neuron, event) => {
    hovered = inside(neuron);
    if (event.type === "pointerdown" || event.buttons) keep(hovered);
    else stop();
  };
  for (const [target, find] of [[side, underSide], [stage, underPicture]]) {
    for (const type of ["pointermove", "pointerdown"]) {
      target.addEventListener(type, (event) => pointed(find(event), event), { signal });
    }
    target.addEventListener("pointerleave", () => {
      hovered = null;
      schedule();
    }, { signal });
  }

  function underSide(event) {
    const box = svg.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const level = model.get("layers").length - Math.round((y - 2 - layout.cell / 2) / layout.pitch);
    const layer = clamp(level, 0, rows.length - 1);
    const { row } = neuronsAt(places(kept()), layer);
    return { layer, row, column: neuronAt(rows[layer], (x - layout.x(0)) / layout.unit) };
  }

  function underPicture(event) {
    const { layer } = kept();
    const box = stage.getBoundingClientRect();
    const [low, high] = reachOf(rows, layer);
    const place = (at, from, length) => low + ((at - from) / length) * (high - low) - 0.5;
    const row = neuronAt(rows[layer], place(event.clientY, box.top, box.height));
    return { layer, row, column: neuronAt(rows[layer], place(event.clientX, box.left, box.width)) };
  }

  const depth = () => model.get("layers").length;
  const chosen = () => clamp(model.get("layer"), 0, depth());
  arrowKeys(side, () => [depth() - chosen(), kept().column], () => [depth() + 1, rows[kept().layer].outputs], (line, column) => {
    if (depth() - line === chosen()) keep({ ...kept(), layer: chosen(), column });
    else chooseLayer(depth() - line);
  }, signal);
  arrowKeys(stage, () => [kept().row, kept().column], () => Array(2).fill(rows[kept().layer].outputs), (row, column) =>
    keep({ ...kept(), row, column }), signal);
  body.addEventListener("click", (event) => {
    const line = event.target.closest("tr")?.rowIndex;
    if (line) chooseLayer(line - 1);
  }, { signal });
  play.addEventListener("click", () => {
    playing = playing ? 0 : performance.now();
    schedule();
  });

  /** The neuron that slides along some rows of its map while the reader watches. */
  function sliding() {
    const { layer } = kept();
    const { outputs } = rows[layer];
    const rounds = Math.min(ROUNDS, outputs);
    const turns = (performance.now() - playing) / clamp(outputs * 160, 700, 2400);
    if (turns >= rounds) {
      playing = 0;
      return kept();
    }
    schedule();
    const row = Math.round((Math.floor(turns) * (outputs - 1)) / Math.max(1, rounds - 1));
    return { layer, row, column: Math.floor((turns % 1) * outputs) };
  }

  const width = widthOf(side, schedule, signal);

  // Drawing

  function drawPicture(shown, alike) {
    const n = rows[0].outputs;
    const picture = `${model.get("picture")} ${n}`;
    if (drawn.picture !== picture) paintGrey(photo, shrink(pictures[model.get("picture")], n), 0, 1);
    drawn.picture = picture;
    photo.style.imageRendering = n < pictures[0].shape[0] ? "pixelated" : "auto";
    const [low, high] = reachOf(rows, shown.layer);
    const whole = high - low;
    for (const canvas of [photo, veil]) {
      Object.assign(canvas.style, {
        left: `${(-low / whole) * 100}%`,
        top: `${(-low / whole) * 100}%`,
        width: `${(n / whole) * 100}%`,
        height: `${(n / whole) * 100}%`,
      });
    }
    const [down, across] = [shown.row, shown.column].map((neuron) => sharesBelow(rows, model.get("layers"), shown.layer, neuron)[0]);
    paintVeil(veil, themeOf(el).surface, down, across, alike);
    overlay.setAttribute("viewBox", `${low} ${low} ${whole} ${whole}`);
    const nested = nestedFields(rows, shown);
    const square = (className, { left, top, size }) =>
      element("rect", { class: className, x: left, y: top, width: size, height: size });
    const own = nested.pop();
    renew(
      overlay,
      square("cnn-picture-edge", { top: 0, left: 0, size: n }),
      ...nested.map((one) => square("cnn-nest", one)),
      square("cnn-window", own),
    );
  }

  function keepInSight({ offsetTop, offsetHeight }) {
    const [least, most] = [offsetTop + offsetHeight - table.clientHeight, offsetTop - 2 * offsetHeight];
    if (table.scrollHeight > table.clientHeight) table.scrollTop = clamp(table.scrollTop, least, Math.max(least, most));
  }

  function drawTable(shown) {
    const key = `${shown.layer} ${width()} ${drawn.key}`;
    if (drawn.line === key) return;
    drawn.line = key;
    if (drawn.table !== drawn.key) renew(body, ...tableRows(rows, model.get("layers")));
    drawn.table = drawn.key;
    [...body.children].forEach((line, l) => line.classList.toggle("cnn-now", l === shown.layer));
    keepInSight(body.children[shown.layer]);
  }

  function drawSums(shown) {
    const pairs = shown.layer ? sums(rows, model.get("layers"), shown.layer) : [["field", "1: a pixel sees itself"]];
    renew(cards, ...pairs.map(([name, text]) => element("p", {}, element("span", {}, name), text)));
  }

  function drawEditor() {
    const layers = model.get("layers");
    const layer = layers[chosen() - 1];
    say(editorTitle, layer ? `Change layer ${chosen()} of ${layers.length}${layer.name && `, ${layer.name}`}` : "Choose a layer to change it");
    editor.draw(layer);
    tools.add.hidden = layers.length >= model.get("deepest");
    tools.down.hidden = tools.up.hidden = !layer || layers.length < 2;
    tools.remove.hidden = !layer || layers.length < 2;
  }

  return function draw() {
    trace();
    const layers = model.get("layers");
    const shown = playing ? sliding() : (hovered ?? kept());
    const alike = model.get("light") === 0;
    const n = rows[0].outputs;
    const row = rows[shown.layer];
    const name = shown.layer ? layers[shown.layer - 1].name || `layer ${shown.layer}` : "the picture";
    const fits = rows.length > layers.length;
    const short = fits ? "" : `Only ${rows.length - 1} of ${layers.length} layers fit. `;
    say(verdict, `${short}A neuron of ${name} sees ${squared(row.size)} pixels${row.size > n ? "; the picture has only" : " of"} ${squared(n)}`);
    if (drawn.layout !== `${width()} ${drawn.key}`) layout = sideLayout(rows, layers, Math.max(240, width()));
    drawn.layout = `${width()} ${drawn.key}`;
    svg.setAttribute("viewBox", `0 0 ${layout.width} ${layout.height}`);
    Object.assign(svg.style, { width: `${layout.width}px`, height: `${layout.height}px` });
    renew(svg, ...sideParts(layout, rows, layers, shown, chosen(), alike));
    say(pictureTitle, `Picture ${squared(n)}, neuron (${shown.row}, ${shown.column}) of ${squared(row.outputs)}`);
    drawPicture(shown, alike);
    const [down, sideways] = [shown.row, shown.column].map((neuron) => fieldOf(row, neuron));
    say(caption, `rows ${range(down)}, columns ${range(sideways)}`);
    say(play, playing ? "Pause" : "▶ Slide the neuron");
    drawSums(shown);
    drawEditor();
    // Sixty sentences a second help nobody.
    if (!playing) {
      say(words, `${short}${name}: ${squared(row.outputs)} neurons; field ${row.size}, jump ${row.jump}, padding ${row.padding}, first centre at ${signed(row.centre)}. ` +
        `Neuron (${shown.row}, ${shown.column}) sees rows ${range(down)} and columns ${range(sideways)} of a picture of ${squared(n)}${row.size > n ? ": more than the picture has" : ""}.`);
    }
    drawTable(shown); // at the end, because it lays the page out
  };
}

export default explorer(build);
