// The picture, and on it the light that reaches a neuron.

import { nestedFields, reachOf, sharesBelow, shrink } from "./math.js";
import { paintGrey } from "../js/draw/canvas.js";
import { element, renew } from "../js/draw/element.js";

const DARK = 0x181411; // blue, green, red

/** Leave in the dark what the neuron does not see, or sees through few paths. */
function paintVeil(canvas, down, across, alike) {
  const n = down.length;
  const [high, wide] = [down, across].map((shares) => shares.reduce((a, b) => Math.max(a, b), 0));
  const context = canvas.getContext("2d");
  if (canvas.width !== n) [canvas.width, canvas.height] = [n, n];
  const image = context.createImageData(n, n);
  const words = new Uint32Array(image.data.buffer);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const light = (down[i] / high) * (across[j] / wide);
      const cover = alike ? (light > 0 ? 0 : 0.55) : 0.8 * (1 - Math.sqrt(light));
      words[i * n + j] = (Math.round(cover * 255) << 24) | DARK;
    }
  }
  context.putImageData(image, 0, 0);
}

const square = (className, { left, top, size }) => element("rect", { class: className, x: left, y: top, width: size, height: size });

/** The picture under its veil: { stage, draw(rows, layers, shown, how) }, `shown` being the neuron. */
export function scene() {
  const photo = element("canvas", { width: 1, height: 1 });
  const veil = element("canvas", { width: 1, height: 1, className: "cnn-cover" }); // one colour, more or less of it
  const overlay = element("svg", { "aria-hidden": "true" });
  const stage = element("div", {
    className: "cnn-stage cnn-scene",
    role: "application",
    tabIndex: 0,
    "aria-label": "Picture: arrow keys choose a neuron of the layer",
  }, photo, veil, overlay);

  let painted = {};
  function draw(rows, layers, shown, { picture, alike }) {
    const n = rows[0].outputs;
    if (painted.picture !== picture || painted.n !== n) paintGrey(photo, shrink(picture, n), 0, 1);
    painted = { picture, n };
    photo.style.imageRendering = n < picture.shape[0] ? "pixelated" : "auto";
    const [low, high] = reachOf(rows, shown.layer);
    const whole = high - low;
    const [edge, side] = [-low, n].map((length) => `${(length / whole) * 100}%`);
    for (const { style } of [photo, veil]) Object.assign(style, { left: edge, top: edge, width: side, height: side });
    const [down, across] = [shown.row, shown.column].map((neuron) => sharesBelow(rows, layers, shown.layer, neuron)[0]);
    paintVeil(veil, down, across, alike);
    overlay.setAttribute("viewBox", `${low} ${low} ${whole} ${whole}`);
    const nested = nestedFields(rows, shown);
    const own = nested.pop();
    renew(
      overlay,
      square("cnn-picture-edge", { top: 0, left: 0, size: n }),
      ...nested.map((one) => square("cnn-nest", one)),
      square("cnn-window", own),
    );
  }
  return { stage, draw };
}
