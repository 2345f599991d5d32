// A described network as items and what joins them: pure functions.

/** The described network with every item as an object; see `describe` and `faces` in Python. */
export function decode({ name, kinds, layers, blocks, root, faces = [] }) {
  const items = layers.map(([label, kind, note, shape, params, macs, bytes, field = "", stride = "", inputs], id) => {
    const [full, short, category] = kinds[kind];
    const sources = inputs ?? (category === "input" ? [] : [id - 1]);
    return { id, name: label, kind: full, short, category, note, shape, params, macs, bytes, field, stride, inputs: sources, layers: [id] };
  });
  let at = 0;
  for (const [id, , channel, height, width] of faces) items[id].face = { channel, from: at, to: (at += height * width), shape: [height, width] };
  const net = { id: -1, name, children: root, layers: layers.map((_, id) => id) };
  blocks.forEach(([label, children, fold], place) => items.push({ id: layers.length + place, name: label, children, fold: Boolean(fold) }));
  const adopt = (block) => {
    for (const child of block.children) {
      items[child].parent = block.id;
      if (items[child].children) adopt(items[child]);
    }
    if (block !== net) block.layers = block.children.flatMap((child) => items[child].layers);
    const inside = block.layers.map((id) => items[id]);
    for (const figure of ["params", "macs", "bytes"]) block[figure] = inside.reduce((sum, one) => sum + (one[figure] ?? 0), 0);
    const { shape, field, stride, face } = items[Math.max(...block.layers)];
    Object.assign(block, { shape, field, stride, face }, looks(inside));
  };
  adopt(net);
  const plans = new Map();
  const graph = { net, items, edges: levels(net, items), origins: origins(items), at: (id) => (id < 0 ? net : items[id]) };
  graph.plan = (block) => {
    if (!plans.has(block.id)) plans.set(block.id, plan(graph, block));
    return plans.get(block.id);
  };
  return graph;
}

/** A block with one convolution or dense layer looks like it; with none, like what it joins or pools with. */
function looks(inside) {
  const weighing = inside.filter(({ category }) => category === "convolution" || category === "dense");
  if (weighing.length > 1) return { category: "block", note: "" };
  const { category, note, short, kind } = weighing[0] ?? inside.find((one) => one.category === "merge" || one.category === "pooling") ?? inside[0];
  return { category, note, short, kind };
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

/** For each layer, the layers whose maps it hands on: itself, or what it concatenates. */
function origins(items) {
  const found = [];
  for (const { id, kind, inputs } of items.filter((item) => item.inputs)) {
    found[id] = kind === "Concatenate" ? new Set(inputs.flatMap((source) => [...found[source]])) : new Set([id]);
  }
  return found;
}

/**
 * What the drawing of a block's children starts from: { columns, shortcuts, dense }. Columns hold ids
 * (null where an edge passes) in the order in which a column is drawn; each edge leads from its column
 * to the next. Shortcuts are edges beside which there is a longer way. `dense` is the number of
 * children of which each reads all before it, or 0.
 */
function plan(graph, block) {
  const edges = graph.edges.get(block.id);
  const ids = ordered(block.children, edges);
  const next = new Map(ids.map((id) => [id, []]));
  for (const [from, to] of edges) next.get(from).push(to);
  const reach = new Map();
  for (const id of [...ids].reverse()) reach.set(id, new Set(next.get(id).flatMap((to) => [to, ...reach.get(to)])));
  const isShortcut = ([from, to]) => next.get(from).some((other) => other !== to && reach.get(other).has(to));
  const shortcuts = edges.filter(isShortcut);
  const straight = edges.filter((edge) => !isShortcut(edge));
  return { ...ranked(graph, ids, straight), shortcuts, dense: dense(graph, block) };
}

/** The children in their order, between what is outside. */
function ordered(children, edges) {
  const ports = (name) => (edges.some((edge) => edge.includes(name)) ? [name] : []);
  return [...ports("in"), ...children, ...ports("out")];
}

/** Columns of nodes { id, lane, main, before: [node] }, edges leading from each column to the next. */
function ranked(graph, ids, edges) {
  const rank = new Map(ids.map((id) => [id, 0]));
  const before = new Map(ids.map((id) => [id, []]));
  for (const [from, to] of edges) before.get(to).push(from);
  for (const id of ids) rank.set(id, Math.max(0, ...before.get(id).map((from) => rank.get(from) + 1)));
  if (rank.has("out")) rank.set("out", Math.max(...rank.values()));
  const lanes = laned(graph, ids, before);
  const nodes = new Map(ids.map((id) => [id, { id, lane: lanes.get(id), before: [] }]));
  const columns = Array.from({ length: Math.max(...rank.values()) + 1 }, () => []);
  for (const [id, node] of nodes) columns[rank.get(id)].push(node);
  for (const [from, to] of edges) {
    let last = nodes.get(from);
    for (let column = rank.get(from) + 1; column < rank.get(to); column++) {
      const bend = { id: null, lane: lanes.get(`${from}>${to}`), before: [last] };
      columns[column].push(bend);
      last = bend;
    }
    nodes.get(to).before.push(last);
  }
  for (const column of columns) column.sort((a, b) => a.lane - b.lane);
  return { columns: pinned(graph, columns) };
}

/** Where nodes and edges stand from top to bottom: branches as what joins them names them. */
function laned(graph, ids, before) {
  const lanes = new Map();
  const sorted = (id) => {
    const place = inputsOf(graph, id);
    return [...before.get(id)].sort((a, b) => place(a) - place(b));
  };
  const visit = (id) => {
    if (lanes.has(id)) return;
    lanes.set(id, lanes.size);
    for (const from of sorted(id)) {
      lanes.set(`${from}>${id}`, lanes.size);
      visit(from);
    }
  };
  for (const id of [...ids].reverse()) visit(id);
  return lanes;
}

/** A function that tells at which place an item, or what is inside it, stands among the inputs of another. */
function inputsOf(graph, id) {
  const item = graph.items[id];
  const read = item ? item.layers.flatMap((layer) => graph.items[layer].inputs) : [];
  return (from) => {
    const own = new Set(graph.items[from]?.layers);
    const place = read.findIndex((layer) => own.has(layer));
    return place < 0 ? Infinity : place;
  };
}

/** The columns with `main` on the nodes that stand on one straight line. */
function pinned(graph, columns) {
  for (const column of columns) if (column.length === 1) column[0].main = true;
  const longest = ({ before }) => before.find(({ id }) => id !== null) ?? before[0];
  for (const node of [...columns].reverse().flat()) {
    if (!node.main || graph.items[node.id]?.kind === "Concatenate") continue;
    for (let one = longest(node); one && !one.main; one = longest(one)) one.main = true;
  }
  return columns;
}

/** The number of a block's children, where each reads the maps of nearly all that come before it. */
function dense(graph, block) {
  const { children } = block;
  const owner = new Map(children.flatMap((child, place) => graph.items[child].layers.map((layer) => [layer, place])));
  const pairs = new Set();
  for (const [layer, place] of owner) {
    for (const source of graph.items[layer].inputs) {
      for (const origin of graph.origins[source]) if (owner.get(origin) < place) pairs.add(`${owner.get(origin)}>${place}`);
    }
  }
  return children.length > 3 && pairs.size > 0.8 * ((children.length * (children.length - 1)) / 2) ? children.length : 0;
}
