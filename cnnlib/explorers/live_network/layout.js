// Where the maps of a network stand: layers in columns from left to right, in as many lines as they need. The
// longest path is straight, with branches below it and shortcuts as arcs above; where many branches are
// concatenated they stand one under another, and what they have in common beside all of them.

import { grid, sidesOf } from "./graph.js";

const [LARGEST, GOOD, SMALLEST] = [46, 16, 12]; // pixels of a map's side
const LINES = 3; // in which a network may stand for the sake of good sides
const [GAP, WIDEST, LEAST] = [2, 64, 7]; // between maps; between layers
const [HIGH, LOW] = [172, 80]; // room for the maps of the longest path, of a branch
const BRANCHES = 3; // concatenated, that stand one under another
const [ARC, NAME, EDGE] = [26, 18, 8]; // room for shortcuts above, for names below, for links from line to line

/** The maps of a layer, in as many columns as its `room` asks for: { cell, rows, columns, width, height }. */
function block(graph, i, side, room) {
  const [height, width, count] = sidesOf(graph.layers[i]);
  const units = height * width === 1;
  const cell = units ? Math.max(7, Math.min(12, side / 2)) : side;
  const most = Math.max(1, Math.floor((room + GAP) / (cell + GAP)));
  const columns = i === graph.bitmap ? grid(count)[0] : Math.ceil(count / most);
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
 * Lanes of a network that forks into branches which are concatenated again: that of a branch is the number of the input it
 * leads to, the trunk, which lies beside all branches, has none. Null where the network is of another form.
 */
function bandsOf({ layers, shown }, { depth, before }) {
  const links = shown.flatMap((to) => before.get(to).map((from) => [from, to]));
  const isFork = (i) => links.filter(([from]) => from === i).length > 1;
  const joins = shown.filter((i) => layers[i].kind === "Concatenate" && layers[i].inputs.length >= BRANCHES);
  const bands = new Map();
  for (const join of joins) {
    before.get(join).forEach((end, band) => {
      for (let i = end; !isFork(i); [i] = before.get(i)) bands.set(i, band);
    });
  }
  const besides = (i, j) => i !== j && depth.get(i) === depth.get(j) && (!bands.has(i) || bands.get(i) === bands.get(j));
  const crowded = shown.some((i) => shown.some((j) => besides(i, j)));
  const skipping = links.some(([from, to]) => !bands.has(from) && !bands.has(to) && depth.get(to) > depth.get(from) + 1);
  return joins.length && !crowded && !skipping ? bands : null;
}

const sumOf = (numbers) => numbers.reduce((a, b) => a + b, 0);

/** Columns of these widths, by their numbers, in lines that are as long as fits. */
function broken(widths, width) {
  const lines = [];
  let used = Infinity;
  widths.forEach((one, d) => {
    if (used + LEAST + one > width) {
      lines.push([]);
      used = -LEAST;
    }
    lines.at(-1).push(d);
    used += LEAST + one;
  });
  return lines;
}

/** Blocks of maps of a side, and the lines in which their columns stand. */
function planned(graph, { depth, roomOf }, side, width) {
  const blocks = new Map(graph.shown.map((i) => [i, block(graph, i, side, roomOf(i))]));
  const widths = [];
  for (const [i, one] of blocks) widths[depth.get(i)] = Math.max(widths[depth.get(i)] ?? 0, one.width);
  const whole = broken(widths, width);
  return { side, blocks, widths, lines: whole.length > 1 ? broken(widths, width - 2 * EDGE) : whole };
}

/** The plan with the largest maps in few lines. */
function chosenPlan(graph, ranks, width) {
  const plan = (side) => planned(graph, ranks, side, width);
  const [good, fewest] = [GOOD, SMALLEST].map((side) => plan(side).lines.length);
  const count = good <= LINES ? good : fewest;
  let side = LARGEST;
  while (side > SMALLEST && plan(side).lines.length > count) side--;
  return plan(side);
}

/**
 * { width, height, blocks, links } for a drawing that is `width` pixels wide, or wider where a single layer is. Blocks are
 * { layer, x, y, cell, rows, columns, width, height, room }, by layer, in columns that are `room` wide; links { from, to, input, path }.
 */
export function layout(graph, width) {
  const ranks = order(graph);
  const bands = bandsOf(graph, ranks);
  const lanes = bands ?? lanesOf(graph, ranks);
  const { depth, before } = ranks;
  const low = bands ? (HIGH + 2 * NAME) / (1 + Math.max(...bands.values())) - NAME : LOW;
  const isTrunk = (i) => (bands ? !bands.has(i) : lanes.get(i) === 0);
  const roomOf = (i) => (isTrunk(i) ? HIGH : low);
  const isArc = (from, to) => isTrunk(from) && isTrunk(to) && depth.get(to) - depth.get(from) > 1;
  const above = graph.shown.some((i) => before.get(i).some((from) => isArc(from, i))) ? ARC : 2;
  const { blocks, widths, lines } = chosenPlan(graph, { depth, roomOf }, width);
  const edge = lines.length > 1 ? EDGE : 0;
  const outer = Math.max(width, ...lines.map((line) => sumOf(line.map((d) => widths[d])) + LEAST * (line.length - 1) + 2 * edge));
  let [y, right] = [0, 0];
  for (const line of lines) {
    const free = outer - 2 * edge - sumOf(line.map((d) => widths[d]));
    const gap = Math.max(LEAST, Math.min(WIDEST, free / Math.max(1, line.length - 1)));
    const here = graph.shown.filter((i) => line.includes(depth.get(i)));
    const tall = [];
    for (const i of here.filter((one) => lanes.has(one))) tall[lanes.get(i)] = Math.max(tall[lanes.get(i)] ?? 0, blocks.get(i).height);
    const beside = here.filter((i) => !lanes.has(i)).map((i) => blocks.get(i).height + NAME);
    const high = Math.max(sumOf(tall.map((height) => height + NAME)), ...beside);
    for (const i of here) {
      const [lane, one, room] = [lanes.get(i), blocks.get(i), widths[depth.get(i)]];
      const left = edge + sumOf(line.filter((d) => d < depth.get(i)).map((d) => widths[d] + gap));
      const start = lane === undefined ? 0 : sumOf(tall.slice(0, lane).map((height) => height + NAME));
      const free = (tall[lane] ?? high - NAME) - one.height;
      Object.assign(one, { layer: i, x: left + (room - one.width) / 2, y: y + above + start + free / 2 });
      Object.assign(one, { line: y, gap, room, trunk: isTrunk(i) });
      right = Math.max(right, left + room + edge);
    }
    y += above + high;
  }
  const links = graph.shown.flatMap((to) =>
    graph.layers[to].inputs.map((source, input) => {
      const from = graph.behind(source);
      const [a, b] = [blocks.get(from), blocks.get(to)];
      const within = isArc(from, to) ? arc : bend;
      return { from, to, input, path: a.line === b.line ? within(a, b) : across(a, b, isArc(from, to), right) };
    }));
  return { width: right, height: y, blocks, links };
}

const middle = ({ y, height }) => y + height / 2;

/** From the top of one block over those between to the top of the other. */
function arc(from, to) {
  const [x1, x2] = [from.x + from.width / 2, to.x + to.width / 2];
  return `M${x1} ${from.y - 2} C${x1} ${from.y - ARC} ${x2} ${to.y - ARC} ${x2} ${to.y - 2}`;
}

/** To the end of a line, and from the start of another; a shortcut runs above the blocks. */
function across(from, to, isArc, right) {
  if (!isArc) return `M${from.x + from.width + 1} ${middle(from)} H${right} M0 ${middle(to)} H${to.x - 1}`;
  const [x1, x2] = [from, to].map(({ x, width }) => x + width / 2);
  const [rail1, rail2] = [from, to].map(({ line }) => line + ARC / 4);
  return `M${x1} ${from.y - 2} Q${x1} ${rail1} ${x1 + ARC} ${rail1} H${right} M0 ${rail2} H${x2 - ARC} Q${x2} ${rail2} ${x2} ${to.y - 2}`;
}

/** From the right of one block to the left of the other: along its lane, then over. */
function bend(from, to) {
  const { gap } = from;
  const [x1, y1, x2, y2] = [from.x + from.width + 1, middle(from), to.x - 1, middle(to)];
  const late = to.trunk || (y1 > y2 && !from.trunk); // a branch leaves at once and comes back at the end
  const turn = late ? x2 - gap : x1 + gap;
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
