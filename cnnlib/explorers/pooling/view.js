import { drawBars } from "../js/draw/charts.js";
import { drawTable, paintGrey, paintSigned } from "../js/draw/canvas.js";
import { element, say } from "../js/draw/element.js";
import { percent, short } from "../js/draw/format.js";
import { loadPictures } from "../js/draw/pictures.js";
import { themeOf } from "../js/draw/theme.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowKeys, pointer } from "../js/frame/input.js";
import { light, mapPanel } from "../js/frame/stage.js";
import { activate, conv2d, largest, usualLimit } from "../js/math/ops.js";
import { change, depthwiseMax, globalAverage, move, pool, strided, windowOf } from "./math.js";

async function build({ model, el, read, set, signal }) {
  const pictures = await loadPictures(model);
  const input = mapPanel("", { title: "Picture, moved" });
  const before = mapPanel("", { label: "Pooled map: arrow keys choose a neuron" });
  const after = mapPanel("", { title: "Pooled after moving" });
  const difference = mapPanel("", { title: "Difference" });
  const bars = element("div", { className: "cnn-bars" });
  const table = element("canvas", { "aria-hidden": "true" });
  const caption = element("p");
  const winner = element("p", { className: "cnn-sum" });
  const detail = element("div", { className: "cnn-detail" }, element("div", { className: "cnn-table" }, table, caption), winner);
  const panels = element("div", { className: "cnn-pool-panels" }, input.node, before.node, after.node, difference.node);
  el.append(panels, element("p", { className: "cnn-title cnn-pool-question" }, "How much does it change?"), bars, detail);

  let shown = { shape: [1, 1] };
  const chosen = () => read().neuron.map((at, axis) => Math.max(0, Math.min(shown.shape[axis] - 1, at)));
  const choose = (i, j) => set({ neuron: [i, j] });
  arrowKeys(before.stage, chosen, () => shown.shape, choose, signal);
  pointer(before.canvas, (y, x) => choose(Math.floor(y * shown.shape[0]), Math.floor(x * shown.shape[1])), signal);

  const oriented = { data: Float32Array.from(model.get("oriented")), shape: [3, 3, 1, 4] };
  const vertical = { data: oriented.data.filter((_, i) => i % 4 === 0), shape: [3, 3, 1, 1] };

  /** The edge maps of a picture after a ReLU, [height, width, maps]. */
  const edges = ({ data, shape: [height, width] }, kernels) => activate(conv2d({ data, shape: [height, width, 1] }, kernels), 0, true);

  /** What is pooled of a picture: one map, and where that is asked for the edges in four orientations. */
  function prepare(picture, ofPixels, deep) {
    const four = deep ? edges(picture, oriented) : null;
    if (ofPixels) return { map: picture, four };
    const { data, shape } = edges(picture, vertical);
    return { map: { data, shape: shape.slice(0, 2) }, four };
  }
  let prepared = { key: "" }; // of the picture that stands still

  function pooled(kind, map, four, settings) {
    if (kind === "strided") return strided(map, settings.stride);
    if (kind === "depthwise") return depthwiseMax(four);
    if (kind === "global") return globalAverage(map);
    return pool(map, kind, settings);
  }

  return function draw(settings) {
    const { kind } = settings;
    const ofPixels = settings.source === "pixels";
    const still = pictures[settings.picture];
    const moved = move(still, settings);
    const deep = kind === "depthwise";
    const key = `${settings.picture} ${ofPixels} ${deep}`;
    if (prepared.key !== key) prepared = { key, ...prepare(still, ofPixels, deep) };
    const both = [prepared, prepare(moved, ofPixels, deep)];
    const [one, other] = both.map(({ map, four }) => pooled(kind, map, four, settings));
    shown = one;

    const theme = themeOf(el);
    const grey = ofPixels && !deep;
    const limit = grey ? 1 : usualLimit(one.data, 0.002) || 1;
    const differences = { data: one.data.map((value, i) => other.data[i] - value), shape: one.shape };
    paintGrey(input.canvas, moved, 0, 1);
    for (const [{ canvas }, map] of [[before, one], [after, other]]) {
      if (grey) paintGrey(canvas, map, 0, 1);
      else paintSigned(canvas, map, theme.palette, limit);
    }
    paintSigned(difference.canvas, differences, theme.palette, limit);
    say(before.title, `Pooled, ${one.shape.join("×")}`);

    const [i, j] = chosen();
    const source = deep ? prepared.four : prepared.map;
    const window = {
      strided: () => [i * settings.stride, i * settings.stride + 1, j * settings.stride, j * settings.stride + 1],
      depthwise: () => [i, i + 1, j, j + 1],
      global: () => [0, source.shape[0], 0, source.shape[1]],
    }[kind]?.() ?? windowOf(source, settings, [i, j]);
    for (const one of [before, after, difference]) light(one, [i, i + 1, j, j + 1], shown.shape, "cnn-neuron");
    const edge = grey ? 0 : 1; // a map of edges has lost one pixel on each side
    light(input, window.map((at) => at + edge), still.shape, "cnn-window");
    showWindow(source, window, settings, one, [i, j], { theme, limit, grey });

    const changes = [
      ["what is pooled", change(...both.map(({ map }) => map))],
      ...["max", "average", "strided"].map((name) => [
        name === "strided" ? "stride alone" : `${name} pooling`,
        change(...both.map(({ map }) => pooled(name, map, null, settings))),
        name === kind,
      ]),
    ];
    if (deep || kind === "global") changes.push([kind === "global" ? "global average" : "depthwise max", change(one, other), true]);
    const most = Math.max(0.01, ...changes.map(([, value]) => value));
    drawBars(bars, changes.map(([name, value, lit]) => ({ name, share: value / most, text: percent(value), lit })));
    const how = `right ${short(settings.right)}, down ${short(settings.down)}, turned ${short(settings.turn)}°, zoom ${settings.zoom.toFixed(2)}`;
    return `${how}: ${changes.map(([name, value]) => `${name} changes by ${percent(value)}`).join(", ")}.`;
  };

  function showWindow(source, [top, bottom, left, right], { kind, stride }, result, [i, j], how) {
    const deep = kind === "depthwise";
    const [, width, maps = 1] = source.shape;
    const values = deep
      ? [0, 2].map((from) => [0, 1].map((k) => source.data[(top * width + left) * maps + from + k]))
      : Array.from({ length: Math.min(8, bottom - top) }, (_, u) =>
          Array.from({ length: Math.min(8, right - left) }, (_, v) => source.data[(top + u) * width + left + v]));
    drawTable(table, values, { ...how, limit: how.grey ? 1 : Math.max(largest(values.flat()), 1e-6) });
    const value = short(result.data[i * result.shape[1] + j]);
    const what = {
      max: `the largest of ${values.flat().length} values wins`,
      average: `the mean of ${values.flat().length} values`,
      strided: `one value is kept, ${100 - Math.round(100 / stride ** 2)} % of the map is never read`,
      depthwise: "the strongest of four orientations wins",
      global: "the mean of the whole map (its corner is shown)",
    }[kind];
    say(caption, deep ? "four maps, one pixel" : "window of the neuron");
    say(winner, `${value}: ${what}`);
  }
}

export default explorer(build);
