import { paintGrey, paintSigned } from "../js/draw/canvas.js";
import { element, say } from "../js/draw/element.js";
import { percent, signed } from "../js/draw/format.js";
import { loadPictures } from "../js/draw/pictures.js";
import { themeOf } from "../js/draw/theme.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowSteps } from "../js/frame/input.js";
import { mapPanel } from "../js/frame/stage.js";
import { detailOf } from "./math.js";

const SHOWN = 260; // CSS pixels of a side

async function build({ model, el, read, set, signal }) {
  const [picture] = Object.values(await loadPictures(model));
  const detail = detailOf(picture);
  const added = mapPanel("cnn-detail-map", { title: "Detail: picture less its 5×5 mean" });
  const sum = mapPanel("cnn-sharpened", { label: "Sharpened picture: left and right arrow keys change the detail" });
  for (const { stage } of [added, sum]) stage.style.width = `${SHOWN}px`;
  el.append(element("div", { className: "cnn-grids" }, added.node, sum.node));
  arrowSteps(sum.stage, (down, right) => set({ amount: read().amount + (right - down) / 2 }), signal);
  return ({ amount }) => {
    const values = picture.data.map((value, i) => value + amount * detail.data[i]);
    const beyond = values.filter((value) => value < 0 || value > 1).length / values.length;
    paintSigned(added.canvas, detail, themeOf(el).palette, 0.3);
    paintGrey(sum.canvas, { data: values, shape: picture.shape }, 0, 1);
    const term = amount < 0 ? `less ${-amount}` : `plus ${amount}`;
    say(sum.title, `Picture ${term} × detail`);
    return `Picture ${term} times its detail${amount === -1 ? ", its mean" : ""}: ${percent(beyond)} of the pixels would be darker than black or brighter than white.`;
  };
}

export default explorer(build);
