import { ledger, largestBatch, remedied, stackOf, timeline } from "./math.js";
import { element, renew, say } from "../js/draw/draw.js";
import { arrowKeys, chartWidth, explorer, pointer } from "../js/frame/frame.js";

const STACK = ["height", "width", "layers", "maps", "kernel", "stride"];
const KINDS = ["weights", "gradients", "slots", "activations"];
const LABELS = { weights: "weights", gradients: "gradients", slots: "optimizer", activations: "layers' outputs" };
const [LEFT, TOP, RIGHT, BOTTOM, TALL] = [64, 14, 14, 30, 220];

/** 565,613,600 as 566 MB (539 MiB). */
function size(bytes) {
  const [unit, name, binary] = bytes >= 1e9 ? [1e9, "G", 2 ** 30] : bytes >= 1e6 ? [1e6, "M", 2 ** 20] : [1e3, "k", 2 ** 10];
  const three = (value) => Number(value.toPrecision(3)).toLocaleString("en");
  return `${three(bytes / unit)} ${name}B (${three(bytes / binary)} ${name === "k" ? "K" : name}iB)`;
}

function build({ model, el, signal, schedule }) {
  const title = element("p", { className: "cnn-sizes" });
  const bars = element("div", { className: "cnn-memory-bars" });
  const keys = element("p", { className: "cnn-keys" },
    ...KINDS.map((kind) => element("span", { className: "cnn-key" }, element("span", { className: `cnn-swatch cnn-memory-${kind}` }), LABELS[kind])));
  const svg = element("svg", { "aria-hidden": "true" });
  const stage = element("div", {
    className: "cnn-drawing", role: "application", tabIndex: 0,
    "aria-label": "One training step: left and right arrow keys choose a moment",
  }, svg);
  const chart = element("p", { className: "cnn-title cnn-memory-chart" }, "One training step, layer by layer: forward, then back");
  const words = element("p", { className: "cnn-words", role: "status" });
  el.append(title, bars, keys, chart, stage, words);

  const width = chartWidth(el, schedule, signal);

  let moments = [];
  let chosen = null; // a moment of the step; null is the peak
  const peak = () => moments.indexOf(Math.max(...moments));
  const at = () => Math.min(chosen ?? peak(), moments.length - 1);
  const choose = (moment) => {
    chosen = moment;
    schedule();
  };
  arrowKeys(stage, () => [0, at()], () => [1, moments.length], (_, moment) => choose(moment), signal);
  pointer(svg, (_, x) => {
    const wide = Number(svg.viewBox.baseVal.width);
    const inside = (x * wide - LEFT) / (wide - LEFT - RIGHT);
    choose(Math.max(0, Math.min(moments.length - 1, Math.round(inside * (moments.length - 1)))));
  }, signal);

  function network() {
    const index = model.get("model");
    if (index === 0) return stackOf(Object.fromEntries(STACK.map((name) => [name, model.get(name)])));
    const { layers, ...rest } = model.get("models")[index - 1];
    return { ...rest, layers: layers.map(([name, params, cells]) => ({ name, params, cells })) };
  }

  /** The stack with more stride is another stack; a network of the book keeps its layers' sizes. */
  function withRemedies() {
    const remedies = { fewerLayers: model.get("fewer_layers"), stride: model.get("more_stride") };
    if (model.get("model") === 0 && remedies.stride) {
      const settings = Object.fromEntries(STACK.map((name) => [name, model.get(name)]));
      const [height, width] = [settings.height, settings.width].map((n) => Math.ceil(n / (2 * settings.stride)) * settings.stride);
      const smaller = stackOf({ ...settings, height, width });
      return remedied({ ...smaller, input: settings.height * settings.width * 3 }, { ...remedies, stride: false });
    }
    return remedied(network(), remedies);
  }

  function bar(name, parts, most, device) {
    const track = element("span", { className: "cnn-memory-track" },
      ...parts.map(([kind, bytes]) => {
        const piece = element("span", { className: `cnn-memory-piece cnn-memory-${kind}` });
        piece.style.width = `${(100 * bytes) / most}%`;
        return piece;
      }));
    const limit = element("span", { className: "cnn-memory-limit" });
    limit.style.left = `${Math.min(100, (100 * device) / most)}%`;
    track.append(limit);
    const total = parts.reduce((sum, [, bytes]) => sum + bytes, 0);
    return element("div", { className: "cnn-memory-bar" },
      element("span", {}, name), track,
      element("span", { className: total > device ? "cnn-memory-over" : "" }, `${size(total)}${total > device ? " ✗" : " ✓"}`));
  }

  function drawChart(net, device) {
    const wide = width();
    const high = Math.max(...moments, device) * 1.08;
    const x = (moment) => LEFT + (moment / Math.max(1, moments.length - 1)) * (wide - LEFT - RIGHT);
    const y = (bytes) => TALL - BOTTOM - (bytes / high) * (TALL - BOTTOM - TOP);
    const outline = moments.map((bytes, moment) => `${x(moment)},${y(bytes)}`).join("L");
    const now = at();
    const parts = [0, 0.5, 1].map((share) => element("line", { class: "cnn-grid", x1: LEFT, x2: wide - RIGHT, y1: y(share * high), y2: y(share * high) }));
    parts.push(
      element("path", { class: "cnn-memory-area", d: `M${x(0)},${y(0)}L${outline}L${x(moments.length - 1)},${y(0)}Z` }),
      element("line", { class: "cnn-memory-device", x1: LEFT, x2: wide - RIGHT, y1: y(device), y2: y(device) }),
      element("text", { class: "cnn-tick", x: wide - RIGHT, y: y(device) - 5, "text-anchor": "end" }, "the device"),
      element("line", { class: "cnn-memory-now", x1: x(now), x2: x(now), y1: y(moments[now]), y2: y(0) }),
      element("circle", { class: "cnn-memory-dot", cx: x(now), cy: y(moments[now]), r: 6 }),
      element("text", { class: "cnn-tick", x: LEFT - 6, y: y(0) + 4, "text-anchor": "end" }, "0"),
      element("text", { class: "cnn-tick", x: LEFT - 6, y: TOP + 8, "text-anchor": "end" }, size(high).split(" (")[0]),
      element("text", { class: "cnn-tick", x: x(0), y: TALL - 8, "text-anchor": "start" }, "forward"),
      element("text", { class: "cnn-tick", x: x(moments.length - 1), y: TALL - 8, "text-anchor": "end" }, "back"),
    );
    svg.setAttribute("viewBox", `0 0 ${wide} ${TALL}`);
    svg.style.width = `${wide}px`;
    renew(svg, ...parts);
    const forward = net.layers.length;
    const layer = now < forward ? net.layers[now] : net.layers[Math.max(0, 2 * forward - 2 - now)];
    return { layer: layer.name, way: now < forward ? "after" : "on the way back, after" };
  }

  return function draw() {
    const net = withRemedies();
    const batch = Math.max(1, model.get("smaller_batch") ? Math.floor(model.get("batch") / 2) : model.get("batch"));
    const devices = model.get("two_devices") ? 2 : 1;
    const half = model.get("half");
    const device = model.get("device") * 1e9;
    const held = ledger(net, { batch, slots: model.get("slots")[model.get("optimizer")], half, devices });
    moments = timeline(net, held, half);
    const most = Math.max(held.train, held.predict, device);
    renew(
      bars,
      bar("predict", [["weights", held.weights], ["activations", held.predict - held.weights]], most, device),
      bar("train", KINDS.map((kind) => [kind, held[kind]]), most, device),
    );
    const name = model.get("model") === 0 ? `Stack of ${net.layers.length}` : model.get("models")[model.get("model") - 1].title;
    const params = held.weights / 4;
    const fits = held.train <= device;
    say(title, `${name}, ${params.toLocaleString("en")} parameters: training a batch of ${batch} ${fits ? "fits" : "does not fit"}`);
    const { layer, way } = drawChart(net, device);
    const on = devices > 1 ? " on each of two devices" : "";
    say(words,
      `At least ${size(held.train)} to train${on}, ${size(held.predict)} to predict. ` +
      `${way[0].toUpperCase()}${way.slice(1)} ${layer}: ${size(moments[at()])}${at() === peak() ? ", the peak" : ""}. ` +
      `The largest batch that fits is ${largestBatch(held, device, devices).toLocaleString("en")}.`);
  };
}

export default explorer(build);
