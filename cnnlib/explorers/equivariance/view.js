import { paintGrey, paintSigned } from "../js/draw/canvas.js";
import { element, say } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { loadPictures } from "../js/draw/pictures.js";
import { themeOf } from "../js/draw/theme.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowSteps } from "../js/frame/input.js";
import { mapPanel } from "../js/frame/stage.js";
import { largest } from "../js/math/ops.js";
import { dense, deviation, filtered, placed, shifted, shrunk } from "./math.js";

const LAYERS = {
  sobel: "vertical edges",
  mean: "5×5 mean",
  random: "random 5×5",
  position: "mean, weighted by place",
  dense: "dense layer",
};
const SIDE = 32; // pixels of a picture
const KEPT = 200; // answers of the dense layer

const panel = (title) => mapPanel("cnn-way-panel", { title });
const way = (from, to) =>
  element("div", { className: "cnn-way" }, from.node, element("p", { className: "cnn-way-arrow" }, "→"), to.node);

async function build({ model, el, read, set, signal }) {
  const shrink = ([name, picture]) => [name, shrunk(picture, picture.shape[0] / SIDE)];
  const pictures = Object.fromEntries(Object.entries(await loadPictures(model)).map(shrink));
  const kernels = model.get("kernels");
  const [picture, moved, first, map, second, difference] =
    ["Picture", "shifted", "then filtered", "filtered", "then shifted", "Difference"].map(panel);
  const pad = element("div", {
    className: "cnn-ways", role: "application", tabIndex: 0,
    "aria-label": "Shift the picture with the arrow keys, or drag",
  }, way(moved, first), way(map, second));
  const verdict = element("p", { className: "cnn-sizes cnn-way-verdict" });
  el.append(element("div", { className: "cnn-way-layout" }, picture.node, pad, difference.node), verdict);

  arrowSteps(pad, (down, right) => set({ down: read().down + down, right: read().right + right }), signal);
  let drag = null;
  pad.addEventListener("pointerdown", (event) => {
    drag = { x: event.clientX, y: event.clientY, ...read() };
    pad.setPointerCapture(event.pointerId);
  }, { signal });
  pad.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const pixel = moved.canvas.getBoundingClientRect().width / SIDE;
    const pixels = (from, to) => Math.round((to - from) / pixel);
    set({ down: drag.down + pixels(drag.y, event.clientY), right: drag.right + pixels(drag.x, event.clientX) });
  }, { signal });
  for (const name of ["pointerup", "pointercancel"]) pad.addEventListener(name, () => (drag = null), { signal });

  let known = {}; // the dense layer's answers, which take longest
  function layerOf(input, layer, circular, key) {
    if (layer === "dense") return (known[key] ??= dense(input));
    const answers = filtered(input, kernels[layer], circular);
    return layer === "position" ? placed(answers) : answers;
  }

  return function draw({ picture: name, layer, border, down, right }) {
    const circular = border === "circular";
    const how = { down, right, circular };
    const still = pictures[name];
    const place = `${name} ${border}`;
    if (Object.keys(known).length > KEPT) known = {};
    const after = shifted(still, how);
    const one = layerOf(after, layer, circular, `${place} ${down} ${right}`);
    const answers = layerOf(still, layer, circular, `${place} 0 0`);
    const other = shifted(answers, how);
    const apart = { data: one.data.map((value, at) => value - other.data[at]), shape: one.shape };
    const { palette } = themeOf(el);
    const limit = largest(answers.data) || 1;
    paintGrey(picture.canvas, still, 0, 1);
    paintGrey(moved.canvas, after, 0, 1);
    for (const [{ canvas }, values] of [[first, one], [map, answers], [second, other], [difference, apart]]) {
      paintSigned(canvas, values, palette, limit);
    }
    const most = largest(apart.data) / (deviation(answers) || 1);
    const equal = most < 1e-4;
    say(verdict, equal ? "Both ways lead to the same map: equivariant." : `The ways differ, by up to ${most.toFixed(2)} standard deviations of the map.`);
    return (
      `${LAYERS[layer]}, ${circular ? "circular borders" : "zeros at the borders"}, shifted down by ${signed(down)} and right by ${signed(right)}: ` +
      (equal ? "no difference." : `largest difference ${most.toFixed(2)} standard deviations.`)
    );
  };
}

export default explorer(build);
