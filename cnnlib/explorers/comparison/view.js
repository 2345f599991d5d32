import { axes, linearTicks, logTicks, scale } from "../js/draw/charts.js";
import { element, renew, say } from "../js/draw/element.js";
import { brief, whole } from "../js/draw/format.js";
import { explorer } from "../js/frame/explorer.js";
import { chartWidth, onKeys, pointer } from "../js/frame/input.js";
import { drawing, show } from "../js/frame/stage.js";
import { mark, names } from "./marks.js";

const [LEFT, TOP, RIGHT, BOTTOM] = [62, 14, 20, 46]; // margins of the plot, in pixels
const ROOM = 0.06; // of the plot, beyond the outermost dots
const LINEAR = ["year", "top5"];
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: 1, ArrowDown: -1, Home: -Infinity, End: Infinity };

/** A figure in words, with its unit. */
function written(name, value) {
  if (value === null) return "not known";
  if (name.endsWith("bytes")) return `${whole(Math.round(value / 1e6))} MB`;
  return LINEAR.includes(name) ? `${value}${name === "top5" ? " %" : ""}` : whole(value);
}

/** An axis for values of this name, from `from` to `to`; see `axes`. */
function axis(name, values, from, to) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (LINEAR.includes(name)) {
    const room = (most - least || 1) * ROOM;
    const [low, high] = [least - room, most + room];
    const ticks = linearTicks(low, high).filter((value) => name !== "year" || Number.isInteger(value));
    return { place: scale(low, high, from, to), ticks };
  }
  const room = (most > least ? most / least : 10) ** ROOM;
  const [low, high] = [least / room, most * room];
  const text = (value) => brief(value, name.endsWith("bytes") ? "B" : "");
  return { place: scale(low, high, from, to, { log: true }), ticks: logTicks(low, high), text };
}

function build({ model, el, read, set, signal, schedule }) {
  const { stage, picture } = drawing("Networks: left and right arrow keys visit them from left to right");
  const keys = element("p", { className: "cnn-keys" });
  const card = element("dl", { className: "cnn-card" });
  const title = element("p", { className: "cnn-title" });
  const missing = element("p", { className: "cnn-words" });
  el.append(stage, keys, element("div", { className: "cnn-figures" }, title, card), missing);

  const width = chartWidth(el, schedule, signal);
  const [networks, named, families] = ["networks", "axes", "families"].map((name) => model.get(name));
  const labels = Object.fromEntries(named);
  const markOf = (family, r) => mark(families.indexOf(family), r);
  const select = ({ network }) => set({ selected: network.title });
  let dots = [];
  let tall = 0;

  onKeys(stage, Object.keys(STEPS), (key) => {
    const upwards = key === "ArrowUp" || key === "ArrowDown";
    const order = dots.filter((dot) => !dot.pale).sort(upwards ? (a, b) => b.y - a.y : (a, b) => a.x - b.x);
    const next = order.findIndex((dot) => dot.chosen) + STEPS[key];
    if (order.length) select(order[Math.max(0, Math.min(order.length - 1, next))]);
  }, signal);
  pointer(picture, (y, x) => {
    const far = (dot) => (dot.x - x * width()) ** 2 + (dot.y - y * tall) ** 2;
    const best = dots.filter((dot) => !dot.pale).sort((a, b) => far(a) - far(b))[0];
    if (best && far(best) < 40 ** 2) select(best);
  }, signal);

  function placed(shown, { across, up, area, family, selected }, x, y) {
    const most = area === "none" ? 0 : Math.max(...networks.map((network) => network[area]));
    return shown.map((network) => ({
      network,
      x: x.place(network[across]),
      y: y.place(network[up]),
      r: most ? 3 + 15 * Math.sqrt(network[area] / most) : 6,
      pale: family !== "all" && network.family !== family,
      chosen: network.title === selected,
    }));
  }

  function legend() {
    const present = families.filter((family) => dots.some((dot) => dot.network.family === family));
    renew(keys, ...present.map((family) => {
      const sign = element("svg", { class: "cnn-sign", viewBox: "-9 -9 18 18", "aria-hidden": "true" }, element("path", markOf(family, 6)));
      return element("span", { className: "cnn-key" }, sign, family);
    }));
  }

  function figures(network) {
    say(title, `${network.title} (${network.year})`);
    const told = network.top5 === null ? "no top-5 error published" : `top-5 error: ${network.measured}`;
    const rows = named.filter(([name]) => name !== "year").map(([name, label]) => [label, written(name, network[name])]);
    renew(card, ...[...rows, ["Source", `${network.source}; ${told}`]].map(([label, text]) =>
      element("div", {}, element("dt", {}, label), element("dd", {}, text))));
  }

  return function draw(settings) {
    const { across, up, until, selected } = settings;
    const present = networks.filter(({ year }) => year <= until);
    const shown = present.filter((network) => network[across] !== null && network[up] !== null);
    tall = Math.round(Math.min(420, width() * 0.75));
    const box = { left: LEFT, right: width() - RIGHT, top: TOP, bottom: tall - BOTTOM };
    const x = axis(across, shown.map((network) => network[across]), box.left, box.right);
    const y = axis(up, shown.map((network) => network[up]), box.bottom, box.top);
    dots = placed(shown, settings, x, y);
    const order = [...dots].sort((a, b) => a.chosen - b.chosen || b.r - a.r);
    const marks = order.map(({ network, x, y, r, pale, chosen }) => {
      const { class: look, d } = markOf(network.family, r);
      return element("path", { class: `${look}${pale ? " cnn-pale" : ""}${chosen ? " cnn-chosen" : ""}`, d, transform: `translate(${x} ${y})` });
    });
    const grid = shown.length ? axes(box, { ...x, name: labels[across] }, { ...y, name: labels[up] }) : [];
    show(picture, [...grid, ...marks, ...names(dots, { left: LEFT, right: width() })], width(), tall);
    legend();
    const network = networks.find((one) => one.title === selected);
    figures(network);
    const left = present.filter((one) => !shown.includes(one)).map((one) => one.title);
    say(missing, left.length ? `Not placed, for want of a figure: ${left.join(", ")}.` : "");
    const lit = dots.filter((dot) => !dot.pale).length;
    return `${lit} networks: ${labels[up]} (up) against ${labels[across]} (across). ${network.title}: ` +
      `${written(up, network[up])} and ${written(across, network[across])}.`;
  };
}

export default explorer(build);
