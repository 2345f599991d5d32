import { drawBars } from "../js/draw/charts.js";
import { drawTable, paintGrey, paintSigned } from "../js/draw/canvas.js";
import { element, say } from "../js/draw/element.js";
import { percent, plural, short } from "../js/draw/format.js";
import { loadPictures } from "../js/draw/pictures.js";
import { themeOf } from "../js/draw/theme.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowKeys, pointer, widthOf } from "../js/frame/input.js";
import { light, mapPanel } from "../js/frame/stage.js";
import { activate, conv2d, largest, usualLimit } from "../js/math/ops.js";
import { change, depthwiseMax, globalAverage, move, pool, strided } from "./math.js";
import { MOST, tracePlot } from "./trace.js";

async function build({ model, el, read, set, signal, schedule }) {
  const pictures = await loadPictures(model);
  const input = mapPanel("", { title: "Picture, moved" });
  const before = mapPanel("", { label: "Pooled map: arrow keys choose a neuron" });
  const after = mapPanel("", { title: "Pooled after moving" });
  const difference = mapPanel("", { title: "Difference" });
  const bars = element("div", { className: "cnn-bars" });
  const plot = tracePlot(model.get("declared").range);
  const table = element("canvas", { "aria-hidden": "true" });
  const wide = widthOf(table, schedule, signal);
  const caption = element("p");
  const winner = element("p", { className: "cnn-sum" });
  const question = element("p", { className: "cnn-title" }, "Change (141 %: unrelated)");
  el.append(
    element("div", { className: "cnn-pool-panels" }, ...[input, before, after, difference].map(({ node }) => node)),
    element("div", { className: "cnn-pool-changes" }, element("div", {}, question, bars), plot.node,
      element("div", { className: "cnn-table" }, table, caption), winner));

  let shown = { shape: [1, 1] };
  const chosen = () => read().neuron.map((at, axis) => Math.max(0, Math.min(shown.shape[axis] - 1, at)));
  const choose = (i, j) => set({ neuron: [i, j] });
  arrowKeys(before.stage, chosen, () => shown.shape, choose, signal);
  pointer(before.canvas, (y, x) => choose(Math.floor(y * shown.shape[0]), Math.floor(x * shown.shape[1])), signal);

  const values = Float32Array.from(model.get("oriented"));
  const directions = values.length / 9;
  const oriented = { data: values, shape: [3, 3, 1, directions] };
  const vertical = { data: values.filter((_, i) => i % directions === 0), shape: [3, 3, 1, 1] };

  /** The edge maps of a picture after a ReLU, [height, width, maps]. */
  const edges = ({ data, shape: [height, width] }, kernels) => activate(conv2d({ data, shape: [height, width, 1] }, kernels), 0, true);

  /** What is pooled of a picture: one map, and where that is asked for the edges in all directions. */
  function prepare(picture, ofPixels, deep) {
    const all = deep ? edges(picture, oriented) : null;
    if (ofPixels) return { map: picture, all };
    const { data, shape } = edges(picture, vertical);
    return { map: { data, shape: shape.slice(0, 2) }, all };
  }
  let prepared = { key: "" }; // of the picture that stands still

  function pooled(kind, map, all, settings) {
    if (kind === "strided") return strided(map, settings.stride);
    if (kind === "depthwise") return depthwiseMax(all);
    if (kind === "global") return globalAverage(map);
    return pool(map, kind, settings);
  }

  /** The change of what is pooled and of what pooling leaves; of a mean, one number without a spread, the share of its value. */
  function changesOf(both, [one, other], settings) {
    const { kind } = settings;
    const named = (name, maps, lit = false) => ({ name, value: change(...maps), lit });
    const changes = [named("what is pooled", both.map(({ map }) => map))];
    for (const way of ["max", "average", "strided"]) {
      const name = way === "strided" ? "stride alone" : `${way} pooling`;
      changes.push(named(name, both.map(({ map }) => pooled(way, map, null, settings)), way === kind));
    }
    if (kind === "depthwise") changes.push(named("depthwise max", [one, other], true));
    if (kind === "global") changes.push({ name: "global average", value: Math.abs(other.data[0] / one.data[0] - 1), lit: true });
    return changes;
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
    const [one, other] = both.map(({ map, all }) => pooled(kind, map, all, settings));
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
    const source = deep ? both[1].all : both[1].map;
    const window = windowOf(source, settings, [i, j]);
    for (const one of [before, after, difference]) light(one, [i, i + 1, j, j + 1], shown.shape, "cnn-neuron");
    const edge = grey ? 0 : 1; // a map of edges has lost one pixel on each side
    light(input, window.map((at) => at + edge), still.shape, "cnn-window");
    showWindow(source, window, settings, [one, other], [i, j], { theme, limit, grey });

    const changes = changesOf(both, [one, other], settings);
    drawBars(bars, changes.map(({ name, value, lit }) => ({ name, share: Math.min(1, value / MOST), text: percent(value), lit })));
    plot.draw(settings, changes);
    const how = `right ${short(settings.right)}, turned ${short(settings.turn)}°, zoom ${settings.zoom.toFixed(2)}`;
    return `${how}: ${changes.map(({ name, value }) => `${name} changes by ${percent(value)}`).join(", ")}.`;
  };

  /** What the neuron (i, j) reads: [top, bottom, left, right], the ends excluded. */
  function windowOf({ shape: [height, width] }, { kind, size, stride }, [i, j]) {
    if (kind === "global") return [0, height, 0, width];
    const reach = kind === "max" || kind === "average" ? size : 1;
    const step = kind === "depthwise" ? 1 : stride;
    return [i * step, i * step + reach, j * step, j * step + reach];
  }

  function showWindow(source, [top, bottom, left, right], { kind, stride }, [result, moved], [i, j], how) {
    const deep = kind === "depthwise";
    const [, width, maps = 1] = source.shape;
    const row = (from, count) => Array.from({ length: count }, (_, v) => source.data[from + v]);
    const values = deep
      ? [0, 3, 6].map((from) => row((top * width + left) * maps + from, Math.min(3, maps - from)))
      : Array.from({ length: Math.min(8, bottom - top) }, (_, u) => row((top + u) * width + left, Math.min(8, right - left)));
    drawTable(table, values, { ...how, shown: wide(), limit: how.grey ? 1 : kind === "global" ? how.limit : Math.max(largest(values.flat()), 1e-6) });
    const at = i * result.shape[1] + j;
    const what = {
      max: `the largest of ${plural(values.flat().length, "value")} wins`,
      average: `the mean of ${plural(values.flat().length, "value")}`,
      strided: `one value is kept, ${100 - Math.round(100 / stride ** 2)} % of the map is never read`,
      depthwise: "the strongest of eight directions wins",
      global: "the mean of the whole map (its corner is shown)",
    }[kind];
    say(caption, deep ? "eight edge maps, one pixel" : "window of the neuron");
    say(winner, `${short(moved.data[at])}: ${what}; before moving ${short(result.data[at])}`);
  }
}

export default explorer(build);
