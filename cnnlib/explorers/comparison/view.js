import { axes } from "../js/draw/charts.js";
import { element, renew, say } from "../js/draw/element.js";
import { brief, plural, whole } from "../js/draw/format.js";
import { explorer } from "../js/frame/explorer.js";
import { onKeys, pointer, widthOf } from "../js/frame/input.js";
import { drawing, show } from "../js/frame/stage.js";
import { colour, mark, REACH } from "./marks.js";
import { better } from "./math.js";
import { glide } from "./motion.js";
import { names } from "./names.js";
import { isMemory, measureOf, MEASURES, megabytes, NARROW, plot, radius } from "./plot.js";

const [BESIDE, SIDE] = [600, 220]; // pixels: an explorer so wide has the figures beside the plot, which leaves them so much
const TALL = 404; // pixels, of a plot with the figures beside it
const NEAR = 40; // pixels from the pointer to a mark that it chooses, at most
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: 1, ArrowDown: -1, Home: -Infinity, End: Infinity };

/** A figure in words, with its unit. */
function written(name, value) {
  if (value === null) return "not known";
  if (isMemory(name)) return `${megabytes(value)} MB`;
  if (name === "receptive_field") return `${whole(value)} pixels`;
  return name === "year" ? `${value}` : name === "top5" ? `${value} %` : whole(value);
}

/** How wide names are in the page's own letters, each measured once. */
function widths(svg) {
  const known = new Map();
  return ({ network, chosen }) => {
    const key = `${chosen}${network.title}`;
    if (!known.has(key)) {
      const text = element("text", { class: nameClass(chosen) }, network.title);
      svg.append(text);
      known.set(key, text.getComputedTextLength());
      text.remove();
    }
    return known.get(key);
  };
}

const nameClass = (chosen) => `cnn-network-name${chosen ? " cnn-chosen-network" : ""}`;

function build({ model, el, read, set, signal, schedule }) {
  const { stage, picture } = drawing("Networks: left and right arrow keys visit them from left to right");
  const keys = element("p", { className: "cnn-keys" });
  const card = element("dl", { className: "cnn-card" });
  const title = element("p", { className: "cnn-title" });
  const notes = element("p", { className: "cnn-words" });
  const side = element("div", { className: "cnn-figures" }, title, card, keys);
  el.append(element("div", { className: "cnn-compared" }, stage, side), notes);

  const room = widthOf(el, schedule, signal);
  const wide = widths(picture);
  const [networks, named, families] = ["networks", "axes", "families"].map((name) => model.get(name));
  const labels = Object.fromEntries(named);
  const select = ({ network }) => set({ selected: network.title });
  let drawn = { dots: [] };

  onKeys(stage, Object.keys(STEPS), (key) => {
    const upwards = key === "ArrowUp" || key === "ArrowDown";
    const order = drawn.dots.filter((dot) => !dot.pale).sort(upwards ? (a, b) => b.y - a.y : (a, b) => a.x - b.x);
    const next = order.findIndex(({ network }) => network.title === read().selected) + STEPS[key]; // which may not be drawn yet
    if (order.length) select(order[Math.max(0, Math.min(order.length - 1, next))]);
  }, signal);
  pointer(picture, (y, x) => {
    const far = (dot) => Math.hypot(dot.x - x * drawn.width, dot.y - y * drawn.tall);
    const nearest = drawn.dots.filter((dot) => !dot.pale).sort((a, b) => far(a) - far(b))[0];
    if (nearest && far(nearest) < NEAR) select(nearest);
  }, signal);

  /** What is drawn behind the marks: lines of families, the frontier, and the field of what beats the chosen one. */
  function behind({ dots, best, compared, box }) {
    const line = (className, points) => element("path", { class: className, d: `M${points.map(({ x, y }) => `${x},${y}`).join("L")}` });
    const lines = families.flatMap((family, i) => {
      const own = dots.filter(({ network }) => network.family === family);
      return own.length > 1 ? [line(`cnn-relatives ${colour(i)}${own[0].pale ? " cnn-other-network" : ""}`, own)] : [];
    });
    if (!compared || !best.length) return lines;
    const chosen = dots.find((dot) => dot.chosen);
    const field = chosen
      ? [element("rect", { class: "cnn-better", x: box.left, y: chosen.y, width: chosen.x - box.left, height: box.bottom - chosen.y })]
      : [];
    const steps = best.map(({ x, y }, i) => `${i ? `H${x}` : `M${x},${box.top}`}V${y}`).join("");
    return [...field, ...lines, element("path", { class: "cnn-frontier", d: `${steps}H${box.right}` })];
  }

  /** The class and the outline of a network's mark, filled or hollow as its error was measured where that is shown. */
  function sign({ network, r, pale, chosen }, { error }, measures) {
    const { class: look, d } = mark(families.indexOf(network.family), r);
    const hollow = measures ? ` cnn-with-${MEASURES.indexOf(measureOf(network, error))}` : "";
    return { class: `${look}${hollow}${pale ? " cnn-other-network" : ""}${chosen ? " cnn-chosen" : ""}`, d };
  }

  function legend({ area }, { dots, best, most, width }, measured) {
    const drawing = (className, d, r = 6) => {
      const half = Math.ceil(REACH * r) + 1;
      return element("svg", { class: "cnn-key-mark", width: 2 * half, viewBox: `${-half} ${-half} ${2 * half} ${2 * half}`, "aria-hidden": "true" },
        element("path", { class: className, d }));
    };
    const key = (text, drawn) => element("span", { className: "cnn-key" }, drawn, text);
    const entries = families.flatMap((family, i) => {
      const { class: look, d } = mark(i, 5.5);
      return dots.some((dot) => dot.network.family === family) ? [key(family, drawing(look, d))] : [];
    });
    if (area !== "none") {
      const large = 10 ** Math.floor(Math.log10(most));
      for (const [value, name] of [[large / 10, ""], [large, ` ${labels[area].toLowerCase()}`]]) {
        const r = radius(value, most, width);
        entries.push(key(`${isMemory(area) ? written(area, value) : brief(value)}${name}`, drawing("cnn-outline", mark(0, r).d, r)));
      }
    }
    if (measured.length > 1) entries.push(...measured.map((name) => key(name, drawing(`cnn-outline cnn-with-${MEASURES.indexOf(name)}`, mark(0, 6).d))));
    if (best.length) entries.push(key("no other has less of both", drawing("cnn-frontier", "M-8,-6H0V6H8")));
    renew(keys, ...entries);
  }

  function figures(network) {
    say(title, `${network.title} (${network.year})`);
    const errors = MEASURES.filter((name) => network[name] !== null).map((name) => `${network[name]} % (${name})`);
    const rows = named.filter(([name]) => name !== "year" && name !== "top5").map(([name, label]) => [label, written(name, network[name])]);
    const all = [[labels.top5, errors.join(", ") || "none published"], ...rows, ["Source", network.source]];
    renew(card, ...all.map(([label, text]) => element("div", {}, element("dt", {}, label), element("dd", {}, text))));
  }

  /** The name of an axis; an error's says how it was measured, that of memory its unit. */
  const titleOf = (name, error) => (name === "top5" ? `${labels.top5}, ${error === "mixed" ? "measured in three ways" : error}` : `${labels[name]}${isMemory(name) ? ", MB" : ""}`);

  return function draw(settings) {
    const { across, up, error, family, until, selected } = settings;
    const beside = room() >= BESIDE;
    const width = beside ? room() - SIDE : Math.max(300, room());
    const tall = beside ? TALL : Math.round(width < NARROW ? 1.2 * width : 0.7 * width);
    const found = plot(networks, settings, width, tall);
    const { dots, best, compared } = found;
    const before = drawn;
    drawn = { ...found, width, tall, axes: [across, up, error].join() };

    const measures = across === "top5" || up === "top5";
    const marks = [...dots].sort((a, b) => b.r - a.r);
    const named = names(dots, found.frame, wide);
    const words = named.flatMap(({ dot, x, y, anchor, line }) => [
      ...(line ? [element("line", { class: "cnn-leader", x1: line[0], y1: line[1], x2: line[2], y2: line[3] })] : []),
      element("text", { class: nameClass(dot.chosen), x, y, dy: "0.35em", "text-anchor": anchor }, dot.network.title),
    ]);
    const layers = [
      axes(found.box, { ...found.x, name: titleOf(across, error) }, { ...found.y, name: titleOf(up, error) }),
      behind(found),
      words.filter(({ nodeName }) => nodeName === "line"),
      marks.map((dot) => element("path", { ...sign(dot, settings, measures), transform: `translate(${dot.x} ${dot.y})` })),
      words.filter(({ nodeName }) => nodeName === "text"),
    ];
    show(picture, layers.map((parts) => element("g", {}, ...parts)), width, tall);
    glide(picture, before, drawn, marks);
    legend(settings, drawn, measures ? MEASURES.filter((name) => dots.some(({ network }) => measureOf(network, error) === name)) : []);

    const network = found.rows.find((one) => one.title === selected);
    figures(network);
    const left = found.rows.filter((one) => one.year <= until && !found.known.includes(one)).map((one) => one.title);
    const shown = dots.filter((dot) => !dot.pale).length;
    const unnamed = shown - named.length;
    renew(notes, ...[
      best.length && `On the dashed line: ${best.map((dot) => dot.network.title).join(", ")}.`,
      left.length && `Not placed, for want of a figure: ${left.join(", ")}.`,
      !shown && family !== "all" && `${family} has no network with both figures.`,
      unnamed && `${plural(unnamed, "name")} without room: point at a mark, or visit it with the arrow keys.`,
    ].filter(Boolean).map((text) => element("span", {}, text)));
    const chosen = dots.find((dot) => dot.chosen);
    const beating = compared && chosen ? better(dots, chosen).map((dot) => dot.network.title) : [];
    const verdict = `${across === "year" || up === "year" ? "No later" : "Cheaper"} and better: ${beating.join(", ") || "none"}.`;
    const told = chosen ? `: ${written(up, network[up])} and ${written(across, network[across])}` : " is not among them";
    return `${plural(shown, "network")}: ${titleOf(up, error)} (up) against ${titleOf(across, error)} (across). ` +
      `${network.title}${told}.${compared && chosen ? ` ${verdict}` : ""}`;
  };
}

export default explorer(build);
