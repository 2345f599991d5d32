import { drawTable, paintSigned } from "../js/draw/canvas.js";
import { element, say } from "../js/draw/element.js";
import { enclosed, short } from "../js/draw/format.js";
import { tensorOf } from "../js/draw/pictures.js";
import { mix, themeOf } from "../js/draw/theme.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowKeys, pointer } from "../js/frame/input.js";
import { kernelEditor } from "../js/frame/kernel_editor.js";
import { light, mapPanel } from "../js/frame/stage.js";
import { activate, conv2d, largest, padAmounts, usualLimit } from "../js/math/ops.js";
import { runningSum } from "./running_sum.js";

const SIZE = 3;
const TABLE = 100; // CSS pixels
const COLOURS = ["red", "green", "blue"]; // as a pixel holds them
const [OCHRE, PURPLE] = [[190, 120, 20], [142, 78, 198]]; // negative and positive: the hues of no channel

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

/** A channel of the picture, with tables of its window and its products; between them its weights are edited. */
function channelPanel(colour, c, changed, signal) {
  const panel = mapPanel(`cnn-channel cnn-channel-${colour}`, { title: `${c}: ${colour}` });
  const [window, products] = ["window", "products"].map(() => element("canvas", { "aria-hidden": "true" }));
  const editor = kernelEditor({ changed, signal, of: ` for ${colour}` });
  const sum = element("p", { className: "cnn-channel-sum" });
  panel.node.append(window, element("span", {}, "×"), editor.node, element("span", {}, "="), products, sum);
  return { ...panel, window, editor, products, sum };
}

function build({ model, el, read, set, signal }) {
  const side = model.get("side");
  const load = ([name, pixels]) => [name, tensorOf(pixels, [side, side, 3])];
  const pictures = Object.fromEntries(Object.entries(model.get("pixels")).map(load));
  const names = model.get("maps");
  const channels = COLOURS.map((colour, c) => channelPanel(colour, c, (weights) => edit(c, weights), signal));
  const total = element("p", { className: "cnn-sizes cnn-total" });
  const maps = names.map((name, k) =>
    mapPanel("cnn-map-choice", { title: `${k}: ${name}`, label: `Map ${k}, ${name}: arrow keys choose a neuron` }));
  const running = runningSum();
  const headings = ["channel", "window", "", "weights", "", "products"].map((text) => element("span", {}, text));
  el.append(
    element("div", { className: "cnn-stack" },
      element("div", { className: "cnn-channels" },
        element("div", { className: "cnn-headings", "aria-hidden": "true" }, ...headings), ...channels.map(({ node }) => node)),
      element("div", {}, element("div", { className: "cnn-map-choices" }, ...maps.map(({ node }) => node)), running.node)),
    total,
  );

  function edit(channel, weights) {
    const { kernels, map } = read();
    set({ kernels: { ...kernels, [map]: kernels[map].map((slice, c) => (c === channel ? weights : slice)) } });
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
      drawTable(shown.window, values, { theme, grey: true, side: TABLE });
      shown.editor.draw(kernel[c], theme.palette);
      drawTable(shown.products, products, { theme, limit, side: TABLE });
      const sum = products.flat().reduce((a, b) => a + b, 0);
      say(shown.sum, `sum ${short(sum, 3)}`);
      return { sum, products: products.flat() };
    });
    painted = picture;
    return sums;
  }

  let colours = {}; // the theme's, with those of the signs changed

  return function draw({ picture: name, map, stride, padding, bias, relu, kernels }) {
    const own = themeOf(el);
    if (colours.own !== own) colours = { own, theme: { ...own, palette: mix(OCHRE, own.palette[255], PURPLE) } };
    const { theme } = colours;
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
    const added = drawChannels(picture, kernels[map], [i * stride - before, j * stride - before], theme);
    const sums = added.map(({ sum }) => sum);
    running.draw(added.map(({ products }) => products), COLOURS, bias);
    const z = sums.reduce((a, b) => a + b, 0) + bias;
    const term = (value) => enclosed(short(value, 3));
    const after = relu ? `, after the ReLU ${short(Math.max(0, z), 3)}` : "";
    const k = names.indexOf(map);
    say(total, `z = ${sums.map(term).join(" + ")} + bias ${term(bias)} = ${short(z, 3)}${after}`);
    return (
      `3×3×3 weights, stride ${stride}, ${padding}: ${side}×${side}×3 → ${shape.join("×")}×${names.length}. ` +
      `Neuron (${i}, ${j}) of map ${k}, ${map}: ${sums.map((sum, c) => `${COLOURS[c]} ${short(sum, 3)}`).join(", ")}, ` +
      `plus bias ${short(bias, 3)}: ${short(z, 3)}${after}.`
    );
  };
}

export default explorer(build);
