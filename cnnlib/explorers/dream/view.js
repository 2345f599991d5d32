import { paintGrey, paintSigned } from "../js/draw/canvas.js";
import { element, say } from "../js/draw/element.js";
import { three } from "../js/draw/format.js";
import { bytesOf } from "../js/draw/pictures.js";
import { themeOf } from "../js/draw/theme.js";
import { explorer } from "../js/frame/explorer.js";
import { films } from "../js/frame/film.js";
import { arrowSteps, onKeys } from "../js/frame/input.js";
import { mapPanel } from "../js/frame/stage.js";
import { largest } from "../js/math/ops.js";
import { given } from "../js/nn/given.js";
import { network } from "../js/nn/network.js";
import { part, uphill } from "../js/nn/part.js";

const SIDE = 120;

/** How strongly a layer answers at each place: the root of its maps' mean square. */
function strengths({ data, shape }) {
  const channels = shape.at(-1);
  const squares = new Float32Array(data.length / channels);
  data.forEach((value, i) => (squares[Math.floor(i / channels)] += value ** 2 / channels));
  return squares.map(Math.sqrt);
}

async function build({ model, el, read, set, signal, schedule }) {
  const held = await given(model);
  const net = network(held.graph, held.weights);
  const [rate, last, names] = ["rate", "last", "names"].map((name) => model.get(name));
  const photos = bytesOf(model.get("photos"));
  const parts = new Map(); // by their last layers
  const film = films(schedule);
  const screen = mapPanel("cnn-dream", { label: "Film: left and right arrow keys go from frame to frame, Home and End to its ends" });
  const answer = mapPanel("cnn-dream");
  el.append(element("div", { className: "cnn-seen-row" }, screen.node, answer.node));
  const go = (frame) => set({ frame: Math.max(0, Math.min(last, frame)) });
  arrowSteps(screen.stage, (down, right) => go(read().frame + right - down), signal);
  onKeys(screen.stage, ["Home", "End"], (key) => go(key === "Home" ? 0 : last), signal);

  return function draw({ photo, layer, frame }) {
    if (!parts.has(layer)) parts.set(layer, part(net, layer, { side: SIDE }));
    const lower = parts.get(layer);
    const start = names.indexOf(photo) * SIDE ** 2;
    const first = Float32Array.from(photos.subarray(start, start + SIDE ** 2));
    const looked = (values) => {
      const square = lower.forward(values).reduce((sum, value) => sum + value ** 2, 0);
      return { values, square, strengths: strengths(lower.output) };
    };
    const wish = (values, gradient) => values.forEach((value, i) => (gradient[i] = value));
    const { at, film: frames } = film(`${photo} ${layer}`, frame, () => looked(first), ({ values }) => {
      lower.forward(values);
      return looked(uphill(values, lower.slope(wish), { rate }));
    });
    paintGrey(screen.canvas, { data: frames[at].values, shape: [SIDE, SIDE] }, 0, 255);
    const limit = 2 * largest(frames[0].strengths); // one for the film, so that it brightens
    paintSigned(answer.canvas, { data: frames[at].strengths, shape: lower.output.shape }, themeOf(el).palette, limit);
    say(screen.title, at ? `Frame ${at} of ${last}` : "The photograph");
    say(answer.title, `How strongly ${layer} answers`);
    return `Frame ${at}${at < frame ? ` of ${frame}, still climbing` : ""}: the mean square of ${layer}'s values is ${three(frames[at].square / frames[0].square)} times that of the photograph.`;
  };
}

export default explorer(build);
