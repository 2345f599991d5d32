import { element, renew, say } from "../js/draw/draw.js";
import { chartWidth, explorer, update } from "../js/frame/frame.js";
import { bound, roof, work } from "./math.js";

const SETTINGS = ["kind", "side", "kernel", "channels", "maps", "batch"];
const KINDS = ["convolution", "depthwise convolution", "ReLU"];
const [LOW, HIGH] = [-1, 4]; // powers of ten of operations per byte
const [FLOOR, CEILING] = [8.8, 14.2]; // and of operations per second
const [LEFT, TOP, RIGHT, BOTTOM] = [64, 12, 24, 44];
const UNITS = [[1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"], [1, ""]];

function brief(value, unit) {
  const [size, prefix] = UNITS.find(([least]) => value >= least) ?? [1, ""];
  return `${Number((value / size).toPrecision(3))} ${prefix}${unit}`.trim();
}

function time(seconds) {
  const [size, unit] = [[1, "s"], [1e-3, "ms"], [1e-6, "µs"]].find(([least]) => seconds >= least) ?? [1e-9, "ns"];
  return `${Number((seconds / size).toPrecision(3))} ${unit}`;
}

function build({ model, el, signal, schedule }) {
  const svg = element("svg", { "aria-hidden": "true" });
  const stage = element("div", {
    className: "cnn-drawing cnn-roofline",
    role: "application",
    tabIndex: 0,
    "aria-label": "Machines: up and down arrow keys choose one",
  }, svg);
  const title = element("p", { className: "cnn-title" });
  const bars = element("div", { className: "cnn-bars" });
  const words = element("p", { className: "cnn-words", role: "status" });
  el.append(title, stage, bars, words);

  const width = chartWidth(el, schedule, signal);

  const machines = () => model.get("machines");
  const choose = (index) => update(model, { machine: Math.max(0, Math.min(machines().length - 1, index)) });
  stage.addEventListener("keydown", (event) => {
    const step = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation(); // JupyterLab's own shortcuts stay quiet
    choose(model.get("machine") + step);
  }, { signal });

  let scale;
  const nearest = (event) => {
    const box = svg.getBoundingClientRect();
    const ratio = scale.wide / box.width;
    const [x, y] = [(event.clientX - box.left) * ratio, (event.clientY - box.top) * ratio];
    const intensity = 10 ** (LOW + ((x - LEFT) / (scale.wide - LEFT - RIGHT)) * (HIGH - LOW));
    const far = machines().map((machine) => Math.abs(scale.y(roof(machine, intensity)) - y));
    const best = far.indexOf(Math.min(...far));
    if (far[best] < 24) choose(best);
  };
  svg.addEventListener("pointermove", nearest, { signal });
  svg.addEventListener("pointerdown", nearest, { signal });

  function axes({ x, y, wide, tall }) {
    const parts = [];
    for (let power = LOW; power <= HIGH; power++) {
      const at = x(10 ** power);
      parts.push(element("line", { class: "cnn-grid", x1: at, x2: at, y1: TOP, y2: tall - BOTTOM }));
      parts.push(element("text", { class: "cnn-tick", x: at, y: tall - BOTTOM + 16, "text-anchor": "middle" }, String(Number((10 ** power).toPrecision(1)))));
    }
    for (let power = Math.ceil(FLOOR); power <= CEILING; power++) {
      const at = y(10 ** power);
      parts.push(element("line", { class: "cnn-grid", x1: LEFT, x2: wide - RIGHT, y1: at, y2: at }));
      parts.push(element("text", { class: "cnn-tick", x: LEFT - 6, y: at + 4, "text-anchor": "end" }, brief(10 ** power, "")));
    }
    const middle = (tall - BOTTOM + TOP) / 2;
    parts.push(element("text", { class: "cnn-axis", x: (LEFT + wide - RIGHT) / 2, y: tall - 6, "text-anchor": "middle" }, "operations per byte moved"));
    parts.push(element("text", { class: "cnn-axis", transform: `translate(13 ${middle}) rotate(-90)`, "text-anchor": "middle" }, "operations per second"));
    return parts;
  }

  function line({ x, y }, machine, chosen) {
    const ridge = machine[1] / machine[2];
    const points = [10 ** LOW, ridge, 10 ** HIGH].map((at) => `${x(at)},${y(roof(machine, at))}`);
    return element("path", { class: chosen ? "cnn-roof cnn-chosen" : "cnn-roof", d: `M${points.join("L")}` });
  }

  function bar(name, seconds, most, limiting) {
    const share = (100 * seconds) / most;
    const fill = element("span", { className: limiting ? "cnn-fill cnn-limit" : "cnn-fill" });
    fill.style.width = `${Math.max(share, 0.5)}%`;
    return element("div", { className: "cnn-bar" },
      element("span", { className: "cnn-bar-name" }, name),
      element("span", { className: "cnn-track" }, fill),
      element("span", { className: "cnn-bar-value" }, time(seconds)));
  }

  return function draw() {
    const settings = Object.fromEntries(SETTINGS.map((name) => [name, model.get(name)]));
    const machine = machines()[model.get("machine")];
    const layer = work(settings);
    const found = bound(machine, layer);
    const wide = width();
    const tall = Math.round(Math.min(340, wide * 0.75));
    const along = (value, low, high, from, to) => from + ((Math.log10(value) - low) / (high - low)) * (to - from);
    scale = {
      wide,
      tall,
      x: (value) => along(value, LOW, HIGH, LEFT, wide - RIGHT),
      y: (value) => along(value, FLOOR, CEILING, tall - BOTTOM, TOP),
    };
    const inside = Math.max(10 ** LOW, Math.min(10 ** HIGH, layer.intensity));
    const [px, py] = [scale.x(inside), scale.y(roof(machine, layer.intensity))];
    const ridge = machine[1] / machine[2];
    svg.setAttribute("viewBox", `0 0 ${wide} ${tall}`);
    svg.style.width = `${wide}px`;
    renew(
      svg,
      ...axes(scale),
      ...machines().map((one) => line(scale, one, one === machine)),
      element("line", { class: "cnn-drop", x1: px, x2: px, y1: py, y2: tall - BOTTOM }),
      element("circle", { class: `cnn-point cnn-${found.limit}`, cx: px, cy: py, r: 7 }),
      element("text", { class: "cnn-name", x: wide - RIGHT, y: scale.y(machine[1]) - 10, "text-anchor": "end" }, machine[0]),
    );
    const { side, kernel, channels, maps, batch, kind } = settings;
    const shape = kind === 2 ? "" : `${kernel}×${kernel} `;
    const into = kind === 0 ? ` → ${maps}` : "";
    say(title, `${shape}${KINDS[kind]} on ${batch} × ${side}×${side}×${channels}${into}`);
    const most = Math.max(found.compute, found.memory);
    renew(
      bars,
      bar(`to compute ${brief(layer.flops, "FLOPs")}`, found.compute, most, found.limit === "compute"),
      bar(`to move ${brief(layer.bytes, "B")}`, found.memory, most, found.limit === "memory"),
    );
    say(words,
      `${brief(layer.intensity, "operations per byte")}; the roof of ${machine[0]} bends at ${brief(ridge, "")}: ` +
      `${found.limit === "compute" ? "arithmetic" : "memory"} is the limit, and the layer takes at least ${time(found.seconds)}.`);
  };
}

export default explorer(build);
