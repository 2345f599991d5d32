import { largest } from "../js/math/ops.js";
import { dense, deviation, filtered, placed, shifted, shrunk } from "./math.js";
import { element, paintGrey, paintSigned, say, themeOf } from "../js/draw/draw.js";
import { explorer, update } from "../js/frame/frame.js";
import { loadPictures } from "../js/draw/pictures.js";

const LAYERS = ["vertical edges", "5×5 mean", "random 5×5", "mean, weighted by place", "dense layer"];
const KERNEL = [0, 1, 2, 1];
const REACH = 12; // pixels of the largest shift

function panel(caption) {
  const title = element("p", { className: "cnn-title" }, caption);
  const canvas = element("canvas", { "aria-hidden": "true" });
  return { node: element("div", { className: "cnn-way-panel" }, title, element("div", { className: "cnn-stage" }, canvas)), canvas };
}

const arrow = (text) => element("p", { className: "cnn-way-arrow" }, text);

async function build({ model, el, signal }) {
  const pictures = (await loadPictures(model)).map((one) => shrunk(one, 4));
  const [picture, moved, first, map, second, difference] =
    ["Picture", "shifted", "then filtered", "filtered", "then shifted", "Difference"].map(panel);
  const pad = element("div", {
    className: "cnn-ways", role: "application", tabIndex: 0,
    "aria-label": "Shift the picture with the arrow keys, or drag",
  },
    element("div", { className: "cnn-way" }, moved.node, arrow("→"), first.node),
    element("div", { className: "cnn-way" }, map.node, arrow("→"), second.node));
  const verdict = element("p", { className: "cnn-sizes cnn-way-verdict" });
  const words = element("p", { className: "cnn-words", role: "status" });
  el.append(element("div", { className: "cnn-way-layout" }, picture.node, pad, difference.node), verdict, words);

  const clamp = (pixels) => Math.max(-REACH, Math.min(REACH, pixels));
  const shift = (down, right) => update(model, { down: clamp(down), right: clamp(right) });
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  pad.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation(); // JupyterLab's own shortcuts stay quiet
    shift(model.get("down") + step[0], model.get("right") + step[1]);
  }, { signal });
  let drag = null;
  pad.addEventListener("pointerdown", (event) => {
    drag = { x: event.clientX, y: event.clientY, down: model.get("down"), right: model.get("right") };
    pad.setPointerCapture(event.pointerId);
  }, { signal });
  pad.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const pixel = moved.canvas.getBoundingClientRect().width / 32;
    shift(drag.down + Math.round((event.clientY - drag.y) / pixel), drag.right + Math.round((event.clientX - drag.x) / pixel));
  }, { signal });
  for (const name of ["pointerup", "pointercancel"]) pad.addEventListener(name, () => (drag = null), { signal });

  let known = {}; // the dense layer's answers, which take longest
  function layerOf(input, key) {
    const kind = model.get("layer");
    const circular = model.get("border") === 0;
    if (kind === 4) return (known[key] ??= dense(input));
    const answers = filtered(input, model.get("kernels")[KERNEL[kind]], circular);
    return kind === 3 ? placed(answers) : answers;
  }

  return function draw() {
    const how = { down: model.get("down"), right: model.get("right"), circular: model.get("border") === 0 };
    const still = pictures[model.get("picture")];
    const place = `${model.get("picture")} ${how.circular}`;
    if (Object.keys(known).length > 200) known = {};
    const after = shifted(still, how);
    const one = layerOf(after, `${place} ${how.down} ${how.right}`);
    const answers = layerOf(still, `${place} 0 0`);
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
    say(words,
      `${LAYERS[model.get("layer")]}, ${how.circular ? "circular borders" : "zeros at the borders"}, shifted down by ${how.down} and right by ${how.right}: ` +
      (equal ? "no difference." : `largest difference ${most.toFixed(2)} standard deviations.`));
  };
}

export default explorer(build);
