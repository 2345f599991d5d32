import { drawTable } from "../js/draw/canvas.js";
import { element, say } from "../js/draw/element.js";
import { short } from "../js/draw/format.js";
import { widthOf } from "../js/frame/input.js";
import { largest } from "../js/math/ops.js";
import { patch } from "./layer.js";

/**
 * One neuron's sum as tables of its window, its weights and their products; `resized` is called when
 * the page gives them another width. Returns { node, draw }; draw(picture, layer, neuron, theme) returns the sum in words.
 */
export function sumOf(resized, signal) {
  const tables = ["window", "× weights", "= products"].map((name) => {
    const canvas = element("canvas", { "aria-hidden": "true" });
    return { canvas, node: element("div", { className: "cnn-table" }, canvas, element("span", { textContent: name })) };
  });
  const [window, weights, products] = tables.map(({ canvas }) => canvas);
  const wide = widthOf(window, resized, signal);
  const words = element("p", { className: "cnn-sum" });
  const node = element("div", { className: "cnn-detail" }, ...tables.map((table) => table.node), words);
  let drawn = {}; // the weights on their canvas, which seldom change

  function draw(picture, layer, neuron, theme) {
    const kernel = layer.weights;
    const shown = wide();
    const pixels = patch(picture, layer, neuron);
    const multiplied = pixels.map((line, u) => line.map((pixel, v) => (pixel ?? 0) * kernel[u][v]));
    drawTable(window, pixels, { theme, shown, grey: true });
    const key = `${kernel} ${shown}`;
    if (drawn.key !== key || drawn.theme !== theme) drawTable(weights, kernel, { theme, shown, limit: largest(kernel.flat()) });
    drawn = { key, theme };
    drawTable(products, multiplied, { theme, shown, limit: largest(multiplied.flat()) });
    const total = multiplied.flat().reduce((a, b) => a + b, 0);
    const z = total + layer.bias;
    const bias = layer.bias < 0 ? `− ${short(-layer.bias)}` : `+ ${short(layer.bias)}`;
    const parts = [`sum ${short(total, 3)}`, `${bias} bias`, `= ${short(z, 3)}`];
    if (layer.relu) parts.push(`→ ReLU → ${short(Math.max(0, z), 3)}`);
    const text = parts.join(" ");
    say(words, text);
    return text;
  }

  return { node, draw };
}
