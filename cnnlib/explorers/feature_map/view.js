import { activate, conv2d, largest, padAmounts, usualLimit } from "../js/math/ops.js";
import { drawTable, element, paintSigned, renew, say, short, themeOf } from "../js/draw/draw.js";
import { arrowKeys, explorer, pointer, update } from "../js/frame/frame.js";
import { kernelEditor } from "../js/frame/kernel_editor.js";

const SIZE = 3;
const COLOURS = ["red", "green", "blue"];
const RULES = ["valid", "same"];

/** A canvas with an overlay for windows. */
function stageOf(ariaLabel) {
  const canvas = element("canvas", { "aria-hidden": "true" });
  const frame = element("svg", { "aria-hidden": "true", preserveAspectRatio: "none" });
  const stage = element("div", { className: "cnn-stage" }, canvas, frame);
  if (ariaLabel) {
    stage.tabIndex = 0;
    stage.setAttribute("role", "application");
    stage.setAttribute("aria-label", ariaLabel);
  }
  return { stage, canvas, frame };
}

function light({ frame }, side, rows, [top, left], size, className) {
  frame.setAttribute("viewBox", `0 0 ${side} ${rows}`);
  renew(frame, element("rect", { class: className, x: left, y: top, width: size, height: size }));
}

/** One channel of an RGB picture in its own colour, dark where it is 0. */
function paintChannel(canvas, { data, shape: [height, width] }, channel) {
  if (canvas.width !== width) [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    image.data[4 * i + channel] = Math.round(255 * data[3 * i + channel]);
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

function build({ model, el, signal }) {
  const channels = COLOURS.map((name, c) => {
    const shown = stageOf();
    const [window, weights, products] = ["window", "weights", "products"].map(() => element("canvas", { "aria-hidden": "true" }));
    const sum = element("p", { className: "cnn-channel-sum" });
    const table = (canvas, caption) => element("div", {}, canvas, element("p", {}, caption));
    const tables = element("div", { className: "cnn-channel-tables" }, table(window, "window"), table(weights, "× weights"), table(products, "= products"));
    const node = element("div", { className: `cnn-channel cnn-channel-${name}` },
      element("p", { className: "cnn-title" }, `Channel ${c}: ${name}`), shown.stage, tables, sum);
    return { ...shown, node, window, weights, products, sum };
  });
  const total = element("p", { className: "cnn-sizes cnn-total" });
  const maps = model.get("names").map((name, k) => {
    const shown = stageOf(`Map ${k}, ${name}: arrow keys choose a neuron`);
    const title = element("p", { className: "cnn-title" }, `${k}: ${name}`);
    return { ...shown, node: element("div", { className: "cnn-map-choice" }, title, shown.stage) };
  });
  const editor = kernelEditor({
    changed: (weights) => {
      const kernels = model.get("kernels").map((kernel, k) =>
        kernel.map((slice, c) => (k === model.get("map") && c === model.get("channel") ? weights : slice)));
      update(model, { kernels });
    },
    signal,
  });
  const editorTitle = element("p", { className: "cnn-title" });
  const words = element("p", { className: "cnn-words", role: "status" });
  const hint = element("p", { className: "cnn-title cnn-map-line" }, "Four maps: point at a neuron");
  el.append(
    element("div", { className: "cnn-channels" }, ...channels.map(({ node }) => node)),
    total, hint,
    element("div", { className: "cnn-map-choices" }, ...maps.map(({ node }) => node)),
    element("div", { className: "cnn-slice" }, editorTitle, editor.node), words,
  );

  let shape = [1, 1];
  const chosen = () => model.get("neuron").map((at, axis) => Math.max(0, Math.min(shape[axis] - 1, at)));
  maps.forEach(({ stage, canvas }, map) => {
    const choose = (i, j) => update(model, { neuron: [i, j], map });
    arrowKeys(stage, chosen, () => shape, choose, signal);
    pointer(canvas, (y, x) => choose(Math.floor(y * shape[0]), Math.floor(x * shape[1])), signal);
  });
  channels.forEach(({ canvas }) =>
    pointer(canvas, (y, x) => {
      const stride = model.get("stride");
      const at = (fraction, axis) => Math.max(0, Math.min(shape[axis] - 1, Math.floor((fraction * model.get("side")) / stride)));
      update(model, { neuron: [at(y, 0), at(x, 1)] });
    }, signal));

  const pictures = model.get("pixels").map((view) => {
    const data = Float32Array.from(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
    return { data: data.map((value) => value / 255), shape: [model.get("side"), model.get("side"), 3] };
  });
  let painted; // the picture on the channels' canvases

  /** The kernels as one tensor [3, 3, channels, maps]. */
  function tensor() {
    const kernels = model.get("kernels");
    const data = new Float32Array(SIZE * SIZE * 3 * kernels.length);
    kernels.forEach((kernel, k) => kernel.forEach((slice, c) => slice.forEach((row, u) => row.forEach((weight, v) => {
      data[((u * SIZE + v) * 3 + c) * kernels.length + k] = weight;
    }))));
    return { data, shape: [SIZE, SIZE, 3, kernels.length] };
  }

  const plane = ({ data, shape: [height, width, count] }, k) =>
    ({ data: new Float32Array(height * width).map((_, i) => data[i * count + k]), shape: [height, width] });

  return function draw() {
    const theme = themeOf(el);
    const picture = pictures[model.get("picture")];
    const side = model.get("side");
    const [map, stride, padding] = ["map", "stride", "padding"].map((name) => model.get(name));
    const all = conv2d(picture, tensor(), { stride, padding: RULES[padding] });
    shape = all.shape.slice(0, 2);
    const planes = maps.map((_, k) => activate(plane(all, k), k === map ? model.get("bias") : 0, model.get("relu")));
    const limit = Math.max(...planes.map(({ data }) => usualLimit(data, 0.01))) || 1;
    const [i, j] = chosen();
    const [before] = padAmounts(side, SIZE, stride, RULES[padding]);
    const [top, left] = [i * stride - before, j * stride - before];

    planes.forEach((values, k) => {
      paintSigned(maps[k].canvas, values, theme.palette, limit);
      light(maps[k], shape[1], shape[0], [i, j], 1, "cnn-neuron");
      maps[k].node.classList.toggle("cnn-map-chosen", k === map);
    });
    const kernel = model.get("kernels")[map];
    const weightLimit = largest(kernel.flat(2)) || 1;
    const cell = (u, v, c) => {
      const [row, column] = [top + u, left + v];
      const inside = row >= 0 && row < side && column >= 0 && column < side;
      return inside ? picture.data[(row * side + column) * 3 + c] : null;
    };
    const three = [0, 1, 2];
    const sums = channels.map((shown, c) => {
      if (painted !== picture) paintChannel(shown.canvas, picture, c);
      light(shown, side, side, [top, left], SIZE, "cnn-window");
      const values = three.map((u) => three.map((v) => cell(u, v, c)));
      const products = three.map((u) => three.map((v) => (values[u][v] ?? 0) * kernel[c][u][v]));
      drawTable(shown.window, values, { theme, grey: true });
      drawTable(shown.weights, kernel[c], { theme, limit: weightLimit });
      drawTable(shown.products, products, { theme, limit: weightLimit });
      const sum = products.flat().reduce((a, b) => a + b, 0);
      say(shown.sum, `sum ${short(sum, 3)}`);
      return sum;
    });
    painted = picture;
    const bias = model.get("bias");
    const z = sums.reduce((a, b) => a + b, 0) + bias;
    const term = (value) => (value < 0 ? `(${short(value, 3)})` : short(value, 3));
    const after = model.get("relu") ? `, after the ReLU ${short(Math.max(0, z), 3)}` : "";
    say(total, `z = ${sums.map(term).join(" + ")} + bias ${term(bias)} = ${short(z, 3)}${after}`);
    say(editorTitle, `Weights of map ${map} for ${COLOURS[model.get("channel")]}`);
    editor.draw(kernel[model.get("channel")], theme.palette);
    say(words,
      `3×3×3 weights, stride ${stride}, ${RULES[padding]}: ${side}×${side}×3 → ${shape.join("×")}×${maps.length}. ` +
      `Neuron (${i}, ${j}) of map ${map}, ${model.get("names")[map]}: ${sums.map((sum, c) => `${COLOURS[c]} ${short(sum, 3)}`).join(", ")}, ` +
      `with the bias ${short(z, 3)}${after}.`);
  };
}

export default explorer(build);
