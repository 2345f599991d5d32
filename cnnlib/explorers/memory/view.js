import { axes, linearTicks, scale, swatch } from "../js/draw/charts.js";
import { element, renew, say } from "../js/draw/element.js";
import { brief, bytes, whole } from "../js/draw/format.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowKeys, chartWidth, pointer } from "../js/frame/input.js";
import { drawing, show } from "../js/frame/stage.js";
import { largestBatch, ledger, networkOf, timeline } from "./math.js";

const LABELS = { weights: "weights", gradients: "gradients", slots: "optimizer", activations: "layers' outputs" };
const [LEFT, TOP, RIGHT, BOTTOM, TALL] = [64, 14, 18, 30, 220];

/** What is held as pieces of a bar, one for each [kind, bytes], and the device's limit. */
function bar(name, parts, most, device) {
  const pieces = parts.map(([kind, held]) => {
    const piece = element("span", { className: `cnn-memory-piece cnn-memory-${kind}` });
    piece.style.width = `${(100 * held) / most}%`;
    return piece;
  });
  const limit = element("span", { className: "cnn-memory-limit" });
  limit.style.left = `${Math.min(100, (100 * device) / most)}%`;
  const total = parts.reduce((sum, [, held]) => sum + held, 0);
  return element("div", { className: "cnn-memory-bar" },
    element("span", {}, name),
    element("span", { className: "cnn-memory-track" }, ...pieces, limit),
    element("span", { className: total > device ? "cnn-memory-over" : "" }, `${bytes(total)}${total > device ? " ✗" : " ✓"}`));
}

function build({ model, el, signal, schedule }) {
  const title = element("p", { className: "cnn-sizes" });
  const bars = element("div", { className: "cnn-memory-bars" });
  const keys = element("p", { className: "cnn-keys" }, ...Object.entries(LABELS).map(([kind, label]) => swatch(`cnn-memory-${kind}`, label)));
  const { stage, picture } = drawing("One training step: left and right arrow keys choose a moment");
  const chart = element("p", { className: "cnn-title cnn-memory-chart" }, "One training step, layer by layer: forward, then back");
  el.append(title, bars, keys, chart, stage);

  const width = chartWidth(el, schedule, signal);
  const [models, slots] = [model.get("models"), model.get("slots")];

  let moments = [];
  let chosen = null; // a moment of the step; null is the peak
  const peak = () => moments.indexOf(Math.max(...moments));
  const at = () => Math.min(chosen ?? peak(), moments.length - 1);
  const choose = (moment) => {
    chosen = moment;
    schedule();
  };
  arrowKeys(stage, () => [0, at()], () => [1, moments.length], (_, moment) => choose(moment), signal);
  pointer(picture, (_, x) => {
    const inside = (x * width() - LEFT) / (width() - LEFT - RIGHT);
    choose(Math.max(0, Math.min(moments.length - 1, Math.round(inside * (moments.length - 1)))));
  }, signal);

  function drawChart(device) {
    const box = { left: LEFT, right: width() - RIGHT, top: TOP, bottom: TALL - BOTTOM };
    const [high, end, now] = [Math.max(...moments, device) * 1.08, moments.length - 1, at()];
    const x = scale(0, end, box.left, box.right);
    const y = scale(0, high, box.bottom, box.top);
    const outline = moments.map((held, moment) => `${x(moment)},${y(held)}`).join("L");
    show(picture, [
      ...axes(box, { place: x, ticks: [0, end], text: (moment) => (moment ? "back" : "forward") },
        { place: y, ticks: linearTicks(0, high), text: (held) => brief(held, "B") }),
      element("path", { class: "cnn-memory-area", d: `M${x(0)},${y(0)}L${outline}L${x(end)},${y(0)}Z` }),
      element("line", { class: "cnn-memory-device", x1: box.left, x2: box.right, y1: y(device), y2: y(device) }),
      element("text", { class: "cnn-tick", x: box.right, y: y(device) - 5, "text-anchor": "end" }, "the device"),
      element("line", { class: "cnn-memory-now", x1: x(now), x2: x(now), y1: y(moments[now]), y2: y(0) }),
      element("circle", { class: "cnn-memory-dot", cx: x(now), cy: y(moments[now]), r: 6 }),
    ], width(), TALL);
  }

  /** The chosen moment in words. */
  function told({ layers }) {
    const [now, forward] = [at(), layers.length];
    const { name } = layers[now < forward ? now : Math.max(0, 2 * forward - 2 - now)];
    return `${now < forward ? "After" : "On the way back, after"} ${name}: ${bytes(moments[now])}${now === peak() ? ", the peak" : ""}.`;
  }

  return function draw(settings) {
    const { half } = settings;
    const net = networkOf(settings, models);
    const batch = Math.max(1, settings.smaller_batch ? Math.floor(settings.batch / 2) : settings.batch);
    const devices = settings.two_devices ? 2 : 1;
    const device = settings.device * 1e9;
    const held = ledger(net, { batch, slots: slots[settings.optimizer], half, devices });
    moments = timeline(net, held, half);
    const most = Math.max(held.train, held.predict, device);
    renew(
      bars,
      bar("predict", [["weights", held.weights], ["activations", held.predict - held.weights]], most, device),
      bar("train", Object.keys(LABELS).map((kind) => [kind, held[kind]]), most, device),
    );
    const name = settings.model === "stack" ? `Stack of ${net.layers.length}` : settings.model;
    const fits = held.train <= device ? "fits" : "does not fit";
    say(title, `${name}, ${whole(held.weights / 4)} parameters: training a batch of ${batch} ${fits}`);
    drawChart(device);
    const on = devices > 1 ? " on each of two devices" : "";
    return `At least ${bytes(held.train)} to train${on}, ${bytes(held.predict)} to predict. ${told(net)} ` +
      `The largest batch that fits is ${whole(largestBatch(held, device, devices))}.`;
  };
}

export default explorer(build);
