import { drawTable, paintSigned } from "../js/draw/canvas.js";
import { element, say } from "../js/draw/element.js";
import { short } from "../js/draw/format.js";
import { tensorOf } from "../js/draw/pictures.js";
import { themeOf } from "../js/draw/theme.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowKeys, pointer } from "../js/frame/input.js";
import { kernelEditor } from "../js/frame/kernel_editor.js";
import { light, mapPanel } from "../js/frame/stage.js";
import { activate, conv2d, largest, padAmounts, usualLimit } from "../js/math/ops.js";

const SIZE = 3;
const COLOURS = ["red", "green", "blue"]; // as a pixel holds them

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

/** Kernels, each [channels][rows][columns], as one tensor [3, 3, channels, maps]. */
function tensor(kernels) {
  const data = new Float32Array(SIZE * SIZE * 3 * kernels.length);
  kernels.forEach((kernel, k) => kernel.forEach((slice, c) => slice.forEach((row, u) => row.forEach((weight, v) => {
    data[((u * SIZE + v) * 3 + c) * kernels.length + k] = weight;
  }))));
  return { data, shape: [SIZE, SIZE, 3, kernels.length] };
}

const plane = ({ data, shape: [height, width, count] }, k) =>
  ({ data: new Float32Array(height * width).map((_, i) => data[i * count + k]), shape: [height, width] });

/** A channel of the picture, with tables of its window, its weights and their products. */
function channelPanel(colour, c) {
  const panel = mapPanel(`cnn-channel cnn-channel-${colour}`, { title: `Channel ${c}: ${colour}` });
  const [window, weights, products] = ["window", "weights", "products"].map(() => element("canvas", { "aria-hidden": "true" }));
  const table = (canvas, caption) => element("div", {}, canvas, element("p", {}, caption));
  const sum = element("p", { className: "cnn-channel-sum" });
  panel.node.append(
    element("div", { className: "cnn-channel-tables" }, table(window, "window"), table(weights, "× weights"), table(products, "= products")),
    sum,
  );
  return { ...panel, window, weights, products, sum };
}

function build({ model, el, read, set, signal }) {
  const side = model.get("side");
  const load = ([name, pixels]) => [name, tensorOf(pixels, [side, side, 3])];
  const pictures = Object.fromEntries(Object.entries(model.get("pixels")).map(load));
  const names = model.get("maps");
  const channels = COLOURS.map(channelPanel);
  const total = element("p", { className: "cnn-sizes cnn-total" });
  const maps = names.map((name, k) =>
    mapPanel("cnn-map-choice", { title: `${k}: ${name}`, label: `Map ${k}, ${name}: arrow keys choose a neuron` }));
  const editor = kernelEditor({ changed: edit, signal });
  const editorTitle = element("p", { className: "cnn-title" });
  el.append(
    element("div", { className: "cnn-channels" }, ...channels.map(({ node }) => node)),
    total, element("p", { className: "cnn-title cnn-map-line" }, "Four maps: point at a neuron"),
    element("div", { className: "cnn-map-choices" }, ...maps.map(({ node }) => node)),
    element("div", { className: "cnn-slice" }, editorTitle, editor.node),
  );

  function edit(weights) {
    const { kernels, map, channel } = read();
    const edited = kernels[map].map((slice, c) => (COLOURS[c] === channel ? weights : slice));
    set({ kernels: { ...kernels, [map]: edited } });
  }

  let shape = [1, 1];
  const inside = (at, axis) => Math.max(0, Math.min(shape[axis] - 1, at));
  const chosen = () => read().neuron.map(inside);
  maps.forEach(({ stage, canvas }, k) => {
    const choose = (i, j) => set({ neuron: [i, j], map: names[k] });
    arrowKeys(stage, chosen, () => shape, choose, signal);
    pointer(canvas, (y, x) => choose(Math.floor(y * shape[0]), Math.floor(x * shape[1])), signal);
  });
  for (const { canvas } of channels) {
    const under = (fraction) => Math.floor((fraction * side) / read().stride);
    pointer(canvas, (y, x) => set({ neuron: [under(y), under(x)].map(inside) }), signal);
  }

  let painted; // the picture on the channels' canvases

  /** Tables of the window at [top, left] in every channel, and what each adds to the sum. */
  function drawChannels(picture, kernel, [top, left], theme) {
    const limit = largest(kernel.flat(2)) || 1;
    const cell = (row, column, c) => {
      const real = row >= 0 && row < side && column >= 0 && column < side;
      return real ? picture.data[(row * side + column) * 3 + c] : null;
    };
    const sums = channels.map((shown, c) => {
      if (painted !== picture) paintChannel(shown.canvas, picture, c);
      light(shown, [top, top + SIZE, left, left + SIZE], [side, side], "cnn-window");
      const values = kernel[c].map((line, u) => line.map((_, v) => cell(top + u, left + v, c)));
      const products = kernel[c].map((line, u) => line.map((weight, v) => (values[u][v] ?? 0) * weight));
      drawTable(shown.window, values, { theme, grey: true });
      drawTable(shown.weights, kernel[c], { theme, limit });
      drawTable(shown.products, products, { theme, limit });
      const sum = products.flat().reduce((a, b) => a + b, 0);
      say(shown.sum, `sum ${short(sum, 3)}`);
      return sum;
    });
    painted = picture;
    return sums;
  }

  return function draw({ picture: name, map, channel, stride, padding, bias, relu, kernels }) {
    const theme = themeOf(el);
    const picture = pictures[name];
    const all = conv2d(picture, tensor(names.map((one) => kernels[one])), { stride, padding });
    shape = all.shape.slice(0, 2);
    const planes = names.map((one, k) => activate(plane(all, k), one === map ? bias : 0, relu));
    const limit = Math.max(...planes.map(({ data }) => usualLimit(data, 0.01))) || 1;
    const [i, j] = chosen();
    planes.forEach((values, k) => {
      paintSigned(maps[k].canvas, values, theme.palette, limit);
      light(maps[k], [i, i + 1, j, j + 1], shape, "cnn-neuron");
      maps[k].node.classList.toggle("cnn-map-chosen", names[k] === map);
    });
    const [before] = padAmounts(side, SIZE, stride, padding);
    const sums = drawChannels(picture, kernels[map], [i * stride - before, j * stride - before], theme);
    const z = sums.reduce((a, b) => a + b, 0) + bias;
    const term = (value) => (value < 0 ? `(${short(value, 3)})` : short(value, 3));
    const after = relu ? `, after the ReLU ${short(Math.max(0, z), 3)}` : "";
    const k = names.indexOf(map);
    say(total, `z = ${sums.map(term).join(" + ")} + bias ${term(bias)} = ${short(z, 3)}${after}`);
    say(editorTitle, `Weights of map ${k} for ${channel}`);
    editor.draw(kernels[map][COLOURS.indexOf(channel)], theme.palette);
    return (
      `3×3×3 weights, stride ${stride}, ${padding}: ${side}×${side}×3 → ${shape.join("×")}×${names.length}. ` +
      `Neuron (${i}, ${j}) of map ${k}, ${map}: ${sums.map((sum, c) => `${COLOURS[c]} ${short(sum, 3)}`).join(", ")}, ` +
      `with the bias ${short(z, 3)}${after}.`
    );
  };
}

export default explorer(build);
