// Where the boxes of a network go: pure functions from the described network to coordinates.

import { brief, plural } from "../js/draw/format.js";

const GAP = { x: 16, y: 26 }; // between boxes, in the drawing's units
export const FRAME = { top: 34, side: 12, bottom: 14 }; // around the boxes of an open block
const SWEEPS = 10;
const LETTER = { name: 7.1, line: 6 };

/** The described network with every item as an object; see `describe` in Python. */
export function decode({ name, kinds, layers, blocks, root }) {
  const items = layers.map(([label, kind, note, shape, params, macs, bytes, field = "", stride = "", inputs], id) => {
    const [full, short, category] = kinds[kind];
    const sources = inputs ?? (category === "input" ? [] : [id - 1]);
    return { id, name: label, kind: full, short, category, note, shape, params, macs, bytes, field, stride, inputs: sources, layers: [id] };
  });
  const net = { id: -1, name, children: root, layers: layers.map((_, id) => id) };
  blocks.forEach(([label, children], place) => items.push({ id: layers.length + place, name: label, children }));
  const adopt = (block) => {
    for (const child of block.children) {
      items[child].parent = block.id;
      if (items[child].children) adopt(items[child]);
    }
    if (block !== net) block.layers = block.children.flatMap((child) => items[child].layers);
    const inside = block.layers.map((id) => items[id]);
    for (const figure of ["params", "macs", "bytes"]) block[figure] = inside.reduce((sum, one) => sum + (one[figure] ?? 0), 0);
    const { shape, field, stride } = items[Math.max(...block.layers)];
    Object.assign(block, { shape, field, stride });
  };
  adopt(net);
  return { net, items, edges: levels(net, items), at: (id) => (id < 0 ? net : items[id]) };
}

/** For each block, the edges between its children; "in" and "out" stand for what is outside. */
function levels(net, items) {
  const edges = new Map([net, ...items.filter((item) => item.children)].map((block) => [block.id, new Map()]));
  const add = (block, from, to) => edges.get(block).set(`${from}>${to}`, [from, to]);
  const ancestors = (item) => (item.parent === undefined ? [] : [item.parent, ...(item.parent < 0 ? [] : ancestors(items[item.parent]))]);
  for (const target of items.filter((item) => item.inputs)) {
    const above = ancestors(target);
    for (const source of target.inputs) {
      let from = source;
      while (!above.includes(items[from].parent)) {
        add(items[from].parent, from, "out");
        from = items[from].parent;
      }
      let to = target.id;
      while (items[to].parent !== items[from].parent) {
        add(items[to].parent, "in", to);
        to = items[to].parent;
      }
      add(items[from].parent, from, to);
    }
  }
  return new Map([...edges].map(([block, found]) => [block, [...found.values()]]));
}

/** A name without the beginning that it shares with the block around it. */
function label({ name, parent }, graph) {
  const start = parent >= 0 ? graph.items[parent].name.replace(/ block$/, "") : "";
  return start && name.startsWith(start) && /^[_/].*[a-z]/i.test(name.slice(start.length)) ? name.slice(start.length + 1) : name;
}

/** The lines of text on a box. */
export function lines(item, graph) {
  const shape = item.shape.join("×");
  const name = label(item, graph);
  if (!item.children) return [name, [item.short, item.note].filter(Boolean).join(" "), shape];
  const parts = [plural(item.layers.length, "layer"), `${brief(item.params)} params`, `${brief(item.macs)} MACs`];
  return [name, parts.map((part) => part.replaceAll(" ", "\u00a0")).join(" · "), shape]; // lines break at the dots
}

/**
 * Place the boxes of a network whose blocks named in `open` (a Set) stand open.
 * Returns { width, height, boxes, edges }: boxes { item, x, y, width, height, wide, open, depth },
 * each block before those inside it; edges { from, to, block, points }, from and to ids, "in" or "out".
 */
export function arrange(graph, open) {
  const boxes = [];
  const edges = [];
  const place = (drawn, x, y, depth) => {
    for (const box of drawn.boxes) {
      const at = { ...box, x: box.x + x, y: box.y + y, depth };
      boxes.push(at);
      if (box.inner) place(box.inner, at.x + (at.width - box.inner.width) / 2, at.y + FRAME.top, depth + 1);
    }
    for (const edge of drawn.edges) edges.push({ ...edge, block: drawn.block, points: edge.points.map(([px, py]) => [px + x, py + y]) });
  };
  const whole = level(graph, graph.net, open);
  place(whole, 0, 0, 1);
  return { width: whole.width, height: whole.height, boxes, edges };
}

/** The children of one block, from the left upper corner of the space that they take. */
function level(graph, block, open) {
  const edges = graph.edges.get(block.id);
  const wide = !branches(block, edges);
  const nodes = new Map(block.children.map((id) => [id, sized(graph, graph.items[id], open, wide)]));
  const closed = [...nodes.values()].filter((node) => !node.inner);
  const width = Math.max(0, ...closed.map((node) => node.width));
  for (const node of closed) Object.assign(node, { width, inlet: width / 2, outlet: width / 2 });
  for (const port of ["in", "out"]) {
    if (edges.some((edge) => edge.includes(port))) nodes.set(port, { id: port, width: 0, height: 0, inlet: 0, outlet: 0 });
  }
  const rows = ranked(nodes, edges);
  order(rows);
  abscissae(rows);
  return { ...finished(rows, nodes), block: block.id };
}

/** Whether some child of a block reads or feeds several. */
function branches(block, edges) {
  const seen = edges.flatMap(([from, to]) => [`${from}>`, `>${to}`]);
  return new Set(seen).size < seen.length;
}

/** A node for an item: its size, and where along its width edges come in and leave. */
function sized(graph, item, open, wide) {
  if (item.children && open.has(item.name)) {
    const inner = level(graph, item, open);
    const [name, line] = lines(item, graph);
    const header = 36 + name.length * LETTER.name + line.length * LETTER.line;
    const width = Math.max(inner.width, header) + 2 * FRAME.side;
    const [inlet, outlet] = [inner.inlet, inner.outlet].map((x) => x + (width - inner.width) / 2);
    return { id: item.id, item, open: true, inner, width, height: inner.height + FRAME.top + FRAME.bottom, inlet, outlet };
  }
  const [name, line, shape] = lines(item, graph).map((text, i) => text.length * (i ? LETTER.line : LETTER.name));
  const mark = item.children ? 16 : 0;
  const needed = wide ? Math.max(name + mark + shape + 16, line) : Math.max(name + mark, Math.min(line, 150), shape);
  const [least, most] = wide ? [190, 262] : [96, 180];
  const width = Math.round(Math.max(least, Math.min(most, needed + 26)));
  const short = item.children && !wide && line > width - 20;
  return { id: item.id, item, open: false, wide, width, height: wide ? 42 : short ? 70 : 56, inlet: width / 2, outlet: width / 2 };
}

/** Rows of nodes, edges leading down from row to row only; long ones get a node in each row. */
function ranked(nodes, edges) {
  const below = new Map([...nodes.keys()].map((id) => [id, []]));
  for (const [from, to] of edges) below.get(from).push(to);
  const rank = new Map([...nodes.keys()].map((id) => [id, 0]));
  const sequence = [...(nodes.has("in") ? ["in"] : []), ...[...nodes.keys()].filter((id) => id !== "in")];
  for (const id of sequence) for (const next of below.get(id)) rank.set(next, Math.max(rank.get(next), rank.get(id) + 1));
  if (nodes.has("out")) rank.set("out", Math.max(...rank.values(), rank.get("out")));
  const rows = Array.from({ length: Math.max(...rank.values()) + 1 }, () => []);
  for (const [id, node] of nodes) {
    Object.assign(node, { up: [], down: [], rank: rank.get(id) });
    rows[node.rank].push(node);
  }
  const join = (upper, lower, weight) => {
    upper.down.push([lower, weight]);
    lower.up.push([upper, weight]);
  };
  for (const [from, to] of edges) {
    let last = nodes.get(from);
    for (let row = last.rank + 1; row < rank.get(to); row++) {
      const bend = { id: null, width: 8, height: 0, inlet: 4, outlet: 4, up: [], down: [], to };
      rows[row].push(bend);
      join(last, bend, last.id === null ? 8 : 2);
      last = bend;
    }
    join(last, nodes.get(to), last.id === null ? 2 : 1);
  }
  return rows;
}

/** Sort each row by where its neighbours stand, so that few edges cross. */
function order(rows) {
  const middle = (links, node) => {
    const at = links.map(([other]) => other.index);
    return at.length ? at.reduce((a, b) => a + b, 0) / at.length : node.index;
  };
  rows.forEach((row) => row.forEach((node, i) => (node.index = i - (row.length - 1) / 2)));
  if (rows.every((row) => row.length === 1)) return;
  for (let sweep = 0; sweep < 4; sweep++) {
    const down = sweep % 2 === 0;
    for (const row of down ? rows : [...rows].reverse()) {
      for (const node of row) node.key = middle(down ? node.up : node.down, node);
      row.sort((a, b) => a.key - b.key);
      row.forEach((node, i) => (node.index = i - (row.length - 1) / 2));
    }
  }
}

/** Set `x`, the left edge, of every node: near its neighbours, and apart from those beside it. */
function abscissae(rows) {
  rows.forEach((row) => spread(row, row.map((node) => -node.inlet)));
  const sweeps = rows.every((row) => row.length === 1) ? 1 : SWEEPS;
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const down = sweep % 2 === 0;
    for (const row of down ? rows : [...rows].reverse()) spread(row, row.map((node) => wanted(node, sweep < 2 && down, sweep < 2 && !down)));
  }
}

/** Where a node would stand by its neighbours: those above, those below, or all. */
function wanted(node, above, below) {
  let [sum, total] = [0, 0];
  if (!below) for (const [other, weight] of node.up) [sum, total] = [sum + weight * (other.x + other.outlet - node.inlet), total + weight];
  if (!above) for (const [other, weight] of node.down) [sum, total] = [sum + weight * (other.x + other.inlet - node.outlet), total + weight];
  return total ? sum / total : node.x;
}

/** The places nearest to those wanted, in the squares' sum, at which no node touches the next. */
function spread(row, places) {
  const pools = [];
  let offset = 0;
  row.forEach((node, i) => {
    const weight = node.id === null ? 4 : 1;
    let pool = { sum: weight * (places[i] - offset), weight, nodes: [[node, offset]] };
    while (pools.length && pools.at(-1).sum / pools.at(-1).weight > pool.sum / pool.weight) {
      const left = pools.pop();
      pool = { sum: left.sum + pool.sum, weight: left.weight + pool.weight, nodes: [...left.nodes, ...pool.nodes] };
    }
    pools.push(pool);
    offset += node.width + GAP.x;
  });
  for (const { sum, weight, nodes } of pools) for (const [node, from] of nodes) node.x = sum / weight + from;
}

/** Coordinates from the rows: boxes, edges as corner points, size, and the ports' abscissae. */
function finished(rows, nodes) {
  const all = rows.flat();
  const left = Math.min(...all.map((node) => node.x));
  let y = 0;
  for (const row of rows) {
    const height = Math.max(...row.map((node) => node.height));
    for (const node of row) Object.assign(node, { x: node.x - left, y: y + (height - node.height) / 2, top: y, bottom: y + height });
    y += height + (height || row.some((node) => node.id === null) ? GAP.y : GAP.y - 8);
  }
  const height = Math.max(...all.map((node) => node.bottom));
  const paths = all.filter((node) => node.id !== null).flatMap((node) => node.down.map(([next]) => path(node, next)));
  const port = (id, side) => {
    const found = nodes.get(id) ?? (side === "inlet" ? rows[0][0] : rows.at(-1)[0]);
    return found.x + found[side];
  };
  return {
    boxes: all.filter((node) => node.item).map(({ item, x, y, width, height, wide, open, inner }) => ({ item, x, y, width, height, wide, open, inner })),
    edges: paths,
    width: Math.max(...all.map((node) => node.x + node.width)),
    height,
    inlet: port("in", "inlet"),
    outlet: port("out", "outlet"),
  };
}

function path(from, next) {
  const points = [[from.x + from.outlet, from.y + from.height]];
  while (next.id === null) {
    points.push([next.x + next.inlet, next.top], [next.x + next.outlet, next.bottom]);
    next = next.down[0][0];
  }
  points.push([next.x + next.inlet, next.y + (next.id === "out" ? FRAME.bottom : 0)]);
  return { from: from.id, to: next.id, points };
}
