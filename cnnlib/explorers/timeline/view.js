import { linearTicks, scale, swatch } from "../js/draw/charts.js";
import { element, renew, say } from "../js/draw/element.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowKeys, chartWidth, pointer } from "../js/frame/input.js";
import { drawing, show } from "../js/frame/stage.js";
import { DRAWINGS } from "./drawings.js";

const [LEFT, RIGHT, AXIS, TALL, END] = [20, 30, 96, 132, 2017];

const axisLine = (x1, y1, x2, y2, more = "") => element("line", { class: `cnn-axis-line${more}`, x1, y1, x2, y2 });

function build({ model, el, read, set, signal, schedule }) {
  const { stage, picture } = drawing("Timeline: left and right arrow keys go from event to event");
  const keys = element("p", { className: "cnn-keys" }, ...model.get("kinds").map((kind) => swatch(`cnn-when-${kind}`, kind)));
  const idea = element("svg", { "aria-hidden": "true", class: "cnn-event-picture", viewBox: "0 0 200 110" });
  const title = element("p", { className: "cnn-sizes" });
  const text = element("p", { className: "cnn-event-text" });
  const source = element("p", { className: "cnn-words" });
  el.append(stage, keys, element("div", { className: "cnn-event" }, idea, element("div", {}, title, text, source)));

  const width = chartWidth(el, schedule, signal);
  const events = model.get("events").map((event, index) => ({ ...event, index }));
  const at = () => Math.min(events.length - 1, read().event);
  const choose = (event) => set({ event });
  let places = []; // of the events that are not pale
  arrowKeys(stage, () => [0, at()], () => [1, events.length], (_, index) => choose(index), signal);
  pointer(picture, (_, x) => {
    const far = places.map((place) => (place === null ? Infinity : Math.abs(place - x * width())));
    const best = far.indexOf(Math.min(...far));
    if (far[best] < 30) choose(best);
  }, signal);

  /** An event above the axis; the chosen one has its name. */
  function mark({ index, kind, year, title: name, pale }, x) {
    const lit = index === at();
    const height = lit ? 30 : 62 - (index % 3) * 9;
    const faint = pale ? " cnn-pale" : "";
    const parts = [
      axisLine(x, height, x, AXIS, faint),
      element("circle", { class: `cnn-when cnn-when-${kind}${faint}${lit ? " cnn-chosen" : ""}`, cx: x, cy: height, r: lit ? 9 : 6 }),
    ];
    const anchor = x < width() / 3 ? "start" : x > (2 * width()) / 3 ? "end" : "middle";
    if (lit) parts.push(element("text", { class: "cnn-label-bold", x, y: 14, "text-anchor": anchor }, `${year} ${name}`));
    return parts;
  }

  return function draw({ kind, since }) {
    const all = events.map((event) => ({ ...event, pale: (kind !== "all" && event.kind !== kind) || event.year < since }));
    const chosen = all[at()];
    const x = scale(since, END, LEFT, width() - RIGHT);
    places = all.map(({ pale, year }) => (pale ? null : x(year)));
    const ticks = linearTicks(since, END).flatMap((year) => [
      axisLine(x(year), AXIS, x(year), AXIS + 5),
      element("text", { class: "cnn-tick", x: x(year), y: AXIS + 20, "text-anchor": "middle" }, String(year)),
    ]);
    const order = all.filter(({ year }) => year >= since).sort((a, b) => (a === chosen) - (b === chosen));
    show(picture, [axisLine(LEFT, AXIS, width() - 8, AXIS), ...ticks, ...order.flatMap((event) => mark(event, x(event.year)))], width(), TALL);
    renew(idea, ...DRAWINGS[chosen.drawing]());
    say(title, `${chosen.year}: ${chosen.title}`);
    say(text, chosen.text);
    say(source, chosen.source);
    const shown = all.filter(({ pale }) => !pale).length;
    return `Event ${chosen.index + 1} of ${all.length}, ${chosen.year}, ${chosen.kind}: ${chosen.title}. ${shown} events are shown since ${since}.`;
  };
}

export default explorer(build);
