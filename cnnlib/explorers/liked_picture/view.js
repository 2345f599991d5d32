import { paintGrey } from "../js/draw/canvas.js";
import { axes, linearTicks, scale } from "../js/draw/charts.js";
import { element, say } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { bytesOf } from "../js/draw/pictures.js";
import { explorer } from "../js/frame/explorer.js";
import { films } from "../js/frame/film.js";
import { arrowSteps, widthOf } from "../js/frame/input.js";
import { drawing, legible, mapPanel, show, titled } from "../js/frame/stage.js";
import { given } from "../js/nn/given.js";
import { network } from "../js/nn/network.js";
import { part, uphill } from "../js/nn/part.js";

const SIDE = 40;
const STEPS = 60;
const CHART = { width: 330, height: 210, left: 56, right: 320, top: 8, bottom: 160 };

async function build({ model, el, read, set, signal, schedule }) {
  const held = await given(model);
  const net = network(held.graph, held.weights);
  const noise = new Float32Array(bytesOf(model.get("noise")).slice().buffer);
  const how = model.get("how");
  const parts = new Map(); // by their last layers
  const film = films(schedule);
  const wide = widthOf(el, schedule, signal);
  const picture = mapPanel("cnn-seen", { label: "Picture: right and left arrow keys go uphill and back" });
  const chart = drawing("", { className: "cnn-small" });
  const curve = titled("cnn-liked-curve", chart.stage);
  const once = element("button", { type: "button", className: "cnn-button" }, "One step uphill");
  once.addEventListener("click", () => set({ step: read().step + 1 }), { signal });
  arrowSteps(picture.stage, (down, right) => set({ step: read().step + right - down }), signal);
  picture.node.append(element("p", { className: "cnn-tools cnn-liked-tools" }, once));
  el.append(element("div", { className: "cnn-seen-row" }, picture.node, curve.node));

  return function draw({ layer, digit, which, step }) {
    if (!parts.has(layer)) parts.set(layer, part(net, layer, { side: SIDE, linear: true }));
    const lower = parts.get(layer);
    const channels = lower.output.shape.at(-1);
    const isClass = layer === "digit";
    const chosen = isClass ? digit : Math.min(which, channels) - 1;
    const mean = () => {
      let sum = 0;
      for (let i = chosen; i < lower.output.data.length; i += channels) sum += lower.output.data[i];
      return (sum * channels) / lower.output.data.length;
    };
    const looked = (values) => {
      lower.forward(values);
      return { values, mean: mean() };
    };
    const wish = (_, gradient) => {
      for (let i = chosen; i < gradient.length; i += channels) gradient[i] = 1;
    };
    const { at, film: frames } = film(`${layer} ${chosen}`, step, () => looked(noise), ({ values }) => {
      lower.forward(values);
      return looked(uphill(values, lower.slope(wish), how));
    });
    const now = frames[at];
    const what = isClass ? `class ${chosen}` : `${layer}, map ${chosen + 1} of ${channels}`;
    say(picture.title, at ? `After step ${at}` : "Noise");
    say(curve.title, isClass ? `Score of ${what}` : `Map ${chosen + 1} of ${channels}: mean before its ReLU`);
    paintGrey(picture.canvas, { data: now.values, shape: [SIDE, SIDE] }, 0, 255);
    const means = frames.map((one) => one.mean);
    const [low, high] = [Math.min(0, ...means), Math.max(0.1, ...means)];
    const across = scale(0, STEPS, CHART.left, CHART.right);
    const up = scale(low, high, CHART.bottom, CHART.top);
    show(chart.picture, [
      ...axes(CHART, { place: across, ticks: [0, 20, 40, 60], name: "step" }, { place: up, ticks: linearTicks(low, high).filter((_, i, all) => all.length < 6 || i % 2 === 0), text: signed }),
      element("path", { class: "cnn-curve", d: `M${means.map((one, i) => `${across(i).toFixed(1)} ${up(one).toFixed(1)}`).join("L")}` }),
      element("circle", { class: "cnn-dot", cx: across(at), cy: up(now.mean), r: 5 }),
    ], CHART.width, CHART.height);
    legible(chart.picture, CHART.width, wide());
    return `Step ${at}${at < step ? ` of ${step}, still climbing` : ""}: ${isClass ? "the score" : "the mean"} of ${what}${isClass ? "" : ", before its ReLU,"} is ${signed(now.mean.toFixed(2))}; for noise it was ${signed(means[0].toFixed(2))}.`;
  };
}

export default explorer(build);
