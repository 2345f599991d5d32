// Where the maps of a network stand: layers in columns from left to right, the longest path straight,
// branches below it, shortcuts as arcs above.

import { sidesOf } from "./graph.js";

const [LARGEST, SMALLEST] = [46, 12]; // pixels of a map's side
const [GAP, WIDEST, LEAST] = [2, 64, 7]; // between maps; between layers
const [ARC, NAME] = [26, 18]; // room for shortcuts above, for names below

/** The maps of a layer in `rows` at most: { cell, rows, columns, width, height }. */
function block(layer, side, room) {
  const [height, width, count] = sidesOf(layer);
  const units = height * width === 1;
  const cell = units ? Math.max(7, Math.min(14, side / 2)) : side;
  const most = Math.max(1, Math.floor((room + GAP) / (cell + GAP)));
  const columns = Math.ceil(count / most);
  const rows = Math.ceil(count / columns);
  return { cell, rows, columns, width: columns * (cell + GAP) - GAP, height: rows * (cell + GAP) - GAP };
}

/** For each drawn layer how many drawn ones lie before it on the longest path, and whether it lies on the longest of all. */
function order({ layers, shown, behind }) {
  const depth = new Map();
  const before = new Map(shown.map((i) => [i, layers[i].inputs.map(behind)]));
  for (const i of shown) depth.set(i, 1 + Math.max(-1, ...before.get(i).map((from) => depth.get(from))));
  const main = new Set();
  for (let i = shown.at(-1); i !== undefined; i = before.get(i).find((from) => depth.get(from) === depth.get(i) - 1)) main.add(i);
  return { depth, before, main };
}

/** Lanes: 0 for the longest path; a branch goes on in its own, where that is free. */
function lanesOf({ shown }, { depth, before, main }) {
  const lanes = new Map();
  const taken = new Set();
  for (const i of shown) {
    const [from] = before.get(i);
    let lane = main.has(i) ? 0 : Math.max(1, lanes.get(from) ?? 1);
    while (taken.has(`${lane},${depth.get(i)}`)) lane++;
    taken.add(`${lane},${depth.get(i)}`);
    lanes.set(i, lane);
  }
  return lanes;
}

/**
 * { width, height, blocks, links } for a drawing of `room` = [width, height] pixels, wider where maps would become too
 * small. Blocks are { layer, x, y, cell, rows, columns, width, height }, by layer; links { from, to, input, path }.
 */
export function layout(graph, [width, height]) {
  const ranks = order(graph);
  const lanes = lanesOf(graph, ranks);
  const count = 1 + Math.max(...lanes.values());
  const steps = 1 + ranks.depth.get(graph.shown.at(-1));
  const skips = graph.shown.some((i) => ranks.before.get(i).some((from) => isArc(from, i)));
  const [top, bottom] = [skips ? ARC : 2, height - NAME];
  const share = (bottom - top) / (count + 1); // the main lane is twice as high as the others
  const room = (lane) => (count === 1 ? bottom - top : lane ? share - 6 : 2 * share - 6);

  function isArc(from, to) {
    return lanes.get(from) === 0 && lanes.get(to) === 0 && ranks.depth.get(to) - ranks.depth.get(from) > 1;
  }
  const sized = (side) => {
    const blocks = new Map(graph.shown.map((i) => [i, block(graph.layers[i], side, room(lanes.get(i)))]));
    const widths = Array(steps).fill(0);
    for (const [i, { width }] of blocks) widths[ranks.depth.get(i)] = Math.max(widths[ranks.depth.get(i)], width);
    return { blocks, widths, total: widths.reduce((a, b) => a + b, 0) };
  };
  let side = LARGEST;
  while (side > SMALLEST && sized(side).total + LEAST * (steps - 1) > width) side--;
  const { blocks, widths, total } = sized(side);
  const gap = Math.max(LEAST, Math.min(WIDEST, (width - total) / (steps - 1)));
  const lefts = widths.map((_, d) => widths.slice(0, d).reduce((sum, one) => sum + one + gap, 0));
  for (const [i, one] of blocks) {
    const [lane, d] = [lanes.get(i), ranks.depth.get(i)];
    const start = lane ? top + share * (lane + 1) : top;
    Object.assign(one, { layer: i, x: lefts[d] + (widths[d] - one.width) / 2, y: start + (room(lane) - one.height) / 2 });
  }
  const links = graph.shown.flatMap((to) =>
    graph.layers[to].inputs.map((source, input) => {
      const from = graph.behind(source);
      return { from, to, input, path: (isArc(from, to) ? arc : bend)(blocks.get(from), blocks.get(to), gap) };
    }));
  return { width: total + gap * (steps - 1), height, blocks, links };
}

const middle = ({ y, height }) => y + height / 2;

/** From the top of one block over those between to the top of the other. */
function arc(from, to) {
  const [x1, x2] = [from.x + from.width / 2, to.x + to.width / 2];
  return `M${x1} ${from.y - 2} C${x1} ${from.y - ARC} ${x2} ${to.y - ARC} ${x2} ${to.y - 2}`;
}

/** From the right of one block to the left of the other: along its lane, then over. */
function bend(from, to, gap) {
  const [x1, y1, x2, y2] = [from.x + from.width + 1, middle(from), to.x - 1, middle(to)];
  const turn = y1 < y2 ? x1 + gap : x2 - gap; // a branch leaves at once and comes back at the end
  return `M${x1} ${y1} L${Math.max(x1, turn - gap)} ${y1} C${turn} ${y1} ${Math.max(x1, turn - gap)} ${y2} ${Math.max(x1, Math.min(x2, turn))} ${y2} L${x2} ${y2}`;
}

/** Where map `k` of a block stands: [x, y]. */
export function placeOf({ x, y, cell, columns }, k) {
  return [x + (k % columns) * (cell + GAP), y + Math.floor(k / columns) * (cell + GAP)];
}

/** The map { layer, channel } at a point of the drawing, or null. */
export function mapAt({ blocks }, graph, x, y) {
  for (const one of blocks.values()) {
    const [column, row] = [(x - one.x + GAP / 2) / (one.cell + GAP), (y - one.y + GAP / 2) / (one.cell + GAP)].map(Math.floor);
    const channel = row * one.columns + column;
    const inside = row >= 0 && column >= 0 && column < one.columns && channel < sidesOf(graph.layers[one.layer]).at(-1);
    if (inside) return { layer: one.layer, channel };
  }
  return null;
}
