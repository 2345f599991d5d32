import { paintGrey, paintSigned } from "../js/draw/canvas.js";
import { element, say } from "../js/draw/element.js";
import { signed, three } from "../js/draw/format.js";
import { loadPictures } from "../js/draw/pictures.js";
import { themeOf } from "../js/draw/theme.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowSteps } from "../js/frame/input.js";
import { mapPanel } from "../js/frame/stage.js";
import { largest } from "../js/math/ops.js";
import { dense, denseWeights, filtered, placed, shareAbove, shifted, shrunk } from "./math.js";

const LAYERS = {
  sobel: "vertical edges",
  mean: "5×5 mean",
  random: "random 5×5",
  position: "convolution times its place",
  dense: "dense layer",
};
const BLINK = 600; // milliseconds for which A, and then B, is shown

const panel = (title) => mapPanel("cnn-way-panel", { title });
const way = (from, to) =>
  element("div", { className: "cnn-way" }, from.node, element("p", { className: "cnn-way-arrow" }, "→"), to.node);

async function build({ model, el, read, set, signal, schedule }) {
  const pictures = await loadPictures(model);
  const kernels = model.get("kernels");
  const [shrink, visible] = [model.get("shrink"), model.get("visible")];
  const [picture, moved, first, map, second, last] =
    ["Picture", "shifted", "A: then filtered", "filtered", "B: then shifted", ""].map(panel);
  const pad = element("div", {
    className: "cnn-ways", role: "application", tabIndex: 0,
    "aria-label": "Shift the picture with the arrow keys, or drag",
  }, way(moved, first), way(map, second));
  const verdict = element("p", { className: "cnn-sizes cnn-way-verdict" });
  el.append(element("div", { className: "cnn-way-layout" }, picture.node, pad, last.node), verdict);

  arrowSteps(pad, (down, right) => set({ down: read().down + down, right: read().right + right }), signal);
  let drag = null;
  pad.addEventListener("pointerdown", (event) => {
    drag = { x: event.clientX, y: event.clientY, ...read() };
    pad.setPointerCapture(event.pointerId);
  }, { signal });
  pad.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const pixel = moved.canvas.getBoundingClientRect().width / pictures[read().picture].shape[1];
    const pixels = (from, to) => Math.round((to - from) / pixel);
    set({ down: drag.down + pixels(drag.y, event.clientY), right: drag.right + pixels(drag.x, event.clientX) });
  }, { signal });
  for (const name of ["pointerup", "pointercancel"]) pad.addEventListener(name, () => (drag = null), { signal });

  let inTurn = 0; // which of A and B is shown while they flicker
  const blink = setInterval(() => {
    if (read().compare !== "flicker") return;
    inTurn = 1 - inTurn;
    schedule();
  }, BLINK);
  signal.addEventListener("abort", () => clearInterval(blink));

  let weights = null; // of the dense layer
  function layerOf(input, layer, circular) {
    if (layer === "dense") return dense(input, (weights ??= denseWeights(input.data.length)));
    const answers = filtered(input, kernels[layer], circular);
    return layer === "position" ? placed(answers) : answers;
  }

  return function draw({ picture: name, layer, border, compare, down, right }) {
    const circular = border === "circular";
    const coarse = layer === "dense" ? shrink : 1;
    const still = coarse === 1 ? { ...pictures[name], shape: pictures[name].shape.slice(0, 2) } : shrunk(pictures[name], coarse);
    const how = { down: Math.trunc(down / coarse), right: Math.trunc(right / coarse), circular };
    const after = shifted(still, how);
    const one = layerOf(after, layer, circular);
    const answers = layerOf(still, layer, circular);
    const other = shifted(answers, how);
    const apart = { data: one.data.map((value, at) => value - other.data[at]), shape: one.shape };
    const { palette } = themeOf(el);
    const limit = largest(answers.data) || 1;
    const compared = compare === "flicker" ? [one, other][inTurn] : apart;
    paintGrey(picture.canvas, still, 0, 1);
    paintGrey(moved.canvas, after, 0, 1);
    for (const [{ canvas }, values] of [[first, one], [map, answers], [second, other], [last, compared]]) {
      paintSigned(canvas, values, palette, limit);
    }
    say(last.title, compare === "flicker" ? `now ${"AB"[inTurn]}` : "A less B");
    const differing = shareAbove(apart, visible * limit);
    const found = how.down || how.right
      ? differing ? `A and B differ at ${three(100 * differing)} % of the pixels.` : "A and B are the same map: equivariant."
      : "Nothing has moved yet: drag one of the four pictures.";
    say(verdict, found);
    return `${LAYERS[layer]}, ${still.shape.join("×")} pixels, ${circular ? "circular borders" : "zeros at the borders"}, shifted down by ${signed(how.down)} and right by ${signed(how.right)}: ${found}`;
  };
}

export default explorer(build);
