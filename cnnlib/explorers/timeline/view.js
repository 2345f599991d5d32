import { linearTicks, scale, swatch } from "../js/draw/charts.js";
import { element, renew, say } from "../js/draw/element.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowKeys, chartWidth, pointer } from "../js/frame/input.js";
import { drawing, show } from "../js/frame/stage.js";
import { DRAWINGS } from "./drawings.js";

const [LEFT, RIGHT, AXIS, TALL] = [20, 30, 100, 126];
const [START, END] = [1955, 2026];

const axisLine = (x1, y1, x2, y2, more = "") => element("line", { class: `cnn-axis-line${more}`, x1, y1, x2, y2 });

function build({ model, el, read, set, signal, schedule }) {
  const { stage, picture } = drawing("Timeline: left and right arrow keys go from event to event");
  const keys = element("p", { className: "cnn-keys" }, ...model.get("kinds").map((kind) => swatch(`cnn-when-${kind}`, kind)));
  const sketch = element("svg", { "aria-hidden": "true", class: "cnn-event-picture", viewBox: "0 0 200 110" });
  const title = element("p", { className: "cnn-sizes" });
  const text = element("p", { className: "cnn-event-text" });
  const source = element("p", { className: "cnn-words" });
  const ideas = element("ol", { className: "cnn-ideas" });
  el.append(stage, keys, ideas, element("div", { className: "cnn-event" }, sketch, element("div", {}, title, text, source)));

  const width = chartWidth(el, schedule, signal);
  const events = model.get("events").map((event, index) => ({ ...event, index }));
  const at = () => Math.min(events.length - 1, read().event);
  const choose = (event) => set({ event });
  const place = (year) => scale(START, END, LEFT, width() - RIGHT)(year);
  let shown = []; // the indices of the events that are not pale
  arrowKeys(stage, () => [0, shown.indexOf(at())], () => [1, shown.length], (_, index) => choose(shown[index]), signal);
  pointer(picture, (_, x) => {
    const far = shown.map((index) => Math.abs(place(events[index].year) - x * width()));
    const best = far.indexOf(Math.min(...far));
    if (far[best] < 30) choose(shown[best]);
  }, signal);

  /** An event above the axis; the chosen one has its name. */
  function mark({ index, kind, year, title: name }) {
    const [x, lit] = [place(year), index === at()];
    const height = lit ? 30 : 72 - (index % 3) * 14;
    const faint = shown.includes(index) ? "" : " cnn-pale";
    const parts = [
      axisLine(x, height, x, AXIS, faint),
      element("circle", { class: `cnn-when cnn-when-${kind}${faint}${lit ? " cnn-chosen" : ""}`, cx: x, cy: height, r: lit ? 9 : 6 }),
    ];
    const anchor = x < width() / 3 ? "start" : x > (2 * width()) / 3 ? "end" : "middle";
    if (lit) parts.push(element("text", { class: "cnn-label-bold", x, y: 14, "text-anchor": anchor }, `${year} ${name}`));
    return parts;
  }

  /** An idea, lit while the chosen event is about it, and pale before it was found. */
  function idea(name, i) {
    const found = events.filter(({ ideas: numbers }) => numbers.includes(i + 1));
    const now = found.some(({ index }) => index === at());
    const known = found.some(({ index }) => index <= at());
    return element("li", { className: now ? "cnn-idea-now" : known ? "" : "cnn-idea-unknown" }, name);
  }

  return function draw({ kind }) {
    shown = events.filter((event) => kind === "all" || event.kind === kind || (kind === "ideas" && event.ideas.length)).map(({ index }) => index);
    if (!shown.includes(at())) choose(shown.find((index) => index > at()) ?? shown.at(-1));
    const chosen = events[at()];
    const ticks = linearTicks(START, END).flatMap((year) => [
      axisLine(place(year), AXIS, place(year), AXIS + 5),
      element("text", { class: "cnn-tick", x: place(year), y: AXIS + 20, "text-anchor": "middle" }, String(year)),
    ]);
    const order = [...events].sort((a, b) => (a === chosen) - (b === chosen));
    show(picture, [axisLine(LEFT, AXIS, width() - 8, AXIS), ...ticks, ...order.flatMap(mark)], width(), TALL);
    renew(sketch, ...DRAWINGS[chosen.drawing]());
    renew(ideas, ...model.get("ideas").map(idea));
    say(title, `${chosen.year}: ${chosen.title}`);
    say(text, chosen.text);
    say(source, chosen.source);
    return `Event ${shown.indexOf(at()) + 1} of ${shown.length}, ${chosen.year}, ${chosen.kind}: ${chosen.title}.`;
  };
}

export default explorer(build);
