import { activate, conv2d, interior, largest, outputSize, padAmounts, resizeKernel, span, usualLimit } from "../js/math/ops.js";
import { drawScale, drawTable, element, paintGrey, paintSigned, say, short, themeOf } from "../js/draw/draw.js";
import { arrowKeys, explorer, pointer, update } from "../js/frame/frame.js";
import { kernelEditor } from "../js/frame/kernel_editor.js";
import { loadPictures, picture } from "../js/draw/pictures.js";
import { uploadButton } from "../js/frame/upload.js";

const SIDE = 128;
const PADDINGS = ["valid", "same"];
const GREY = 1; // the index of `shades`
const SWEEPS = 16; // bands that the playing window crosses

/** The view's parameters, with a legal kernel whatever the controls say. */
function read(model) {
  const [size, stride, dilation, bias, relu] = ["size", "stride", "dilation", "bias", "relu"].map((name) => model.get(name));
  const preset = model.get("presets")[model.get("kernel")];
  const known = preset?.kernels[size];
  const kernel = known ?? resizeKernel(preset ? preset.kernels[preset.usual] : model.get("own_kernel"), size);
  return { kernel, size, stride, dilation, padding: PADDINGS[model.get("padding")], bias, relu };
}

function place(rectangle, x, y, width, height) {
  for (const [name, value] of Object.entries({ x, y, width, height })) rectangle.setAttribute(name, value);
}

/** A canvas with an overlay in the same coordinates, under a title. */
function panel(name, label, ...below) {
  const canvas = element("canvas", { width: 1, height: 1 });
  const overlay = element("svg", { preserveAspectRatio: "none", "aria-hidden": "true" });
  const stage = element("div", { className: "cnn-stage", role: "application", tabIndex: 0, "aria-label": label }, canvas, overlay);
  const title = element("p", { className: "cnn-title" });
  const node = element("div", { className: `cnn-panel cnn-${name}` }, title, stage, ...below);
  return { node, title, stage, canvas, overlay };
}

async function build({ model, el, signal, schedule }) {
  const pictures = await loadPictures(model);
  let shown = pictures[0];
  let computed = { key: "" };
  const painted = {}; // what canvases that seldom change show
  let playing = 0; // when the sliding window set out
  let paused = 0; // how long it had been on its way

  // Elements

  const input = panel("input", "Picture: arrow keys move the window");
  const legend = element("canvas", { className: "cnn-legend", "aria-hidden": "true" });
  const play = element("button", { type: "button", className: "cnn-button" });
  const output = panel("map", "Feature map: arrow keys choose a neuron", legend, play);
  const frame = element("rect", { class: "cnn-window" });
  const cell = element("rect", { class: "cnn-neuron" });
  const veils = [element("rect", { class: "cnn-veil" }), element("rect", { class: "cnn-veil" })];
  input.overlay.append(frame);
  output.overlay.append(...veils, cell);
  const editor = kernelEditor({ changed: setKernel, signal });
  const tool = (textContent, change) =>
    element("button", {
      type: "button",
      className: "cnn-button",
      textContent,
      onclick: () => setKernel(change(read(model).kernel)),
    });
  const tools = element(
    "div",
    { className: "cnn-tools" },
    tool("Random", (kernel) => kernel.map((row) => row.map(() => Math.round((Math.random() * 2 - 1) * 100) / 100))),
    tool("Zeros", (kernel) => kernel.map((row) => row.map(() => 0))),
    tool("Turn 180°", (kernel) => kernel.map((row) => [...row].reverse()).reverse()),
  );
  const kernelTitle = element("p", { className: "cnn-title" });
  const kernelPanel = element("div", { className: "cnn-panel cnn-kernel-panel" }, kernelTitle, editor.node, tools);
  const tables = ["window", "× weights", "= products"].map((name) => {
    const canvas = element("canvas", { "aria-hidden": "true" });
    return { canvas, node: element("div", { className: "cnn-table" }, canvas, element("span", { textContent: name })) };
  });
  const sum = element("p", { className: "cnn-sum" });
  const detail = element("div", { className: "cnn-detail" }, ...tables.map((table) => table.node), sum);
  const words = element("p", { className: "cnn-words", role: "status" });
  const uploader = uploadButton({ target: input.stage, side: SIDE, accept: acceptUpload, signal });
  input.node.append(uploader.node);
  el.append(element("div", { className: "cnn-panels" }, input.node, kernelPanel, output.node), detail, words);

  // State

  function setKernel(kernel) {
    update(model, { own_kernel: kernel, size: kernel.length, kernel: model.get("presets").length });
  }

  function acceptUpload({ height, width, pixels }) {
    update(model, { own_shape: [height, width], own_pixels: new DataView(pixels.buffer), picture: pictures.length });
  }

  function choosePicture() {
    const own = model.get("own_pixels");
    if (model.get("picture") < pictures.length) shown = pictures[model.get("picture")];
    else if (own?.byteLength) shown = picture(own, ...model.get("own_shape"));
    else uploader.say("Choose a file with this button, or drop one on the picture.");
    computed.key = "";
  }

  function chooseKernel() {
    const preset = model.get("presets")[model.get("kernel")];
    if (preset && !(model.get("size") in preset.kernels)) update(model, { size: preset.usual });
  }

  const extent = () => computed.map.shape.slice(0, 2);
  const neuron = () => extent().map((count, axis) => Math.max(0, Math.min(count - 1, model.get(axis ? "column" : "row"))));
  const choose = (row, column) => update(model, { row, column });

  function windowStart(p, axis) {
    const [before] = padAmounts(shown.shape[axis], p.size, p.stride, p.padding, p.dilation);
    return neuron()[axis] * p.stride - before;
  }

  function neuronUnder(fractions) {
    const p = read(model);
    const middle = (span(p.size, p.dilation) - 1) / 2;
    return fractions.map((fraction, axis) => {
      const [before] = padAmounts(shown.shape[axis], p.size, p.stride, p.padding, p.dilation);
      const index = Math.round((Math.floor(fraction * shown.shape[axis]) - middle + before) / p.stride);
      return Math.max(0, Math.min(extent()[axis] - 1, index));
    });
  }

  for (const name of ["own_pixels", "own_shape", "picture"]) model.on(`change:${name}`, choosePicture);
  model.on("change:kernel", chooseKernel);
  signal.addEventListener("abort", () => {
    for (const name of ["own_pixels", "own_shape", "picture"]) model.off(`change:${name}`, choosePicture);
    model.off("change:kernel", chooseKernel);
  });
  choosePicture();

  const stop = () => {
    playing = paused = 0;
    schedule();
  };
  pointer(input.stage, (y, x) => (stop(), choose(...neuronUnder([y, x]))), signal);
  pointer(output.stage, (y, x) => (stop(), choose(Math.floor(y * extent()[0]), Math.floor(x * extent()[1]))), signal);
  for (const { stage } of [input, output]) arrowKeys(stage, neuron, extent, (row, column) => (stop(), choose(row, column)), signal);

  // The window slides along bands of the picture while the map appears behind it.
  play.addEventListener("click", () => {
    [playing, paused] = playing ? [0, performance.now() - playing] : [performance.now() - paused, 0];
    schedule();
  });

  function advance() {
    const [rows, columns] = extent();
    const band = Math.ceil(rows / SWEEPS);
    const distance = ((performance.now() - playing) / 700) * columns;
    const row = Math.floor(distance / columns) * band;
    if (row >= rows) return stop();
    model.set("row", row);
    model.set("column", Math.floor(distance % columns));
    schedule();
  }

  // Drawing

  function compute(p) {
    const key = JSON.stringify([p, model.get("picture")]);
    if (computed.key === key) return;
    const kernels = { data: Float32Array.from(p.kernel.flat()), shape: [p.size, p.size, 1, 1] };
    const map = activate(conv2d(shown, kernels, p), p.bias, p.relu);
    const before = shown.shape.slice(0, 2).map((n) => padAmounts(n, p.size, p.stride, p.padding, p.dilation)[0]);
    const inside = interior(map, before, span(p.size, p.dilation), p.stride, shown);
    computed = { key, map, inside, limit: usualLimit(inside) };
  }

  function drawMap(theme) {
    const { map, inside, limit } = computed;
    const grey = model.get("shades") === GREY;
    let [low, high] = [-limit, limit];
    if (grey) {
      low = inside.reduce((least, value) => Math.min(least, value), Infinity);
      high = inside.reduce((most, value) => Math.max(most, value), -Infinity);
      paintGrey(output.canvas, map, low, high);
    } else paintSigned(output.canvas, map, theme.palette, limit);
    const [row, column] = neuron();
    drawScale(legend, { low, high, grey, theme, value: map.data[row * map.shape[1] + column] });
  }

  function drawOverlays(p) {
    const [height, width] = shown.shape;
    const reach = span(p.size, p.dilation);
    const [top, left] = [windowStart(p, 0), windowStart(p, 1)];
    input.overlay.setAttribute("viewBox", `0 0 ${width} ${height}`);
    place(frame, left, top, reach, reach);
    const [rows, columns] = extent();
    const [row, column] = neuron();
    output.overlay.setAttribute("viewBox", `0 0 ${columns} ${rows}`);
    place(cell, column, row, 1, 1);
    const band = playing ? Math.ceil(rows / SWEEPS) : 0;
    const unseen = playing ? Math.max(0, rows - row - band) : 0;
    place(veils[0], column + 1, row, columns - column - 1, Math.min(band, rows - row));
    place(veils[1], 0, row + band, columns, unseen);
  }

  /** The pixels under the window; null stands for padding. */
  function patch(p) {
    const [height, width] = shown.shape;
    const [top, left] = [windowStart(p, 0), windowStart(p, 1)];
    return p.kernel.map((line, u) =>
      line.map((_, v) => {
        const [i, j] = [top + u * p.dilation, left + v * p.dilation];
        return i >= 0 && j >= 0 && i < height && j < width ? shown.data[i * width + j] : null;
      }),
    );
  }

  function drawDetail(p, theme) {
    const pixels = patch(p);
    const products = pixels.map((line, u) => line.map((pixel, v) => (pixel ?? 0) * p.kernel[u][v]));
    const total = products.flat().reduce((a, b) => a + b, 0);
    drawTable(tables[0].canvas, pixels, { theme, grey: true });
    const weights = String(p.kernel);
    if (painted.weights !== weights || painted.theme !== theme) {
      drawTable(tables[1].canvas, p.kernel, { theme, limit: largest(p.kernel.flat()) });
    }
    Object.assign(painted, { weights, theme });
    drawTable(tables[2].canvas, products, { theme, limit: largest(products.flat()) });
    const z = total + p.bias;
    const bias = p.bias < 0 ? `− ${short(-p.bias)}` : `+ ${short(p.bias)}`;
    const parts = [`sum ${short(total, 3)}`, `${bias} bias`, `= ${short(z, 3)}`];
    if (p.relu) parts.push(`→ ReLU → ${short(Math.max(0, z), 3)}`);
    sum.textContent = parts.join(" ");
  }

  function draw() {
    const p = read(model);
    const [height, width] = shown.shape;
    const sizes = [height, width].map((n) => outputSize(n, p.size, p.stride, p.padding, p.dilation));
    const empty = sizes.includes(0);
    el.classList.toggle("cnn-empty", empty);
    const theme = themeOf(el);
    editor.draw(p.kernel, theme.palette);
    if (painted.picture !== shown) paintGrey(input.canvas, shown, 0, 1);
    painted.picture = shown;
    say(input.title, `Picture ${height}×${width}`);
    say(kernelTitle, `Kernel ${p.size}×${p.size}`);
    say(output.title, `Feature map ${sizes.join("×")}`);
    say(play, playing ? "Pause" : "▶ Slide the window");
    const layer = `${p.size}×${p.size} kernel, stride ${p.stride}, dilation ${p.dilation}, ${p.padding}`;
    if (empty) {
      words.textContent = `${layer}: the kernel spans ${span(p.size, p.dilation)} pixels and does not fit into ${height}×${width}.`;
      return;
    }
    compute(p);
    if (playing) advance();
    drawMap(theme);
    drawOverlays(p);
    drawDetail(p, theme);
    if (playing) return; // sixty sentences a second help nobody
    const [row, column] = neuron();
    words.textContent = `${layer}: ${height}×${width} → ${sizes.join("×")}. Neuron in row ${row}, column ${column}: ${sum.textContent}.`;
  }

  return draw;
}

export default explorer(build);
