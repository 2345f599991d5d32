import { paintGrey, paintSigned } from "../js/draw/canvas.js";
import { element, say } from "../js/draw/element.js";
import { plural, signed } from "../js/draw/format.js";
import { bytesOf } from "../js/draw/pictures.js";
import { themeOf } from "../js/draw/theme.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowSteps } from "../js/frame/input.js";
import { mapPanel } from "../js/frame/stage.js";

const SIDE = 40;
const LAYERS = ["digit", "conv4", "conv3", "conv2", "conv1"]; // from the top
const NAMES = { gradient: "The gradient", guided: "The guided gradient", grad_cam: "Grad-CAM" };

function build({ model, el, read, set, signal }) {
  const pictures = bytesOf(model.get("pictures"));
  const bytes = bytesOf(model.get("maps"));
  const [sides, agreements] = ["sides", "agreements"].map((name) => model.get(name));
  const states = (name) => agreements[name].length * agreements[name][0].length;
  const names = Object.keys(NAMES); // in the order of the bytes
  const panels = ["Picture", "As trained", ""].map((title) => mapPanel("cnn-seen", { title }));
  const [shown, trained, now] = panels;
  const row = element("div", {
    className: "cnn-seen-row", role: "application", tabIndex: 0,
    "aria-label": "Maps: left and right arrow keys change how many layers are random, up and down the picture",
  }, ...panels.map(({ node }) => node));
  el.append(row);
  arrowSteps(row, (down, right) => set({ random: read().random + right, picture: read().picture + down }), signal);

  function mapOf(method, picture, random) {
    const before = names.slice(0, names.indexOf(method)).reduce((sum, name) => sum + states(name) * sides[name] ** 2, 0);
    const size = sides[method] ** 2;
    const from = before + (picture * (LAYERS.length + 1) + random) * size;
    return { data: Float32Array.from(new Int8Array(bytes.slice(from, from + size).buffer)), shape: [sides[method], sides[method]] };
  }
  return function draw({ method, random, picture }) {
    const { palette } = themeOf(el);
    paintGrey(shown.canvas, { data: pictures.subarray(picture * SIDE ** 2, (picture + 1) * SIDE ** 2), shape: [SIDE, SIDE] }, 0, 255);
    paintSigned(trained.canvas, mapOf(method, picture, 0), palette, 127);
    paintSigned(now.canvas, mapOf(method, picture, random), palette, 127);
    say(now.title, random ? `${plural(random, "layer")} random` : "None random");
    const which = random ? `Random: ${LAYERS.slice(0, random).join(", ")}.` : "All weights as trained.";
    return `${which} ${NAMES[method]} agrees with that of the trained network by a rank correlation of ${signed(agreements[method][picture][random].toFixed(2))}.`;
  };
}

export default explorer(build);
