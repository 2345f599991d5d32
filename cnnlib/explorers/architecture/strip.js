// A strip of the whole network: what each block costs, from the first to the last.

import { element } from "../js/draw/element.js";
import { brief } from "../js/draw/format.js";

const BANDS = [["params", "parameters", ""], ["macs", "MACs", ""], ["bytes", "outputs in memory", "B"]];
const FEW = 20; // columns
const BAND = 100; // height of a band, in the drawing's units

/** One band as a path: a bar for each layer, the tallest as tall as the band. */
function bars(values) {
  const most = Math.max(...values) || 1;
  return values.map((value, i) => (value ? `M${i + 0.1},${BAND}V${(BAND * (1 - value / most)).toFixed(1)}h0.8V${BAND}z` : "")).join("");
}

/** The children of the network, or what is in them, level by level, until there are enough. */
function columnsOf(graph) {
  let [items, last] = [[graph.net], []];
  while (items.length < FEW && items.length !== last.length) {
    last = items;
    items = items.flatMap((item) => (item.category === "block" ? item.children.map((id) => graph.items[id]) : [item]));
  }
  return items;
}

/** The strip: { node, mark(chosen, seen), item(event) }. */
export function strip(graph) {
  const columns = columnsOf(graph);
  const bands = BANDS.map(([figure, label, unit]) => {
    const chosen = element("rect", { class: "cnn-arch-chosen", y: 0, height: BAND });
    const seen = element("rect", { class: "cnn-arch-seen", y: 0, height: BAND });
    const svg = element("svg", { viewBox: `0 0 ${columns.length} ${BAND}`, preserveAspectRatio: "none", class: "cnn-arch-band" }, seen, chosen,
      element("path", { class: "cnn-arch-bars", d: bars(columns.map((item) => item[figure] ?? 0)) }));
    const total = element("span", {}, `${brief(graph.net[figure], unit)} ${label}`);
    return { chosen, seen, svg, total };
  });
  const node = element("div", { className: "cnn-arch-strip", "aria-hidden": "true" }, ...bands.flatMap(({ total, svg }) => [total, svg]));

  /** Show where the layers of a Set are. */
  function show(rect, layers) {
    const places = [...columns.keys()].filter((place) => columns[place].layers.some((layer) => layers.has(layer)));
    rect.setAttribute("x", places[0] ?? 0);
    rect.setAttribute("width", places.length ? places.at(-1) + 1 - places[0] : 0);
  }

  /** Show which layers are chosen and which are in the window. */
  function mark(chosen, seen) {
    for (const band of bands) {
      show(band.chosen, chosen);
      show(band.seen, seen);
    }
  }

  /** What is under the pointer. */
  function item({ clientX }) {
    const { left, width } = bands[0].svg.getBoundingClientRect();
    return columns[Math.max(0, Math.min(columns.length - 1, Math.floor((columns.length * (clientX - left)) / width)))];
  }
  return { node, mark, item };
}
