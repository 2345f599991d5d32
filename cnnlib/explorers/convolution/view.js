import { drawScale, paintGrey, paintSigned } from "../js/draw/canvas.js";
import { element, renew, say } from "../js/draw/element.js";
import { whole } from "../js/draw/format.js";
import { loadPictures, tensorOf } from "../js/draw/pictures.js";
import { themeOf } from "../js/draw/theme.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowKeys, pointer, steady } from "../js/frame/input.js";
import { kernelEditor } from "../js/frame/kernel_editor.js";
import { light, mapPanel } from "../js/frame/stage.js";
import { uploadButton } from "../js/frame/upload.js";
import { layerOf, mapOf, neuronUnder, weightsOf, windowStart } from "./layer.js";
import { sumOf } from "./sum.js";

const SIDE = 128;
const SWEEPS = 16; // bands that the playing window crosses
const bandOf = (rows) => Math.ceil(rows / SWEEPS);
const TOOLS = {
  Random: (kernel) => kernel.map((row) => row.map(() => Math.round((Math.random() * 2 - 1) * 100) / 100)),
  Zeros: (kernel) => kernel.map((row) => row.map(() => 0)),
  "Turn 180°": (kernel) => kernel.map((row) => [...row].reverse()).reverse(),
};

/** The map in signed colours or in grey, and its scale with a mark at the neuron's value. */
function drawMap(canvas, legend, { map, inside, limit }, [row, column], shades, theme) {
  const grey = shades === "grey";
  let [low, high] = [-limit, limit];
  if (grey) {
    low = inside.reduce((least, value) => Math.min(least, value), Infinity);
    high = inside.reduce((most, value) => Math.max(most, value), -Infinity);
    paintGrey(canvas, map, low, high);
  } else paintSigned(canvas, map, theme.palette, limit);
  drawScale(legend, { low, high, grey, theme, value: map.data[row * map.shape[1] + column] });
}

const activeIn = ({ data }) => ` ${whole(data.filter((value) => value > 0).length)} of ${whole(data.length)} neurons are active.`;

/** The neuron on its map; while the window slides, a veil over what it has not reached. */
function drawNeuron({ overlay }, [row, column], [rows, columns], playing) {
  const rectangle = (className, x, y, width, height) => element("rect", { class: className, x, y, width, height });
  const band = bandOf(rows);
  const veils = playing
    ? [
        rectangle("cnn-veil", column + 1, row, columns - column - 1, Math.min(band, rows - row)),
        rectangle("cnn-veil", 0, row + band, columns, Math.max(0, rows - row - band)),
      ]
    : [];
  overlay.setAttribute("viewBox", `0 0 ${columns} ${rows}`);
  renew(overlay, ...veils, rectangle("cnn-neuron", column, row, 1, 1));
}

async function build({ model, el, read, set, signal, schedule }) {
  const pictures = await loadPictures(model);
  let picture = Object.values(pictures)[0];
  let chosen; // what the setting `picture` stood for when it was last looked at
  let layer;
  let computed = {};
  let painted; // the picture on the canvas, which seldom changes
  let playing = 0; // when the sliding window set out
  let paused = 0; // how long it had been on its way

  const input = mapPanel("cnn-panel cnn-input", { label: "Picture: arrow keys move the window" });
  const output = mapPanel("cnn-panel cnn-map", { label: "Feature map: arrow keys choose a neuron" });
  const legend = element("canvas", { className: "cnn-legend", "aria-hidden": "true" });
  const play = element("button", { type: "button", className: "cnn-button" });
  const editor = kernelEditor({ changed: setKernel, signal });
  const tools = Object.entries(TOOLS).map(([textContent, change]) =>
    element("button", { type: "button", className: "cnn-button", textContent, onclick: () => setKernel(change(weightsOf(read()))) }));
  const kernelTitle = element("p", { className: "cnn-title" });
  const kernelPanel = element("div", { className: "cnn-panel cnn-kernel-panel" },
    kernelTitle, editor.node, element("div", { className: "cnn-tools" }, ...tools));
  const sum = sumOf(schedule, signal);
  const held = steady(schedule, signal);
  const uploader = uploadButton({ target: input.stage, side: SIDE, accept: acceptUpload, signal });
  input.node.append(uploader.node);
  output.node.append(legend, play);
  el.classList.add("cnn-beside");
  el.append(element("div", { className: "cnn-panels" }, input.node, kernelPanel, output.node), sum.node);

  function setKernel(kernel) {
    set({ own_kernel: kernel, size: kernel.length, kernel: null });
  }

  function acceptUpload({ height, width, pixels }) {
    set({ own_shape: [height, width], own_pixels: new DataView(pixels.buffer), picture: null });
  }

  /** A kernel just chosen by its name has a size that it can have. */
  function fitSize() {
    const { kernel, presets, size } = read();
    if (kernel !== null && !(size in presets[kernel].kernels)) set({ size: presets[kernel].usual });
  }
  model.on("change:kernel", fitSize);
  signal.addEventListener("abort", () => model.off("change:kernel", fitSize));

  function choosePicture({ picture: name, own_pixels, own_shape }) {
    const choice = name === null ? own_pixels : pictures[name];
    if (choice === chosen) return;
    chosen = choice;
    if (name !== null) picture = choice;
    else if (choice.byteLength) picture = tensorOf(choice, [...own_shape, 1]);
    else uploader.say("Choose a file with this button, or drop one on the picture.");
  }

  const inMap = (neuron) => neuron.map((at, axis) => Math.max(0, Math.min(layer.sizes[axis] - 1, at)));
  const neuron = () => inMap([model.get("row"), model.get("column")]);
  const choose = (row, column) => {
    stop();
    set({ row, column });
  };
  pointer(input.stage, (y, x) => choose(...inMap(neuronUnder(picture, layer, [y, x]))), signal);
  pointer(output.stage, (y, x) => choose(Math.floor(y * layer.sizes[0]), Math.floor(x * layer.sizes[1])), signal);
  for (const { stage } of [input, output]) arrowKeys(stage, neuron, () => layer.sizes, choose, signal);

  function stop() {
    playing = paused = 0;
    schedule();
  }

  // The window slides along bands of the picture while the map appears behind it.
  play.addEventListener("click", () => {
    [playing, paused] = playing ? [0, performance.now() - playing] : [performance.now() - paused, 0];
    schedule();
  });

  function advance([rows, columns]) {
    const distance = ((performance.now() - playing) / 700) * columns;
    const row = Math.floor(distance / columns) * bandOf(rows);
    if (row >= rows) return stop();
    model.set("row", row);
    model.set("column", Math.floor(distance % columns));
    schedule();
  }

  function compute() {
    const { weights, stride, dilation, padding, bias, relu } = layer;
    const key = String([weights, stride, dilation, padding, bias, relu]);
    if (computed.key !== key || computed.picture !== picture) computed = { key, picture, ...mapOf(picture, layer) };
  }

  return function draw(settings) {
    choosePicture(settings);
    layer = layerOf(settings, picture);
    const { size, stride, dilation, padding, sizes, reach, weights } = layer;
    const sides = picture.shape.slice(0, 2);
    const theme = themeOf(el);
    const empty = sizes.includes(0);
    el.classList.toggle("cnn-empty", empty);
    editor.draw(weights, theme.palette);
    if (painted !== picture) paintGrey(input.canvas, picture, 0, 1);
    painted = picture;
    say(input.title, `Picture ${sides.join("×")}`);
    say(kernelTitle, `Kernel ${size}×${size}`);
    say(output.title, `Feature map ${sizes.join("×")}`);
    say(play, playing ? "Pause" : "▶ Slide the window");
    const how = `${size}×${size} kernel, stride ${stride}${size > 1 ? `, dilation ${dilation}, ${padding}` : ""}`;
    if (empty) return `${how}: the kernel spans ${reach} pixels and does not fit into ${sides.join("×")}.`;
    compute();
    if (playing) advance(sizes);
    const [row, column] = neuron();
    const [top, left] = windowStart(layer, [row, column]);
    drawMap(output.canvas, legend, { ...computed, limit: held(computed.limit) }, [row, column], settings.shades, theme);
    light(input, [top, top + reach, left, left + reach], sides, "cnn-window");
    drawNeuron(output, [row, column], sizes, playing);
    const added = sum.draw(picture, layer, [row, column], theme);
    if (playing) return `${how}: ${sides.join("×")} → ${sizes.join("×")}. The window slides over the picture.`;
    return `${how}: ${sides.join("×")} → ${sizes.join("×")}. Neuron in row ${row}, column ${column}: ${added}.${settings.relu ? activeIn(computed.map) : ""}`;
  };
}

export default explorer(build);
