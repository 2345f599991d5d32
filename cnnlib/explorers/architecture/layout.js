// Where the boxes of a network go: pure functions from the network to coordinates in pixels.
//
// A network runs from left to right and goes on in the next line, like text. The height of a box
// follows the side of its maps, its width their number.

import { caption, heading, LINE, textWidth } from "./captions.js";

const SIDE = 9; // height of a map of one pixel; one of four times the side is twice as high
const CHANNEL = 1.35; // width of one map
const GAP = { x: 10, y: 9, row: 16 };
const FRAME = { side: 7, bottom: 6, bare: 6 }; // around the boxes of an open block; for words, where there is no room
const SYMBOL = 12; // of layers that only join
const TRIANGLE = { least: 34, most: 90, cell: 6 };
const ARC = { lift: 7, apart: 5 };
const LARGEST = 1.5; // scale to which a small network is enlarged
const AREA = 1500; // that a box takes, about
const SHORTEST = 120; // line
const ROUNDS = 5; // to find how long lines should be
const NEAR = 0.03; // share of their length by which they may miss it
const TITLE = LINE + 4; // height of the title of an open block
const LEGIBLE = { captions: 0.8, titles: 0.62 }; // scales at which words have the room that they need

/** Ways to draw, the most legible first: the scale of the boxes, which captions get room, and whether titles of open blocks do. */
const STYLES = [[1.2, 0], [1, 0], [0.75, 0], [0.75, 1], [0.5, 1], [0.4, 1], [0.75, null], [0.5, null], [0.75, null, false]]
  .map(([boxes, words, titles = true]) => ({ boxes, words, titles }));
const MANY = 400; // boxes for which there is no room for words anyway

/** The size of a box that shows maps of a shape [height, width, channels], at scale 1. */
export function measures(shape) {
  const sides = shape.slice(0, -1);
  const side = sides.reduce((product, one) => product * one, 1) ** (1 / Math.max(1, sides.length));
  return { height: SIDE * Math.sqrt(side), width: CHANNEL * Math.sqrt(shape.at(-1) ?? 1) };
}

/**
 * Networks whose blocks named in `open` (a Set) stand open, arranged so that all of each fits into
 * [width, height], as large as may be and in one scale. Returns what `arrange` does for each, with
 * `scale`, that of the drawings.
 */
export function fitted(graphs, open, room) {
  const counts = graphs.map((graph) => shown(graph, graph.net, open));
  let best = null;
  for (const style of Math.max(...counts) > MANY ? STYLES.slice(-1) : STYLES) {
    const found = graphs.map((graph, i) => broken({ graph, open, style, kept: new Map() }, counts[i], room));
    const scale = Math.min(...found.map((one) => one.scale));
    const legible = style.titles && scale >= (style.words === null ? LEGIBLE.titles : LEGIBLE.captions);
    if (!best || legible || scale > best.scale) best = { scale, found };
    if (legible) break;
  }
  return best.found.map((one) => ({ ...one.draw(), scale: best.scale }));
}

const shown = (graph, block, open) =>
  drawnChildren(block, open).reduce((sum, id) => {
    const item = graph.items[id];
    return sum + 1 + (isOpen(item, open) ? shown(graph, item, open) : 0);
  }, 0);

/** The arrangement whose lines are as long as makes it fit best. */
function broken(way, count, [width, height]) {
  const { net } = way.graph;
  let [best, line] = [null, Math.max(width, Math.sqrt((count * AREA * width) / height))];
  for (let i = 0; i < ROUNDS; i++) {
    const whole = level(way, net, line);
    const scale = Math.min(LARGEST, width / whole.width, height / whole.height);
    if (!best || scale > best.scale) best = { line, scale };
    const longer = Math.sqrt((width / whole.width) * (whole.height / height));
    if ((whole.width <= width && whole.height <= height) || Math.abs(longer - 1) < NEAR) break;
    line = Math.max(SHORTEST, line * longer);
  }
  return { ...best, draw: () => placed(level(way, net, best.line)) };
}

/** Whether a block shows its children: a fold always shows one of them. */
const isOpen = (item, open) => Boolean(item.children && (item.fold || open.has(item.name)));

/** The children of a block that are drawn: of a closed fold the second, as the first may differ. */
const drawnChildren = ({ fold, name, children }, open) => (fold && !open.has(name) ? children.slice(1, 2) : children);

/**
 * Place the boxes of a network in lines of a given length. Returns { width, height, boxes, edges,
 * arcs, triangles }: boxes { item, x, y, width, height, body, words, open, depth }, each block before
 * those inside it, `body` the part that is to scale, `face` the room for a map in front of it and `words` that for a caption; edges and arcs
 * { from, to, block, points }, from and to ids, "in" or "out"; triangles { block, count, x, y, size }.
 */
export function arrange(graph, open, line, style = STYLES[0]) {
  return placed(level({ graph, open, style, kept: new Map() }, graph.net, line));
}

/** A level and all in it, from the drawing's corner. */
function placed(whole) {
  const all = { boxes: [], edges: [], arcs: [], triangles: [] };
  const place = (level, x, y, depth) => {
    for (const node of level.nodes) {
      const { item, open, symbol, width, height, inner } = node;
      const within = (part) => part && { x: part.x + node.x + x, y: part.y + node.y + y, width: part.width, height: part.height };
      const box = { item, x: node.x + x, y: node.y + y, width, height, body: within(node.body), face: within(node.face), words: within(node.words), open, symbol, depth };
      all.boxes.push(box);
      if (inner) place(inner, box.x + inner.left, box.y + inner.top, depth + 1);
    }
    for (const kind of ["edges", "arcs"]) {
      for (const { from, to, points, turn } of level[kind]) {
        const moved = points.map(([px, py]) => [px + x, py + y]);
        if (from === "in") moved[0][0] -= kind === "edges" ? level.left : 0;
        if (to === "out") moved.at(-1)[0] += kind === "edges" ? level.left : 0;
        all[kind].push({ from, to, block: level.block, points: moved, turn: turn && { y: turn.y + y, right: turn.right + x, left: turn.left + x } });
      }
    }
    if (level.triangle) all.triangles.push({ ...level.triangle, x: level.triangle.x + x, y: level.triangle.y + y, block: level.block });
  };
  place(whole, 0, 0, 1);
  return { width: whole.width, height: whole.height, ...all };
}

/** The children of one block, from the left upper corner of the space that they take. */
function level(way, block, line) {
  const kept = way.kept.get(block.id);
  if (kept?.whole && kept.width <= line) return kept;
  const { graph, open } = way;
  const folded = block.fold && !open.has(block.name);
  const plan = folded ? alone(drawnChildren(block, open)[0]) : graph.plan(block);
  const nodes = new Map();
  const copy = (node) => {
    const size = node.id === null ? BEND : sized(way, graph.items[node.id], line);
    const made = drawn(node, size);
    nodes.set(node, made);
    return made;
  };
  const columns = plan.columns.map((column) => column.map(copy));
  for (const [node, made] of nodes) {
    for (const one of node.before) {
      made.before.push(nodes.get(one));
      nodes.get(one).after.push(made);
    }
  }
  ordinates(columns);
  const found = { ...finished(columns, plan.shortcuts, graph.plan(block).dense, line), block: block.id };
  way.kept.set(block.id, found);
  return found;
}

/** A node of a plan with its size: of one shape, so that engines read it fast. */
function drawn({ id, lane, main }, { item, open, inner, width, height, body, face, words, symbol, axis, leave }) {
  return { id, lane, main, item, open, inner, width, height, body, face, words, symbol, axis, leave, x: 0, y: 0, row: 0, before: [], after: [] };
}

const PORT = { width: 0, height: 0, axis: 0, leave: 0 };
const BEND = { width: 4, height: 4, axis: 2, leave: 2 };

/** The plan of a block of which one child is drawn. */
function alone(id) {
  const nodes = ["in", id, "out"].map((one) => ({ id: one, lane: 0, main: true, before: [] }));
  nodes.slice(1).forEach((node, i) => node.before.push(nodes[i]));
  return { columns: nodes.map((node) => [node]), shortcuts: [] };
}

/** A node for an item: its size, its parts, and at which height edges come in and leave. */
function sized(way, item, length) {
  const { graph, open, style } = way;
  if (!item) return PORT;
  if (isOpen(item, open)) {
    const inner = level(way, item, Math.max(SHORTEST / 2, length - 2 * FRAME.side));
    const title = style.titles ? TITLE : FRAME.bare;
    const least = style.titles ? textWidth(heading(item, graph).at(-1)) + 6 : 0;
    const width = Math.max(inner.width, least) + 2 * FRAME.side;
    Object.assign(inner, { left: (width - inner.width) / 2, top: title });
    const size = { width, height: inner.height + title + FRAME.bottom };
    return { item, open: true, inner, ...size, words: { x: 3, y: 0, width: width - 6, height: title }, axis: inner.axis + title, leave: inner.leave + title };
  }
  const symbol = item.category === "merge";
  const roomy = style.words !== null;
  const body = symbol ? { width: SYMBOL, height: SYMBOL } : measures(item.shape);
  if (!symbol) for (const way of ["width", "height"]) body[way] *= style.boxes;
  const texts = roomy && !symbol ? caption(item, graph) : [""];
  const front = item.face && !symbol ? (body.height * item.face.shape[1]) / item.face.shape[0] : 0; // the width of a map before the box
  const width = Math.max(front + body.width, textWidth(texts[style.words] ?? texts.at(-1)));
  const line = symbol ? 0 : roomy ? LINE : FRAME.bare;
  const height = body.height + line;
  Object.assign(body, { x: (width + front - body.width) / 2, y: 0 });
  const face = front ? { x: body.x - front, y: 0, width: front, height: body.height } : null;
  const below = { x: -GAP.x / 2 + 1, y: body.height, width: width + GAP.x - 2, height: line };
  return { item, open: false, width, height, body, face, words: symbol ? null : below, symbol, axis: body.height / 2, leave: body.height / 2 };
}

/**
 * Set `y`, the upper edge, of every node. What all paths pass stands on one straight line; between,
 * branches run straight, one below the other, around that line.
 */
function ordinates(columns) {
  let region = [];
  for (const column of [...columns, null]) {
    if (column && column.length > 1) region.push(column);
    else {
      if (region.length) branches(region);
      region = [];
      if (column) column[0].y = -column[0].axis;
    }
  }
}

/** Place the branches between two nodes that all paths pass. */
function branches(columns) {
  const runs = [...runsOf(columns)].sort((a, b) => a[0].lane - b[0].lane);
  const filled = columns.map(() => 0);
  const place = new Map(columns.flatMap((column, i) => column.map((node) => [node, i])));
  for (const run of runs) {
    const axis = Math.max(...run.map((node) => filled[place.get(node)] + node.axis));
    for (const node of run) {
      node.y = axis - node.axis;
      filled[place.get(node)] = node.y + node.height + GAP.y;
    }
  }
  const main = columns.flat().find((node) => node.main);
  const middle = main ? main.y + main.axis : (Math.max(...filled) - GAP.y) / 2;
  for (const node of columns.flat()) node.y -= middle;
}

/** Sets of nodes in a straight line: the main path, and chains of which each reads the one before it alone. */
function runsOf(columns) {
  const inside = new Set(columns.flat());
  const runs = new Map();
  const main = [];
  for (const node of inside) {
    const [one] = node.before;
    const follows = !node.main && node.before.length === 1 && one.after.length === 1 && inside.has(one) && !one.main;
    const run = node.main ? main : follows ? runs.get(one) : [];
    run.push(node);
    runs.set(node, run);
  }
  return new Set(runs.values());
}

/** Coordinates from the columns: boxes, edges, arcs, the triangle, the size, and the ports' heights. */
function finished(columns, shortcuts, count, line) {
  const rows = lines(columns, shortcuts, line);
  const nodes = new Map(columns.flat().filter(({ id }) => id !== null).map((node) => [node.id, node]));
  const arcs = shortcuts.map(([from, to]) => ({ from, to, start: nodes.get(from), end: nodes.get(to) }));
  const size = count ? Math.max(TRIANGLE.least, Math.min(TRIANGLE.most, count * TRIANGLE.cell)) : 0;
  lifted(arcs, columns);
  let [top, width] = [0, 0];
  rows.forEach((row, place) => {
    const inside = row.flat();
    const over = arcs.filter(({ start }) => start.row === place);
    const upper = Math.min(...inside.map((node) => node.y), ...over.map((arc) => arc.top));
    for (const node of inside) node.y += top - upper;
    for (const arc of over) arc.top += top - upper;
    row.top = top;
    row.bottom = Math.max(...inside.map((node) => node.y + node.height));
    top = row.bottom + GAP.row;
    width = Math.max(width, ...inside.map((node) => node.x + node.width));
  });
  let height = rows.at(-1).bottom;
  const last = nodes.get("out") ?? columns.at(-1)[0];
  if (size) {
    height = Math.max(height, rows[0].top + size);
    width += size + GAP.x;
  }
  if (last.id === "out") last.x = width;
  const reals = columns.flat().filter(({ id }) => id !== null);
  const first = nodes.get("in") ?? columns[0][0];
  return {
    nodes: reals.filter(({ item }) => item),
    whole: rows.length === 1 && reals.every(({ inner }) => !inner || inner.whole),
    left: 0,
    edges: reals.flatMap((node) => node.before.map((one) => path(one, node, rows))),
    arcs: arcs.map((arc) => arched(arc)),
    triangle: size ? { count, size, x: width - size - (last.id === "out" ? GAP.x / 2 : 0), y: (height - size) / 2 } : null,
    width,
    height,
    axis: first.y + first.axis,
    leave: last.y + last.leave,
  };
}

/** Break the columns into lines, at boxes that all paths pass, and set `x` and `row` of every node. */
function lines(columns, shortcuts, line) {
  const parts = [];
  const place = new Map(columns.flatMap((column, i) => column.map(({ id }) => [id, i])));
  const last = columns.map(() => 0); // column that the shortcuts from a column lead to
  for (const [from, to] of shortcuts) last[place.get(from)] = Math.max(last[place.get(from)], place.get(to));
  let covered = 0;
  columns.forEach((column, i) => {
    const [{ item, symbol }] = column;
    const starts = column.length === 1 && item && !symbol && columns[i - 1]?.[0].id !== "in" && covered < i;
    covered = Math.max(covered, last[i]);
    if (starts || !i) parts.push([]);
    parts.at(-1).push(column);
  });
  const rows = [[]];
  let x = 0;
  for (const part of parts) {
    const across = part.map((column) => Math.max(...column.map((node) => node.width)));
    const total = across.reduce((sum, one) => sum + one + GAP.x, 0);
    if (x && x + total - GAP.x > line) {
      rows.push([]);
      x = 0;
    }
    part.forEach((column, i) => {
      for (const node of column) Object.assign(node, { x: x + (across[i] - node.width) / 2, row: rows.length - 1 });
      x += across[i] + GAP.x;
      rows.at(-1).push(column);
    });
  }
  return rows;
}

/** Set how high each shortcut rises above the boxes that it passes: those inside others lower. */
function lifted(arcs, columns) {
  const place = new Map(columns.flatMap((column, i) => column.map((node) => [node, i])));
  const span = ({ start, end }) => place.get(end) - place.get(start);
  arcs.sort((a, b) => span(a) - span(b));
  arcs.forEach((arc, i) => {
    const [from, to] = [place.get(arc.start), place.get(arc.end)];
    const between = columns.slice(from + 1, to).flat().map((node) => node.y);
    const under = arcs.slice(0, i).filter(({ start, end }) => place.get(start) < to && place.get(end) > from);
    arc.top = Math.min(...between.map((y) => y - ARC.lift), ...under.map(({ top }) => top - ARC.apart));
  });
}

/** A shortcut as [start, corner, corner, end]. */
function arched({ from, to, start, end, top }) {
  const [x, u] = [start.x + start.width, end.id === "out" ? end.x : end.x + end.width / 2];
  const out = start.id === "in" ? x : x + 2;
  const y = start.y + start.leave;
  const v = end.id === "out" ? end.y + end.axis : end.y + (end.body?.y ?? 0);
  return { from, to, turn: null, points: [[out, y], [out, top], [u, top], [u, v]] };
}

/** The corner points of the edge that ends at `node`, coming from `last`, which may be a bend. */
function path(last, node, rows) {
  const points = [[node.x + (node.face ?? node.body ?? { x: 0 }).x, node.y + node.axis]];
  let one = last;
  for (; one.id === null; [one] = one.before) points.unshift([one.x + one.width / 2, one.y + one.axis]);
  points.unshift([one.x + (one.body ? one.body.x + one.body.width : one.width), one.y + one.leave]);
  const between = () => ({ y: rows[one.row].bottom + GAP.row / 2, right: one.x + one.width + GAP.x / 2, left: node.x - GAP.x / 2 });
  const turn = one.row === node.row ? null : between();
  return { from: one.id, to: node.id, points, turn };
}
