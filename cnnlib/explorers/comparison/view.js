import { element, renew, say } from "../js/draw/draw.js";
import { chartWidth, explorer, update } from "../js/frame/frame.js";

const [LEFT, TOP, RIGHT, BOTTOM] = [62, 14, 20, 46]; // margins of the plot, in pixels
const LINEAR = new Set(["year", "top5"]);
const AREAS = [null, "parameters", "macs", "train_bytes"];
const SHAPES = ["circle", "square", "diamond", "triangle", "cross"];
const UNITS = [[1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"]];

/** 25,557,032 as 25.6 M. */
function brief(value) {
  const [size, unit] = UNITS.find(([least]) => value >= least) ?? [1, ""];
  return `${Number((value / size).toPrecision(3))}${unit && ` ${unit}`}`;
}

/** A figure in words, with its unit. */
function written(name, value) {
  if (value === null || value === undefined) return "not known";
  if (name.endsWith("bytes")) return `${Math.round(value / 1e6).toLocaleString("en")} MB`;
  if (name === "year" || name === "top5") return `${value}${name === "top5" ? " %" : ""}`;
  return value.toLocaleString("en");
}

/** Maps values to pixels; `ticks` are values with their labels. */
function scale(name, values, from, to) {
  const log = !LINEAR.has(name);
  const warp = log ? Math.log10 : (value) => value;
  const [low, high] = [Math.min(...values), Math.max(...values)].map(warp);
  const room = (high - low || 1) * 0.06;
  const place = (value) => from + ((warp(value) - low + room) / (high - low + 2 * room || 1)) * (to - from);
  return { place, ticks: log ? logTicks(name, low - room, high + room) : linearTicks(low, high) };
}

function linearTicks(low, high) {
  const step = [1, 2, 5, 10, 20].find((size) => (high - low) / size <= 7) ?? 50;
  const ticks = [];
  for (let value = Math.ceil(low / step) * step; value <= high; value += step) ticks.push([value, String(value)]);
  return ticks;
}

function logTicks(name, low, high) {
  const steps = high - low > 4 ? [1] : high - low > 2 ? [1, 3] : [1, 2, 5];
  const label = (value) => (name.endsWith("bytes") ? `${brief(value)}B` : brief(value));
  const ticks = [];
  for (let power = Math.floor(low); power <= high; power++) {
    for (const step of steps) {
      const value = step * 10 ** power;
      if (Math.log10(value) >= low && Math.log10(value) <= high) ticks.push([value, label(value)]);
    }
  }
  return ticks;
}

/** The outline of a family's mark around the origin. */
function mark(shape, r) {
  const paths = {
    square: `M${-r},${-r}H${r}V${r}H${-r}Z`,
    diamond: `M0,${-1.3 * r}L${1.3 * r},0L0,${1.3 * r}L${-1.3 * r},0Z`,
    triangle: `M0,${-1.3 * r}L${1.2 * r},${r}H${-1.2 * r}Z`,
    cross: `M${-r},${-r / 3}H${-r / 3}V${-r}H${r / 3}V${-r / 3}H${r}V${r / 3}H${r / 3}V${r}H${-r / 3}V${r / 3}H${-r}Z`,
  };
  return paths[shape] ?? `M${-r},0A${r},${r} 0 1 1 ${r},0A${r},${r} 0 1 1 ${-r},0Z`;
}

/** Names beside the dots, nudged apart where they would overlap; those with no room are left out. */
function names(dots, width) {
  const taken = dots.map(({ x, y, r }) => ({ left: x - r, right: x + r, top: y - r, bottom: y + r }));
  const free = (box) =>
    box.left > LEFT && box.right < width &&
    !taken.some((one) => one.left < box.right && one.right > box.left && one.top < box.bottom && one.bottom > box.top);
  const rank = ({ chosen, pale }) => (chosen ? 0 : pale ? 2 : 1);
  return [...dots].sort((a, b) => rank(a) - rank(b)).flatMap(({ network, x, y, r, pale, chosen }) => {
    const wide = network.title.length * 6 + 2;
    const places = [
      ["start", x + r + 4, y + 4, x + r + 4],
      ["end", x - r - 4, y + 4, x - r - 4 - wide],
      ["middle", x, y - r - 5, x - wide / 2],
      ["middle", x, y + r + 13, x - wide / 2],
    ];
    for (const [anchor, left, base, start] of places) {
      const box = { left: start, right: start + wide, top: base - 10, bottom: base + 2 };
      if (!free(box)) continue;
      taken.push(box);
      const look = `cnn-name${pale ? " cnn-pale" : ""}${chosen ? " cnn-chosen-name" : ""}`;
      return [element("text", { class: look, x: left, y: base, "text-anchor": anchor }, network.title)];
    }
    return [];
  });
}

function build({ model, el, signal, schedule }) {
  const svg = element("svg", { "aria-hidden": "true" });
  const stage = element("div", {
    className: "cnn-drawing cnn-scatter",
    role: "application",
    tabIndex: 0,
    "aria-label": "Networks: left and right arrow keys visit them from left to right",
  }, svg);
  const keys = element("p", { className: "cnn-keys" });
  const card = element("dl", { className: "cnn-card" });
  const title = element("p", { className: "cnn-title" });
  const words = element("p", { className: "cnn-words", role: "status" });
  const missing = element("p", { className: "cnn-words" });
  el.append(stage, keys, element("div", { className: "cnn-figures" }, title, card), words, missing);

  let dots = [];
  const networks = () => model.get("networks");
  const axes = () => model.get("axes");
  const chosen = () => networks()[model.get("selected")] ?? networks()[0];
  const select = (network) => update(model, { selected: networks().indexOf(network) });

  const width = chartWidth(el, schedule, signal);

  stage.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: 1, ArrowDown: -1, Home: -Infinity, End: Infinity };
    if (!(event.key in steps) || !dots.length) return;
    event.preventDefault();
    event.stopPropagation(); // JupyterLab's own shortcuts stay quiet
    const along = event.key === "ArrowUp" || event.key === "ArrowDown" ? (a, b) => b.y - a.y : (a, b) => a.x - b.x;
    const order = dots.filter((dot) => !dot.pale).sort(along);
    const at = order.findIndex((dot) => dot.chosen);
    const next = Math.max(0, Math.min(order.length - 1, at + steps[event.key]));
    if (order.length) select(order[next].network);
  }, { signal });

  const nearest = (event) => {
    const box = svg.getBoundingClientRect();
    const ratio = width() / box.width;
    const [x, y] = [(event.clientX - box.left) * ratio, (event.clientY - box.top) * ratio];
    const far = (dot) => (dot.x - x) ** 2 + (dot.y - y) ** 2;
    const best = dots.filter((dot) => !dot.pale).sort((a, b) => far(a) - far(b))[0];
    if (best && far(best) < 40 ** 2) select(best.network);
  };
  svg.addEventListener("pointermove", nearest, { signal });
  svg.addEventListener("pointerdown", nearest, { signal });

  function placed(across, up) {
    const family = model.get("families")[model.get("family") - 1];
    const area = AREAS[model.get("area")];
    const wide = width();
    const tall = Math.round(Math.min(420, wide * 0.75));
    const shown = networks().filter(
      (network) => network.year <= model.get("until") && network[across] != null && network[up] != null,
    );
    const x = scale(across, shown.map((network) => network[across]), LEFT, wide - RIGHT);
    const y = scale(up, shown.map((network) => network[up]), tall - BOTTOM, TOP);
    const most = Math.max(...networks().map((network) => network[area] ?? 0));
    dots = shown.map((network) => ({
      network,
      x: x.place(network[across]),
      y: y.place(network[up]),
      r: area ? 3 + 15 * Math.sqrt((network[area] ?? 0) / most) : 6,
      pale: Boolean(family) && network.family !== family,
      chosen: network === chosen(),
    }));
    return { x, y, wide, tall, shown };
  }

  function grid({ x, y, wide, tall }, across, up) {
    const parts = [];
    for (const [value, label] of x.ticks) {
      const at = x.place(value);
      parts.push(element("line", { class: "cnn-grid", x1: at, x2: at, y1: TOP, y2: tall - BOTTOM }));
      parts.push(element("text", { class: "cnn-tick", x: at, y: tall - BOTTOM + 16, "text-anchor": "middle" }, label));
    }
    for (const [value, label] of y.ticks) {
      const at = y.place(value);
      parts.push(element("line", { class: "cnn-grid", x1: LEFT, x2: wide - RIGHT, y1: at, y2: at }));
      parts.push(element("text", { class: "cnn-tick", x: LEFT - 6, y: at + 4, "text-anchor": "end" }, label));
    }
    const middle = (tall - BOTTOM + TOP) / 2;
    const turned = { transform: `translate(13 ${middle}) rotate(-90)`, "text-anchor": "middle" };
    parts.push(element("text", { class: "cnn-axis", x: (LEFT + wide - RIGHT) / 2, y: tall - 6, "text-anchor": "middle" }, across));
    parts.push(element("text", { class: "cnn-axis", ...turned }, up));
    return parts;
  }

  const families = () => model.get("families");
  const look = (family) => `cnn-mark cnn-mark-${families().indexOf(family) % 4}`;
  const shape = (family) => SHAPES[families().indexOf(family) % SHAPES.length];

  function legend() {
    const present = families().filter((family) => dots.some((dot) => dot.network.family === family));
    renew(keys, ...present.map((family) => {
      const sign = element("svg", { class: "cnn-sign", viewBox: "-9 -9 18 18", "aria-hidden": "true" });
      sign.append(element("path", { class: look(family), d: mark(shape(family), 6) }));
      return element("span", { className: "cnn-key" }, sign, family);
    }));
  }

  function figures(network) {
    say(title, `${network.title} (${network.year})`);
    const rows = axes().filter(([name]) => name !== "year").map(([name, label]) =>
      element("div", {}, element("dt", {}, label), element("dd", {}, written(name, network[name]))));
    const told = network.top5 == null ? "no top-5 error published" : `top-5 error: ${network.measured}`;
    rows.push(element("div", {}, element("dt", {}, "Source"), element("dd", {}, `${network.source}; ${told}`)));
    renew(card, ...rows);
  }

  return function draw() {
    const [[across, acrossLabel], [up, upLabel]] = [axes()[model.get("across")], axes()[model.get("up")]];
    const plot = placed(across, up);
    const network = chosen();
    svg.setAttribute("viewBox", `0 0 ${plot.wide} ${plot.tall}`);
    svg.style.width = `${plot.wide}px`;
    const parts = plot.shown.length ? grid(plot, acrossLabel, upLabel) : [];
    const order = [...dots].sort((a, b) => a.chosen - b.chosen || b.r - a.r);
    const marks = order.map((dot) =>
      element("path", {
        class: `${look(dot.network.family)}${dot.pale ? " cnn-pale" : ""}${dot.chosen ? " cnn-chosen" : ""}`,
        d: mark(shape(dot.network.family), dot.r),
        transform: `translate(${dot.x} ${dot.y})`,
      }));
    renew(svg, ...parts, ...marks, ...names(dots, plot.wide));
    legend();
    if (network) figures(network);
    const lit = dots.filter((dot) => !dot.pale).length;
    say(words, network
      ? `${lit} networks: ${upLabel} (up) against ${acrossLabel} (across). ${network.title}: ` +
        `${written(up, network[up])} and ${written(across, network[across])}.`
      : "No networks.");
    const left = networks().filter((one) => one.year <= model.get("until") && !plot.shown.includes(one));
    say(missing, left.length ? `Not placed, for want of a figure: ${left.map((one) => one.title).join(", ")}.` : "");
  };
}

export default explorer(build);
