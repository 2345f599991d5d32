import { axes, linearTicks, logTicks, scale } from "../js/draw/charts.js";
import { element, renew, say } from "../js/draw/element.js";
import { brief, plural, whole } from "../js/draw/format.js";
import { explorer } from "../js/frame/explorer.js";
import { chartWidth, onKeys, pointer } from "../js/frame/input.js";
import { drawing, show } from "../js/frame/stage.js";
import { better, frontier } from "./math.js";
import { colour, mark, names } from "./marks.js";

const [LEFT, TOP, RIGHT, BOTTOM] = [70, 10, 14, 46]; // margins of the plot, in pixels
const ROOM = 0.06; // of the plot, beyond the outermost dots
const TICK = 44; // between the numbers of an axis, at least, in pixels
const NARROW = 500; // pixels; a plot that is narrower is as tall as it is wide
const PERCENT = [3, 4, 5, 6, 8, 10, 15, 20];
const LESS_IS_BETTER = ["year", "parameters", "macs", "predict_bytes", "train_bytes"];
const MEASURES = ["one crop", "ten crops", "whole picture"];
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: 1, ArrowDown: -1, Home: -Infinity, End: Infinity };

/** A figure in words, with its unit. */
function written(name, value) {
  if (value === null) return "not known";
  if (name.endsWith("bytes")) return `${whole(Math.round(value / 1e6))} MB`;
  if (name === "receptive_field") return `${whole(value)} pixels`;
  return name === "year" ? `${value}` : name === "top5" ? `${value} %` : whole(value);
}

/** An axis for values of this name, from `from` to `to`; see `axes`. */
function axis(name, values, from, to) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (name === "year") {
    const room = (most - least || 1) * ROOM;
    return { place: scale(least - room, most + room, from, to), ticks: linearTicks(least, most).filter(Number.isInteger) };
  }
  const room = (most > least ? most / least : 10) ** ROOM;
  const [low, high] = [least / room, most * room];
  const ticks = name === "top5" ? PERCENT.filter((value) => value >= low && value <= high) : logTicks(low, high);
  const place = scale(low, high, from, to, { log: true });
  const apart = ticks.reduce((kept, value) => (kept.length && place(value) - place(kept.at(-1)) < TICK && to > from ? kept : [...kept, value]), []);
  const text = (value) => (name === "top5" ? `${value} %` : brief(value, name.endsWith("bytes") ? "B" : ""));
  return { place, ticks: apart, text };
}

/** The size of a mark whose area stands for `value`, where the largest of all is `most`. */
const radius = (value, most, wide) => (most ? 3 + (wide < NARROW ? 8 : 13) * Math.sqrt(value / most) : 6);

function build({ model, el, read, set, signal, schedule }) {
  const { stage, picture } = drawing("Networks: left and right arrow keys visit them from left to right");
  const keys = element("p", { className: "cnn-keys" });
  const card = element("dl", { className: "cnn-card" });
  const title = element("p", { className: "cnn-title" });
  const [stairs, missing] = [1, 2].map(() => element("p", { className: "cnn-words" }));
  el.append(stage, keys, stairs, element("div", { className: "cnn-figures" }, title, card), missing);

  const width = chartWidth(el, schedule, signal);
  const [networks, named, families] = ["networks", "axes", "families"].map((name) => model.get(name));
  const labels = Object.fromEntries(named);
  const number = ({ family }) => families.indexOf(family);
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

  /** The dots, with `best` for those on the frontier; the frame holds those of later years, too. */
  function placed(known, { across, up, area, family, until, selected }, most, x, y) {
    return known.filter(({ year }) => year <= until).map((network) => ({
      network,
      x: x.place(network[across]),
      y: y.place(network[up]),
      a: network[across],
      b: network[up],
      r: radius(network[area], most, width()),
      pale: family !== "all" && network.family !== family,
      chosen: network.title === selected,
    }));
  }

  /** What is drawn behind the dots: lines of families, the frontier, and what beats the chosen one. */
  function behind(best, chosen, box) {
    const line = (className, points) => element("path", { class: className, d: `M${points.map(({ x, y }) => `${x},${y}`).join("L")}` });
    const lines = families.flatMap((family, i) => {
      const own = dots.filter(({ network }) => network.family === family);
      return own.length > 1 ? [line(`cnn-relatives ${colour(i)}${own[0].pale ? " cnn-other-network" : ""}`, own)] : [];
    });
    if (!best.length) return lines;
    const steps = best.map(({ x, y }, i) => `${i ? `H${x}` : `M${x},${box.top}`}V${y}`).join("");
    const better = chosen
      ? [element("rect", { class: "cnn-better", x: box.left, y: chosen.y, width: chosen.x - box.left, height: box.bottom - chosen.y })]
      : [];
    return [...better, ...lines, element("path", { class: "cnn-frontier", d: `${steps}H${box.right}` })];
  }

  function legend({ area }, most, measured, best) {
    const sign = (className, d, half = 9) =>
      element("svg", { class: "cnn-sign", width: 2 * half, viewBox: `${-half} ${-half} ${2 * half} ${2 * half}`, "aria-hidden": "true" },
        element("path", { class: className, d }));
    const key = (text, drawn) => element("span", { className: "cnn-key" }, drawn, text);
    const entries = families.flatMap((family, i) => {
      const { class: look, d } = mark(i, 6);
      return dots.some((dot) => dot.network.family === family) ? [key(family, sign(look, d))] : [];
    });
    if (area !== "none") {
      for (const value of [most / 10, most].map((value) => 10 ** Math.floor(Math.log10(value)))) {
        const r = radius(value, most, width());
        entries.push(key(`${brief(value, area.endsWith("bytes") ? "B" : "")} ${labels[area].toLowerCase()}`, sign("cnn-outline", mark(0, r).d, r)));
      }
    }
    if (measured.length > 1) entries.push(...measured.map((name) => key(name, sign(`cnn-outline cnn-with-${MEASURES.indexOf(name)}`, mark(0, 6).d))));
    if (best.length) entries.push(key("no other has less of both", sign("cnn-frontier", "M-9,-6H0V6H9")));
    renew(keys, ...entries);
  }

  function figures(network) {
    say(title, `${network.title} (${network.year})`);
    const errors = MEASURES.filter((name) => network[name] !== null).map((name) => `${network[name]} % (${name})`);
    const rows = named.filter(([name]) => name !== "year" && name !== "top5").map(([name, label]) => [label, written(name, network[name])]);
    const all = [[labels.top5, errors.join(", ") || "none published"], ...rows, ["Source", network.source]];
    renew(card, ...all.map(([label, text]) => element("div", {}, element("dt", {}, label), element("dd", {}, text))));
  }

  /** The name of an axis; an error's says how it was measured. */
  const titleOf = (name, error) => (name === "top5" ? `${labels.top5}, ${error === "mixed" ? "measured in three ways" : error}` : labels[name]);

  return function draw(settings) {
    const { across, up, area, error, until, selected } = settings;
    const measure = (network) => (error === "mixed" ? network.measured : error);
    const rows = networks.map((network) => ({ ...network, top5: network[measure(network)] ?? null }));
    const known = rows.filter((row) => row[across] !== null && row[up] !== null);
    tall = Math.round(width() < NARROW ? width() * 1.1 : Math.min(400, width() * 0.6));
    const box = { left: LEFT, right: width() - RIGHT, top: TOP, bottom: tall - BOTTOM };
    const x = axis(across, known.map((row) => row[across]), box.left, box.right);
    const y = axis(up, known.map((row) => row[up]), box.bottom, box.top);
    const most = area === "none" ? 0 : Math.max(...networks.map((network) => network[area]));
    dots = placed(known, settings, most, x, y);
    const other = across === "top5" ? up : across;
    const compared = (across === "top5") !== (up === "top5") && error !== "mixed" && LESS_IS_BETTER.includes(other);
    const best = compared ? frontier(dots) : [];
    for (const dot of best) dot.best = true;
    const chosen = dots.find((dot) => dot.chosen);

    const measures = across === "top5" || up === "top5";
    const order = area === "none" ? rows : [...rows].sort((a, b) => b[area] - a[area]);
    const marks = order.map((row) => {
      const dot = dots.find(({ network }) => network === row);
      const { class: look, d } = mark(number(row), dot?.r ?? 6);
      const hollow = measures ? ` cnn-with-${MEASURES.indexOf(measure(row))}` : "";
      const at = dot ? `${dot.x} ${dot.y}` : `${row[across] === null ? box.left : x.place(row[across])} ${row[up] === null ? box.bottom : y.place(row[up])}`;
      const state = dot ? `${dot.pale ? " cnn-other-network" : ""}${dot.chosen ? " cnn-chosen" : ""}` : " cnn-absent-network";
      return element("path", { class: `${look}${hollow}${state}`, d, transform: `translate(${at})` });
    });
    const grid = axes(box, { ...x, name: titleOf(across, error) }, { ...y, name: titleOf(up, error) });
    const frame = { left: LEFT, right: width(), top: 0, bottom: box.bottom };
    show(picture, [...grid, element("g", {}, ...behind(best, compared && chosen, box)), element("g", {}, ...marks), ...names(dots, frame, width() >= NARROW)], width(), tall);
    legend(settings, most, measures ? MEASURES.filter((name) => dots.some(({ network }) => measure(network) === name)) : [], best);

    const network = rows.find((one) => one.title === selected);
    figures(network);
    say(stairs, best.length ? `On the dashed line: ${best.map((dot) => dot.network.title).join(", ")}.` : "");
    const left = rows.filter((one) => one.year <= until && !known.includes(one)).map((one) => one.title);
    say(missing, left.length ? `Not placed, for want of a figure: ${left.join(", ")}.` : "");
    const beating = compared && chosen ? better(dots, chosen).map((dot) => dot.network.title) : [];
    const verdict = `${other === "year" ? "No later" : "Cheaper"} and better: ${beating.join(", ") || "none"}.`;
    const found = chosen ? `: ${written(up, network[up])} and ${written(across, network[across])}` : " is not among them";
    return `${plural(dots.filter((dot) => !dot.pale).length, "network")}: ${titleOf(up, error)} (up) against ${titleOf(across, error)} (across). ` +
      `${network.title}${found}.${compared && chosen ? ` ${verdict}` : ""}`;
  };
}

export default explorer(build);
