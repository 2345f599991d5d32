import { paintGrey } from "../js/draw/canvas.js";
import { element, say } from "../js/draw/element.js";
import { three } from "../js/draw/format.js";
import { bytesOf } from "../js/draw/pictures.js";
import { explorer } from "../js/frame/explorer.js";
import { films } from "../js/frame/film.js";
import { arrowSteps, onKeys } from "../js/frame/input.js";
import { mapPanel } from "../js/frame/stage.js";
import { given } from "../js/nn/given.js";
import { network } from "../js/nn/network.js";
import { part, uphill } from "../js/nn/part.js";

const SIDE = 120;

async function build({ model, el, read, set, signal, schedule }) {
  const held = await given(model);
  const net = network(held.graph, held.weights);
  const [rate, last, names] = ["rate", "last", "names"].map((name) => model.get(name));
  const photos = bytesOf(model.get("photos"));
  const parts = new Map(); // by their last layers
  const film = films(schedule);
  const screen = mapPanel("cnn-dream", { label: "Film: left and right arrow keys go from frame to frame, Home and End to its ends" });
  const before = mapPanel("cnn-dream", { title: "The photograph" });
  el.append(element("div", { className: "cnn-seen-row" }, screen.node, before.node));
  const go = (frame) => set({ frame: Math.max(0, Math.min(last, frame)) });
  arrowSteps(screen.stage, (down, right) => go(read().frame + right - down), signal);
  onKeys(screen.stage, ["Home", "End"], (key) => go(key === "Home" ? 0 : last), signal);

  return function draw({ photo, layer, frame }) {
    if (!parts.has(layer)) parts.set(layer, part(net, layer, { side: SIDE }));
    const lower = parts.get(layer);
    const start = names.indexOf(photo) * SIDE ** 2;
    const first = Float32Array.from(photos.subarray(start, start + SIDE ** 2));
    const looked = (values) => ({ values, square: lower.forward(values).reduce((sum, value) => sum + value ** 2, 0) });
    const wish = (values, gradient) => values.forEach((value, i) => (gradient[i] = value));
    const { at, film: frames } = film(`${photo} ${layer}`, frame, () => looked(first), ({ values }) => {
      lower.forward(values);
      return looked(uphill(values, lower.slope(wish), { rate }));
    });
    paintGrey(screen.canvas, { data: frames[at].values, shape: [SIDE, SIDE] }, 0, 255);
    paintGrey(before.canvas, { data: first, shape: [SIDE, SIDE] }, 0, 255);
    say(screen.title, `Frame ${at} of ${last}`);
    return `Frame ${at}${at < frame ? ` of ${frame}, still climbing` : ""}: the mean square of ${layer}'s values is ${three(frames[at].square / frames[0].square)} times that of the photograph.`;
  };
}

export default explorer(build);
