import { paintGrey, paintSigned } from "../js/draw/canvas.js";
import { element } from "../js/draw/element.js";
import { percent, signed } from "../js/draw/format.js";
import { themeOf } from "../js/draw/theme.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowSteps, pointer, widthOf } from "../js/frame/input.js";
import { drawing, legible, light, mapPanel, show, titled } from "../js/frame/stage.js";
import { given } from "../js/nn/given.js";
import { batch, network } from "../js/nn/network.js";

const [SIDE, STEP] = [40, 2]; // pixels of the picture, and from one place of the square to the next
const SLICE = 8; // milliseconds of a frame that go into places
const [BAR, HIGH, FOOT] = [20, 130, 18]; // the bars of the ten classes

const places = (size) => (SIDE - size) / STEP + 1;
const place = (from, size) => Math.max(0, Math.min(SIDE - size, STEP * Math.round(from / STEP)));

/** What the network says of a picture with a square at each place, asked once. */
function covering({ graph, weights, pictures }, shades) {
  const run = batch(network(graph, weights), 1);
  const known = new Map();
  const picture = (number) => Float32Array.from(pictures.subarray(number * SIDE ** 2, (number + 1) * SIDE ** 2));
  function covered({ picture: number, size, shade }, spot) {
    const values = picture(number);
    if (spot) for (let y = 0; y < size; y++) values.fill(shades[shade], (spot[0] + y) * SIDE + spot[1], (spot[0] + y) * SIDE + spot[1] + size);
    return values;
  }
  const keyOf = ({ picture: number, size, shade }, spot) => (spot ? `${number},${size},${shade},${spot}` : `${number}`);
  return {
    covered,
    knows: (settings, spot) => known.has(keyOf(settings, spot)),
    said(settings, spot) {
      const key = keyOf(settings, spot);
      if (!known.has(key)) {
        run.input.data.set(covered(settings, spot));
        known.set(key, Float32Array.from(run.forward()));
      }
      return known.get(key);
    },
  };
}

/** Ten bars, and where they were before the square came. */
function bars(now, before, asked) {
  const high = (share) => HIGH * share;
  return Array.from(now, (share, digit) => [
    element("rect", { class: digit === asked ? "cnn-occlusion-bar cnn-asked" : "cnn-occlusion-bar", x: digit * BAR + 3, y: HIGH - high(share), width: BAR - 6, height: high(share) }),
    element("rect", { class: "cnn-occlusion-ghost", x: digit * BAR + 3, y: HIGH - high(before[digit]), width: BAR - 6, height: high(before[digit]) }),
    element("text", { class: "cnn-tick", x: (digit + 0.5) * BAR, y: HIGH + FOOT - 4, "text-anchor": "middle" }, String(digit)),
  ]).flat();
}

const likeliest = (shares) => shares.indexOf(Math.max(...shares));

async function build({ model, el, read, set, signal, schedule }) {
  const held = await given(model);
  const asked = covering(held, model.get("shades"));
  const shown = mapPanel("cnn-seen", { title: "Drag the square", label: "Picture: the arrow keys move the square" });
  const map = mapPanel("cnn-seen", { title: "Lost by covering" });
  map.canvas.classList.add("cnn-silent"); // until the reader covers something
  const chart = drawing("", { className: "cnn-small" });
  const wide = widthOf(el, schedule, signal);
  el.append(element("div", { className: "cnn-seen-row" }, shown.node, map.node, titled("cnn-seen", chart.stage, "Probabilities").node));

  function move(row, column) {
    const { size, seen } = read();
    const spot = [place(row, size), place(column, size)];
    const known = seen.some(([y, x]) => y === spot[0] && x === spot[1]);
    set({ row: spot[0], column: spot[1], ...(known ? {} : { seen: [...seen, spot] }) });
  }
  arrowSteps(shown.stage, (down, right) => {
    const { size, row, column } = read();
    move(place(row, size) + STEP * down, place(column, size) + STEP * right);
  }, signal);
  pointer(shown.stage, (y, x) => {
    const { size } = read();
    move(y * SIDE - size / 2, x * SIDE - size / 2);
  }, signal);

  return function draw(settings) {
    const { picture, digit, size, row, column, seen, everywhere } = settings;
    const count = places(size);
    const spot = [place(row, size), place(column, size)];
    const before = asked.said(settings);
    const now = asked.said(settings, spot);
    const wanted = everywhere
      ? Array.from({ length: count ** 2 }, (_, i) => [STEP * Math.floor(i / count), STEP * (i % count)])
      : [...seen, spot].filter(([y, x]) => y <= SIDE - size && x <= SIDE - size);
    const lost = new Float32Array(SIDE ** 2); // each place where the middle of the square stands
    const middle = ([y, x]) => [y + size / 2 - STEP / 2, x + size / 2 - STEP / 2];
    const end = performance.now() + SLICE;
    const found = new Map();
    for (const one of wanted) {
      if (!asked.knows(settings, one) && performance.now() > end) continue;
      const share = before[digit] - asked.said(settings, one)[digit];
      const [top, left] = middle(one);
      for (let y = top; y < top + STEP; y++) lost.fill(share, y * SIDE + left, y * SIDE + left + STEP);
      found.set(`${one}`, share);
    }
    if (wanted.some((one) => !asked.knows(settings, one))) schedule();
    paintGrey(shown.canvas, { data: asked.covered(settings, spot), shape: [SIDE, SIDE] }, 0, 255);
    paintSigned(map.canvas, { data: lost, shape: [SIDE, SIDE] }, themeOf(el).palette, 1);
    light(shown, [spot[0], spot[0] + size, spot[1], spot[1] + size], [SIDE, SIDE], "cnn-window");
    const [top, left] = middle(spot);
    light(map, [top, top + STEP, left, left + STEP], [SIDE, SIDE], "cnn-neuron");
    show(chart.picture, bars(now, before, digit), 10 * BAR, HIGH + FOOT);
    legible(chart.picture, 10 * BAR, Math.min(200, 0.46 * wide()));
    const [whole, kept] = [before[digit], now[digit]].map(percent);
    const losses = [...found.values()];
    const [most, least] = [Math.max(...losses), Math.min(...losses)].map((share) => Math.round(100 * share));
    return (
      `Picture ${picture}, of class ${held.names[held.labels[picture]]}. The probability of ${digit}: ${whole} of the whole picture, ${kept} with the square at row ${spot[0]}, column ${spot[1]}; ` +
      `likeliest now is ${likeliest(now)} with ${percent(now[likeliest(now)])}. ` +
      `${found.size} of ${count ** 2} places covered; the most lost at one of them is ${signed(most)} points${least < 0 ? `, the most won ${-least}` : ""}.`
    );
  };
}

export default explorer(build);
