import { paintSigned } from "../js/draw/canvas.js";
import { say } from "../js/draw/element.js";
import { loadPictures } from "../js/draw/pictures.js";
import { themeOf } from "../js/draw/theme.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowSteps } from "../js/frame/input.js";
import { mapPanel } from "../js/frame/stage.js";
import { conv2d, padAmounts, usualLimit } from "../js/math/ops.js";

const SHOWN = 300; // CSS pixels of the map's side, whatever the stride
const SOBEL = { data: Float32Array.of(-1, 0, 1, -2, 0, 2, -1, 0, 1), shape: [3, 3, 1, 1] };

async function build({ model, el, read, set, signal }) {
  const [picture] = Object.values(await loadPictures(model));
  const limit = usualLimit(conv2d(picture, SOBEL, { padding: "valid" }).data);
  const { node, stage, canvas, title } = mapPanel("cnn-strided", { label: "Map: left and right arrow keys change the stride" });
  stage.style.width = `${SHOWN}px`;
  el.append(node);
  arrowSteps(stage, (down, right) => set({ stride: read().stride + right + down }), signal);
  return ({ stride }) => {
    const map = conv2d(picture, SOBEL, { stride, padding: "same" });
    const [height, width] = map.shape;
    paintSigned(canvas, map, themeOf(el).palette, limit);
    say(title, `Vertical edges ${height}×${width}`);
    const [before, after] = padAmounts(picture.shape[1], 3, stride, "same");
    return `Stride ${stride}: ${picture.shape[0]}×${picture.shape[1]} → ${height}×${width}; zeros: ${before} left, ${after} right.`;
  };
}

export default explorer(build);
