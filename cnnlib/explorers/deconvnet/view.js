import { paintGrey, paintSigned } from "../js/draw/canvas.js";
import { element, say } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { themeOf } from "../js/draw/theme.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowSteps } from "../js/frame/input.js";
import { mapPanel } from "../js/frame/stage.js";
import { given } from "../js/nn/given.js";
import { network } from "../js/nn/network.js";
import { part } from "../js/nn/part.js";

const [SIDE, ROW] = [40, 3]; // of a picture, and tiles of a side
const PAPER = 255; // what is drawn where a window leaves the picture

/** Nine windows of `size` pixels as one picture, a pixel apart. */
function sheet(tiles, size, between) {
  const side = ROW * (size + 1) - 1;
  const data = new Float32Array(side ** 2).fill(between);
  tiles.forEach((tile, number) => {
    const [top, left] = [Math.floor(number / ROW), number % ROW].map((place) => place * (size + 1));
    for (let y = 0; y < size; y++) data.set(tile.subarray(y * size, (y + 1) * size), (top + y) * side + left);
  });
  return { data, shape: [side, side] };
}

/** A window [top, left] of `size` pixels, cut out of a picture. */
function cut(values, [top, left], size, outside) {
  const tile = new Float32Array(size ** 2);
  const inside = (at) => at >= 0 && at < SIDE;
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) tile[y * size + x] = inside(top + y) && inside(left + x) ? values[(top + y) * SIDE + left + x] : outside;
  return tile;
}

async function build({ model, el, read, set, signal }) {
  const held = await given(model);
  const net = network(held.graph, held.weights);
  const [best, fields] = ["best", "fields"].map((name) => model.get(name));
  const lower = new Map(); // the layers up to each one
  const panels = ["It answers to", "Sent back"].map((title) => mapPanel("cnn-deconvnet", { title }));
  const [seen, back] = panels;
  const row = element("div", {
    className: "cnn-seen-row", role: "application", tabIndex: 0,
    "aria-label": "Map: left and right arrow keys go from map to map, up and down from layer to layer",
  }, ...panels.map(({ node }) => node));
  el.append(row);
  const layers = Object.keys(fields);
  const mapOf = ({ layer, which }) => Math.min(which, best[layer].length);
  arrowSteps(row, (down, right) => {
    const now = read();
    const layer = layers[Math.max(0, Math.min(layers.length - 1, layers.indexOf(now.layer) - down))];
    set({ layer, which: mapOf({ layer, which: mapOf(now) + right }) });
  }, signal);

  /** What a picture's strongest cell of a map sends back: { answer, picture, sent, corner }. */
  function asked(layer, channel, number) {
    const below = lower.get(layer);
    const picture = Float32Array.from(held.pictures.subarray(number * SIDE ** 2, (number + 1) * SIDE ** 2));
    const values = below.forward(picture);
    const [, columns, maps] = below.output.shape;
    let at = channel;
    for (let i = channel; i < values.length; i += maps) if (values[i] > values[at]) at = i;
    const answer = values[at];
    const sent = Float32Array.from(below.slope((_, gradient) => (gradient[at] = 1)));
    const cell = Math.floor(at / maps);
    const [size, stride, padding] = fields[layer];
    const corner = [Math.floor(cell / columns), cell % columns].map((place) => (size < SIDE ? place * stride - padding : 0));
    return { answer, picture, sent, corner };
  }
  return function draw({ layer, which }) {
    if (!lower.has(layer)) lower.set(layer, part(net, layer, { side: SIDE, linear: true, deconvnet: true }));
    const map = mapOf({ layer, which });
    const numbers = best[layer][map - 1];
    const size = Math.min(fields[layer][0], SIDE);
    const found = numbers.map((number) => asked(layer, map - 1, number));
    const tiles = found.map(({ sent, corner }) => {
      const tile = cut(sent, corner, size, 0);
      const most = tile.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
      return tile.map((value) => value / most);
    });
    paintGrey(seen.canvas, sheet(found.map(({ picture, corner }) => cut(picture, corner, size, PAPER)), size, 128), 0, 255);
    paintSigned(back.canvas, sheet(tiles, size, 0), themeOf(el).palette, 1);
    const classes = [...new Set(numbers.map((number) => held.names[held.labels[number]]))];
    const field = `${fields[layer][0]}×${fields[layer][0]}`;
    say(seen.title, `${layer}, map ${map}: nine strongest`);
    const [most, least] = [found[0], found.at(-1)].map(({ answer }) => signed(answer.toFixed(2)));
    const dead = found[0].answer <= 0 ? " The map answers to none of the 200 pictures." : "";
    return `${layer}, map ${map} of ${best[layer].length}; a cell sees ${field} pixels. Nine of 200 pictures, answers from ${most} to ${least}. They show: ${classes.join(", ")}.${dead}`;
  };
}

export default explorer(build);
