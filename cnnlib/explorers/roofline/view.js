import { axes, drawBars, logTicks, scale } from "../js/draw/charts.js";
import { element, say } from "../js/draw/element.js";
import { brief, time } from "../js/draw/format.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowSteps, chartWidth, pointer } from "../js/frame/input.js";
import { drawing, show } from "../js/frame/stage.js";
import { bound, roof, work } from "./math.js";

const KINDS = { convolution: "convolution", depthwise: "depthwise convolution", relu: "ReLU" };
const [LOW, HIGH] = [0.1, 1e4]; // operations per byte
const [FLOOR, CEILING] = [10 ** 8.8, 10 ** 14.2]; // operations per second
const [LEFT, TOP, RIGHT, BOTTOM] = [64, 12, 24, 44];

function build({ model, el, read, set, signal, schedule }) {
  const { stage, picture } = drawing("Machines: up and down arrow keys choose one", { className: "cnn-roofline" });
  const title = element("p", { className: "cnn-title" });
  const bars = element("div", { className: "cnn-bars" });
  el.append(title, stage, bars);

  const width = chartWidth(el, schedule, signal);
  const machines = model.get("machines");
  const names = Object.keys(machines).sort((a, b) => machines[a][1] - machines[b][1]);
  const next = (step) => names[Math.max(0, Math.min(names.length - 1, names.indexOf(read().machine) + step))];
  arrowSteps(stage, (down, right) => set({ machine: next(Math.sign(right - down)) }), signal);

  let plot;
  pointer(picture, (y, x) => {
    const intensity = LOW * (HIGH / LOW) ** ((x * plot.wide - LEFT) / (plot.wide - LEFT - RIGHT));
    const far = names.map((name) => Math.abs(plot.y(roof(machines[name], intensity)) - y * plot.tall));
    const best = far.indexOf(Math.min(...far));
    if (far[best] < 24) set({ machine: names[best] });
  }, signal);

  function line({ x, y }, machine, chosen) {
    const points = [LOW, machine[1] / machine[2], HIGH].map((at) => `${x(at)},${y(roof(machine, at))}`);
    return element("path", { class: chosen ? "cnn-roof cnn-chosen" : "cnn-roof", d: `M${points.join("L")}` });
  }

  return function draw({ machine: name, kind, side, kernel, channels, maps, batch }) {
    const machine = machines[name];
    const layer = work({ kind, side, kernel, channels, maps, batch });
    const found = bound(machine, layer);
    const wide = width();
    const tall = Math.round(Math.min(340, wide * 0.75));
    const box = { left: LEFT, right: wide - RIGHT, top: TOP, bottom: tall - BOTTOM };
    const x = scale(LOW, HIGH, box.left, box.right, { log: true });
    const y = scale(FLOOR, CEILING, box.bottom, box.top, { log: true });
    plot = { wide, tall, x, y };
    const inside = Math.max(LOW, Math.min(HIGH, layer.intensity));
    const [px, py] = [x(inside), y(roof(machine, layer.intensity))];
    show(picture, [
      ...axes(box, { place: x, ticks: logTicks(LOW, HIGH), name: "operations per byte moved" },
        { place: y, ticks: logTicks(FLOOR, CEILING), text: brief, name: "operations per second" }),
      ...Object.values(machines).map((one) => line(plot, one, one === machine)),
      element("line", { class: "cnn-drop", x1: px, x2: px, y1: py, y2: box.bottom }),
      element("circle", { class: `cnn-point cnn-${found.limit}`, cx: px, cy: py, r: 7 }),
      ...names.map((one) => element("text", { class: one === name ? "cnn-name cnn-chosen" : "cnn-name", x: box.right, y: y(machines[one][1]) - 4, "text-anchor": "end" }, one)),
    ], wide, tall);
    const shape = kind === "relu" ? "" : `${kernel}×${kernel} `;
    const into = kind === "convolution" ? ` → ${maps}` : "";
    say(title, `${shape}${KINDS[kind]} on ${batch} × ${side}×${side}×${channels}${into}`);
    const most = Math.max(found.compute, found.memory);
    drawBars(bars, [
      { name: `to compute ${brief(layer.flops, "FLOPs")}`, share: found.compute / most, text: time(found.compute), lit: found.limit === "compute" },
      { name: `to move ${brief(layer.bytes, "B")}`, share: found.memory / most, text: time(found.memory), lit: found.limit === "memory" },
    ]);
    return `${brief(layer.intensity, "operations per byte")}; the roof of ${machine[0]} bends at ${brief(machine[1] / machine[2])}: ` +
      `${found.limit === "compute" ? "arithmetic" : "memory"} is the limit, and the layer takes at least ${time(found.seconds)}.`;
  };
}

export default explorer(build);
