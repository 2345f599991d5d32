import { drawBars } from "../js/draw/charts.js";
import { element, say } from "../js/draw/element.js";
import { percent, plural, whole } from "../js/draw/format.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowKeys, pointer, widthOf } from "../js/frame/input.js";
import { drawing, legible, show, titled } from "../js/frame/stage.js";
import { ROW, kernelSlice, wiring } from "./drawing.js";
import { cost, outputs, peer, reading } from "./math.js";

const MARGIN = 2;
const WORDS = {
  plain: "every map reads every channel",
  grouped: "a map reads the channels of its own group only",
  depthwise: "a map reads one channel",
  separable: "first each channel on its own, then all channels at each place",
  pointwise: "a map reads every channel, at one place",
  transposed: "each input is spread over several outputs, with the weights of the kernel",
};

/** What a kind makes of the settings that were asked for, where one might expect something else. */
const remarks = (asked, { kind, maps, groups, stride }) => [
  kind === "depthwise" && maps !== asked.maps && `It makes ${plural(maps, "map")} instead of ${asked.maps}, a multiple of its channels.`,
  kind === "grouped" && groups !== asked.groups && `${asked.groups} groups would not divide channels and maps evenly: there ${groups === 1 ? "is" : "are"} ${groups}.`,
  kind === "transposed" && stride > 1 && "At this stride the plain one makes fewer outputs.",
  kind === "transposed" && "The numbers in the first row count the inputs that reach each output.",
].filter(Boolean);

function build({ el, read, set, signal, schedule }) {
  const title = element("p", { className: "cnn-sizes" });
  const { stage, picture } = drawing("Outputs: arrow keys choose a map and a place", { className: "cnn-family" });
  const slice = element("svg", { "aria-hidden": "true", class: "cnn-family-window" });
  const bars = element("div", { className: "cnn-bars" });
  const formula = element("p", { className: "cnn-sum" });
  const costs = titled("", bars, "What it costs").node;
  costs.append(formula);
  const side = element("div", { className: "cnn-family-side" }, titled("", slice, "One kernel slice").node, costs);
  el.classList.add("cnn-beside");
  el.append(title, element("div", { className: "cnn-family-body" }, stage, side));

  const room = widthOf(stage, schedule, signal);
  let setting;
  let shown;
  const extent = () => [setting.maps, outputs(setting)];
  const chosen = () => read().output.map((at, axis) => Math.max(0, Math.min(extent()[axis] - 1, at)));
  const choose = (map, place) => set({ output: [map, place] });
  arrowKeys(stage, chosen, extent, choose, signal);
  pointer(picture, (y, x) => {
    const [maps, length] = extent();
    const [down, across] = [y * (shown.height + 2 * MARGIN) - MARGIN, x * (shown.width + 2 * MARGIN) - MARGIN];
    const [map, place] = [Math.floor(down / ROW), Math.floor(across / shown.outStep)];
    if (map >= 0 && map < maps && place >= 0 && place < length) choose(map, place);
  }, signal);

  function drawCosts(own, plain) {
    const bar = (name, value, most, lit) => ({ name, share: value / most, text: whole(value), lit });
    const [weights, macs] = ["weights", "macs"].map((name) => Math.max(own[name], plain[name]));
    drawBars(bars, [
      bar("weights", own.weights, weights, true),
      bar("weights, plain", plain.weights, weights, false),
      bar("multiply-adds", own.macs, macs, true),
      bar("multiply-adds, plain", plain.macs, macs, false),
    ]);
    const { kind, channels, maps, dimensions, kernel, groups } = setting;
    const power = `${kernel}${["", "²", "³"][dimensions - 1]}`;
    const product = kind === "separable"
      ? `${power}·${channels} + ${channels}·${maps}`
      : `${power}·${channels}·${maps}${groups > 1 ? ` / ${groups}` : ""}`;
    say(formula, `weights = ${product} = ${whole(own.weights)}`);
  }

  return function draw(settings) {
    setting = reading(settings);
    const { kind, cells, channels, maps, dimensions } = setting;
    const [own, plain] = [setting, peer(settings)].map(cost);
    const sides = (n) => Array(dimensions).fill(n).join("×");
    say(title, `${sides(cells)}×${channels} → ${sides(outputs(setting))}×${maps}`);
    const [map, place] = chosen();
    shown = wiring(setting, [map, place]);
    show(picture, shown.parts, shown.width, shown.height, { margin: MARGIN });
    legible(picture, shown.width, room());
    const { parts, width, height } = kernelSlice(setting);
    show(slice, parts, width, height);
    drawCosts(own, plain);
    return [
      `${kind}: ${WORDS[kind]}. Along the drawn axis, output ${place} of map ${map} reads ${plural(shown.places, "place")} in ${plural(shown.channels, "channel")}.`,
      `${percent(own.weights / plain.weights)} of a plain convolution's weights, ${percent(own.macs / plain.macs)} of its multiply-adds.`,
      ...remarks(settings, setting),
    ].join(" ");
  };
}

export default explorer(build);
