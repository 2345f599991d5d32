import { paintGrey } from "../js/draw/canvas.js";
import { say } from "../js/draw/element.js";
import { percent, plural } from "../js/draw/format.js";
import { loadPictures } from "../js/draw/pictures.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowSteps } from "../js/frame/input.js";
import { mapPanel } from "../js/frame/stage.js";
import { blurred } from "./math.js";

const SHOWN = 2.4; // CSS pixels of a pixel

async function build({ model, el, read, set, signal }) {
  const [picture] = Object.values(await loadPictures(model));
  const { node, stage, canvas, title } = mapPanel("cnn-blurred", { label: "Blurred picture: arrow keys change the side of the mean" });
  el.append(node);
  arrowSteps(stage, (down, right) => set({ size: read().size + right - down }), signal);
  return ({ size, outside }) => {
    const map = blurred(picture, size, outside);
    const [height, width] = map.shape;
    paintGrey(canvas, map, 0, 1);
    stage.style.width = `${SHOWN * width}px`;
    say(title, `Blurred ${height}×${width}`);
    const own = outside === "nothing" ? size ** 2 : (size - Math.floor((size - 1) / 2)) ** 2;
    const zeros = outside === "zeros" ? size ** 2 - own : 0;
    const again = `, some of them again as mirror images, ${plural(size ** 2, "value")} in all`;
    const reads = `${plural(own, "pixel")} of the picture${outside === "zeros" ? ` and ${plural(zeros, "zero")}` : outside === "mirror" && size > 1 ? again : ""}`;
    return `Mean of ${size}×${size}: ${picture.shape[0]}×${picture.shape[1]} → ${height}×${width}. The neuron in the upper left corner reads ${reads}: in a white picture it would be ${percent(1 - zeros / size ** 2)} white.`;
  };
}

export default explorer(build);
