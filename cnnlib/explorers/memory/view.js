import { axes, linearTicks, scale, swatch } from "../js/draw/charts.js";
import { element, renew, say } from "../js/draw/element.js";
import { brief, bytes, whole } from "../js/draw/format.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowKeys, chartWidth, pointer } from "../js/frame/input.js";
import { drawing, show } from "../js/frame/stage.js";
import { held, largestBatch } from "./math.js";

const KINDS = { weights: "weights", slots: "optimizer", pictures: "pictures", outputs: "layers' outputs", gradients: "gradients, copies", borrowed: "borrowed" };
const MOST = 256; // pictures on a device
const FEW = 6; // names that a sentence holds
const [LEFT, TOP, RIGHT, BOTTOM, TALL] = [64, 14, 8, 30, 204];
const [TOWER, NAMES, NARROW] = [72, 166, 560]; // widths of the tower of blocks and of its names; below the last it stands under the chart

const sum = (values) => values.reduce((a, b) => a + b, 0);

/** What is held as pieces of a bar, one for each [kind, bytes], and the device's limit. */
function bar(name, parts, most, device) {
  const pieces = parts.map(([kind, size]) => {
    const piece = element("span", { className: `cnn-memory-piece cnn-memory-${kind}` });
    piece.style.width = `${(100 * size) / most}%`;
    return piece;
  });
  const limit = element("span", { className: "cnn-memory-limit" });
  limit.style.left = `${Math.min(100, (100 * device) / most)}%`;
  const total = sum(parts.map(([, size]) => size));
  return element("div", { className: "cnn-memory-bar" },
    element("span", {}, name),
    element("span", { className: "cnn-memory-track" }, ...pieces, limit),
    element("span", { className: total > device ? "cnn-memory-over" : "" }, `${bytes(total)}${total > device ? " ✗" : " ✓"}`));
}

function build({ model, el, signal, schedule }) {
  const title = element("p", { className: "cnn-sizes" });
  const bars = element("div", { className: "cnn-memory-bars" });
  const keys = element("p", { className: "cnn-keys" }, ...Object.entries(KINDS).map(([kind, label]) => swatch(`cnn-memory-${kind}`, label)));
  const { stage, picture } = drawing("One training step: left and right arrow keys choose a moment");
  el.append(title, bars, keys, stage);

  const width = chartWidth(el, schedule, signal);
  const [networks, updates] = [JSON.parse(model.get("networks")), model.get("updates")];

  let found = { moments: [] };
  let chosen = null; // a moment of the step; null is the peak
  let last; // the network whose moments are shown
  let box;
  /** The blocks of a moment, from the ground upwards. */
  const tower = ({ blocks, borrowed }) => [
    ...["weights", "slots", "pictures"].map((kind) => ({ kind, name: KINDS[kind], bytes: found[kind] })),
    ...blocks.filter(({ kind }) => kind === "outputs"),
    ...blocks.filter(({ kind }) => kind === "gradients"),
    { kind: "borrowed", name: "borrowed", bytes: borrowed },
  ];
  const height = (moment) => sum(tower(moment).map((block) => block.bytes));
  const peak = () => {
    const heights = found.moments.map(height);
    return heights.indexOf(Math.max(...heights));
  };
  const at = () => Math.min(chosen ?? peak(), found.moments.length - 1);
  const choose = (moment) => {
    chosen = moment;
    schedule();
  };
  arrowKeys(stage, () => [0, at()], () => [1, found.moments.length], (_, moment) => choose(moment), signal);
  pointer(picture, (_, x) => {
    const inside = (x * width() - box.left) / (box.right - box.left);
    if (inside <= 1) choose(Math.max(0, Math.floor(inside * found.moments.length)));
  }, signal);

  /** The mountain: at every moment what is held, kind upon kind. */
  function mountain(y, moments, now) {
    const x = scale(0, moments.length, box.left, box.right);
    const ground = moments.map(() => 0);
    const areas = Object.keys(KINDS).map((kind) => {
      const lower = moments.map((_, i) => `${x(i + 1)},${y(ground[i])}L${x(i)},${y(ground[i])}`).reverse();
      moments.forEach((moment, i) => (ground[i] += sum(tower(moment).filter((block) => block.kind === kind).map((block) => block.bytes))));
      const upper = moments.map((_, i) => `${x(i)},${y(ground[i])}L${x(i + 1)},${y(ground[i])}`);
      return element("path", { class: `cnn-memory-${kind}`, d: `M${upper.join("L")}L${lower.join("L")}Z` });
    });
    const turn = moments.findIndex(({ back }) => back);
    return [
      ...areas,
      element("line", { class: "cnn-grid", x1: x(turn), x2: x(turn), y1: box.top, y2: box.bottom }),
      ...[["forward", turn / 2], ["back", (turn + moments.length) / 2]].map(([word, place]) =>
        element("text", { class: "cnn-tick", x: x(place), y: box.bottom + 16, "text-anchor": "middle" }, word)),
      element("rect", { class: "cnn-memory-now", x: x(now), y: y(ground[now]), width: x(1) - x(0), height: box.bottom - y(ground[now]) }),
    ];
  }

  /** The chosen moment as a tower of named blocks, in the mountain's scale. */
  function blocksOf(y, moment, left, down) {
    let ground = 0;
    return tower(moment).filter((block) => block.bytes).flatMap(({ kind, name, bytes: size }) => {
      const [bottom, top] = [y(ground) + down, y((ground += size)) + down];
      const label = element("text", { class: "cnn-tick", x: left + TOWER + 6, y: (bottom + top) / 2 + 4 }, `${name || KINDS[kind]} ${brief(size, "B")}`);
      return [
        element("rect", { class: `cnn-memory-block cnn-memory-${kind}`, x: left, y: top, width: TOWER, height: Math.max(0, bottom - top) }),
        ...(bottom - top > 11 ? [label] : []),
      ];
    });
  }

  function drawChart(device) {
    const { moments } = found;
    const narrow = width() < NARROW;
    box = { left: LEFT, right: width() - RIGHT - (narrow ? 0 : TOWER + NAMES + 16), top: TOP, bottom: TALL - BOTTOM };
    const [heights, now] = [moments.map(height), at()];
    const high = Math.max(...heights, Math.min(device, 2 * Math.max(...heights))) * 1.08;
    const y = scale(0, high, box.bottom, box.top);
    const [left, down] = narrow ? [LEFT, TALL - 8] : [box.right + 16, 0];
    const limit = Math.max(box.top, y(device));
    show(picture, [
      ...axes(box, { place: () => 0, ticks: [] }, { place: y, ticks: linearTicks(0, high), text: (size) => brief(size, "B") }),
      ...mountain(y, moments, now),
      ...blocksOf(y, moments[now], left, down),
      ...(device <= high ? [
        element("line", { class: "cnn-memory-device", x1: box.left, x2: narrow ? box.right : left + TOWER, y1: limit, y2: limit }),
        element("text", { class: "cnn-tick cnn-memory-limit-name", x: box.left + 4, y: limit - 5 }, "the device"),
      ] : []),
    ], width(), narrow ? 2 * TALL - 30 : TALL);
  }

  /** The chosen moment in words. */
  function told() {
    const [moment, now] = [found.moments[at()], at()];
    const kept = [...new Set(moment.blocks.filter(({ kind }) => kind === "outputs").map(({ name }) => name))];
    const where = [moment.back ? "On the way back" : "Forward", moment.name, moment.what].filter(Boolean).join(", ");
    return `${where}: ${bytes(height(moment))}${now === peak() ? ", the peak" : ""}; outputs of ${kept.length > FEW ? `${kept.length} parts` : kept.join(", ")} are held.`;
  }

  return function draw(settings) {
    const batch = Math.max(1, settings.smaller_batch ? Math.floor(settings.batch / 2) : settings.batch);
    const devices = settings.two_devices ? 2 : 1;
    const share = Math.ceil(batch / devices);
    const device = settings.device * 1e9;
    const network = networks[settings.half ? "mixed_float16" : "float32"][settings.model];
    const update = updates[settings.optimizer];
    found = held(settings, share, network, update);
    if (settings.model !== last) [last, chosen] = [settings.model, null];
    const most = Math.max(found.train, found.predict, device);
    const worst = tower(found.moments[peak()]);
    const of = (kind) => [kind, sum(worst.filter((block) => block.kind === kind).map((block) => block.bytes))];
    const standing = [["weights", found.weights], ["pictures", found.pictures]];
    renew(
      bars,
      bar("predict", [...standing, ["outputs", found.predict - found.weights - found.pictures]], most, device),
      bar("train", Object.keys(KINDS).map(of), most, device),
    );
    const name = network ? settings.model : "The stack";
    say(title, `${name}, ${whole(found.weights / 4)} parameters: training a batch of ${batch} ${found.train <= device ? "fits" : "does not fit"}`);
    drawChart(device);
    const on = devices > 1 ? " on each of two devices" : "";
    const largest = devices * largestBatch(settings, device, MOST, network, update);
    return `A batch of ${batch} takes ${bytes(found.train)} to train${on}, ${bytes(found.predict)} to predict. ` +
      `The largest batch that fits is ${largest < devices * MOST ? "" : "at least "}${whole(largest)}. ${told()}`;
  };
}

export default explorer(build);
