import { arrange, decode, lines } from "./layout.js";
import { neighbour } from "./steps.js";
import { element, plural, say } from "../js/draw/draw.js";
import { explorer, update } from "../js/frame/frame.js";

const CATEGORIES = ["input", "convolution", "dense", "pooling", "merge", "other"];
const FIGURES = [null, "params", "macs", "bytes"]; // by the index of `colour`
const SMALLEST = 0.75; // scale below which a drawing is not made to fit
const ZOOM = [0.25, 3];
const KEYS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"];

const whole = (value) => value.toLocaleString("en");

function bytes(value) {
  return value < 1e6 ? `${Number((value / 1e3).toPrecision(3))} kB` : `${Number((value / 1e6).toPrecision(3))} MB`;
}

function percent(value) {
  return value >= 10 || value === 0 ? `${Math.round(value)} %` : value < 0.1 ? "< 0.1 %" : `${value.toFixed(1)} %`;
}

/** A smooth line through the corner points of an edge, with an arrow's head at a box. */
function outline({ points, to }) {
  let d = `M${points[0]}`;
  for (let i = 1; i < points.length; i++) {
    const [[x, y], [u, v]] = [points[i - 1], points[i]];
    const half = (y + v) / 2;
    d += x === u ? `V${v}` : `C${x},${half} ${u},${half} ${u},${v}`;
  }
  const [x, y] = points.at(-1);
  return to === "out" ? d : `${d}M${x - 4},${y - 5}L${x},${y}L${x + 4},${y - 5}`;
}

function seen({ field, stride }) {
  if (!field) return "what could not be followed";
  return field === "all" ? "the whole input" : `${field.includes("×") ? field : `${field}×${field}`}, stride ${stride}`;
}

function build({ model, el, signal, schedule }) {
  const svg = element("svg", { "aria-hidden": "true" });
  const drawing = element("div", { className: "cnn-arch-drawing" }, svg);
  const tree = element("div", { className: "cnn-arch-tree", role: "tree", "aria-label": "Network: arrow keys move, Enter opens and closes blocks" }, drawing);
  const stage = element("div", { className: "cnn-arch-stage" }, tree);
  const button = (textContent, label, onclick) =>
    element("button", { type: "button", className: "cnn-button", textContent, onclick, "aria-label": label });
  const size = button("", "Fit the page", () => update(model, { zoom: 1 }));
  const tools = element(
    "div",
    { className: "cnn-tools" },
    button("Open all", "Open all blocks", () => show(graph.items.filter((item) => item.children).map((item) => item.name))),
    button("Close all", "Close all blocks", () => show([])),
    element("span", { className: "cnn-arch-space" }),
    button("−", "Smaller", () => zoom(1 / 1.25)),
    size,
    button("+", "Larger", () => zoom(1.25)),
  );
  const title = element("p", { className: "cnn-title" });
  const kind = element("p", { className: "cnn-arch-kind" });
  const figures = element("dl", { className: "cnn-arch-figures" });
  const panel = element("div", { className: "cnn-arch-panel" }, title, kind, figures);
  const keys = element("p", { className: "cnn-keys" });
  const words = element("p", { className: "cnn-words", role: "status" });
  el.append(tools, element("div", { className: "cnn-arch" }, stage, panel), keys, words);

  let graph;
  let source;
  let picture;
  let pointed = null; // the id of the box under the pointer
  let scale = 1;
  const drawn = { nodes: new Map(), paths: [] };

  // State

  const openNames = () => new Set(model.get("opened"));
  const chosen = () => graph.items.findLast((item) => item.name === model.get("selected"));
  const stop = () => drawn.nodes.get(visible(chosen())) ?? drawn.nodes.get(picture.boxes[0]?.item.id);

  /** The id of the box that shows an item: its own, or that of a closed block around it. */
  function visible(item) {
    while (item && !drawn.nodes.has(item.id)) item = item.parent >= 0 ? graph.items[item.parent] : null;
    return item?.id;
  }

  const show = (names) => update(model, { opened: names });
  const select = (id) => update(model, { selected: graph.items[id].name });

  function toggle(item) {
    if (!item.children) return;
    const names = openNames();
    if (!names.delete(item.name)) names.add(item.name);
    show([...names]);
  }

  function zoom(factor, at) {
    const before = scale;
    const wanted = Math.max(ZOOM[0], Math.min(ZOOM[1], model.get("zoom") * factor));
    update(model, { zoom: Number(wanted.toFixed(3)) });
    resize();
    const box = stage.getBoundingClientRect();
    const [x, y] = at ? [at.clientX - box.left, at.clientY - box.top] : [stage.clientWidth / 2, stage.clientHeight / 2];
    stage.scrollLeft = (stage.scrollLeft + x) * (scale / before) - x;
    stage.scrollTop = (stage.scrollTop + y) * (scale / before) - y;
  }

  // Drawing

  function box({ item, x, y, width, height, wide, open, depth }) {
    const [name, line, shape] = lines(item, graph);
    const mark = item.children ? [element("span", { className: "cnn-arch-mark", "aria-hidden": "true", textContent: open ? "▾" : "▸" })] : [];
    const node = element(
      "div",
      { className: "cnn-arch-box", role: "treeitem", tabIndex: -1, "aria-level": depth, "aria-selected": "false", "aria-label": `${item.name}, ${line}, ${shape}` },
      element("span", { className: "cnn-arch-name" }, ...mark, name),
      element("span", { className: "cnn-arch-shape", textContent: shape }),
      element("span", { className: "cnn-arch-line", textContent: line }),
    );
    node.classList.toggle("cnn-wide", Boolean(wide));
    node.classList.toggle("cnn-open", open);
    node.classList.add(item.children ? "cnn-kind-block" : `cnn-kind-${CATEGORIES[item.category]}`);
    if (item.children) node.setAttribute("aria-expanded", String(open));
    node.dataset.id = item.id;
    Object.assign(node.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
    return node;
  }

  /** Boxes and edges anew; what had the focus keeps it, and its place on the screen. */
  function rebuild(open) {
    const focused = tree.contains(document.activeElement) ? Number(document.activeElement.dataset.id) : null;
    const old = picture?.boxes.find((one) => one.item.id === visible(chosen()));
    picture = arrange(graph, open);
    drawn.nodes = new Map(picture.boxes.map((one) => [one.item.id, box(one)]));
    const frames = picture.boxes.filter((one) => one.open).map(({ x, y, width, height, depth }) =>
      element("rect", { class: `cnn-arch-frame cnn-depth-${depth % 2}`, x, y, width, height, rx: 9 }));
    drawn.paths = picture.edges.map((edge) => ({ edge, node: element("path", { class: "cnn-arch-edge", d: outline(edge) }) }));
    svg.replaceChildren(...frames, ...drawn.paths.map(({ node }) => node));
    for (const [name, value] of [["width", picture.width], ["height", picture.height]]) svg.setAttribute(name, value);
    resize(); // before the page has to be laid out anew
    drawing.replaceChildren(svg, ...drawn.nodes.values());
    pointed = null;
    const now = picture.boxes.find((one) => one.item.id === visible(chosen()));
    if (old && now) stage.scrollTop += (now.y - old.y) * scale;
    const { x, width } = now ?? picture.boxes[0];
    stage.scrollLeft = (x + width / 2) * scale - stage.clientWidth / 2;
    if (focused !== null) stop()?.focus({ preventScroll: true });
  }

  function resize() {
    const room = stage.clientWidth - 24;
    scale = Math.max(SMALLEST, Math.min(1, room / picture.width)) * model.get("zoom");
    drawing.style.transform = `scale(${scale})`;
    tree.style.width = `${picture.width * scale}px`;
    tree.style.height = `${picture.height * scale}px`;
    say(size, `${Math.round(scale * 100)} %`);
  }

  function paint() {
    const figure = FIGURES[model.get("colour")];
    tree.classList.toggle("cnn-heat", Boolean(figure));
    const closed = picture.boxes.filter((one) => !one.open);
    const most = figure ? Math.max(...closed.map(({ item }) => item[figure] ?? 0)) : 0;
    for (const { item } of figure ? closed : []) {
      const { style } = drawn.nodes.get(item.id);
      style.setProperty("--heat", `${Math.round((50 * (item[figure] ?? 0)) / (most || 1))}%`);
      style.setProperty("--share", `${(100 * (item[figure] ?? 0)) / (graph.net[figure] || 1)}%`);
    }
    const swatch = (name, text) => element("span", { className: "cnn-key" }, element("span", { className: `cnn-swatch ${name}` }), text);
    const present = CATEGORIES.filter((_, i) => graph.items.some((item) => item.category === i));
    const share = percent((100 * most) / (graph.net[figure] || 1));
    const of = { params: "parameters", macs: "MACs", bytes: "outputs' memory" }[figure];
    keys.replaceChildren(
      ...(figure
        ? [swatch("cnn-heat-0", `none of the network's ${of}`), swatch("cnn-heat-1", `${share}, the most in one box`)]
        : present.map((name) => swatch(`cnn-kind-${name}`, name === "other" ? "normalization, activation and others" : name))),
    );
  }

  function mark(item) {
    const id = visible(item);
    for (const node of drawing.querySelectorAll('[aria-selected="true"]')) node.setAttribute("aria-selected", "false");
    for (const node of drawing.querySelectorAll('[tabindex="0"]')) node.tabIndex = -1;
    drawn.nodes.get(id)?.setAttribute("aria-selected", "true");
    const first = stop();
    if (first) first.tabIndex = 0;
    for (const { edge, node } of drawn.paths) node.classList.toggle("cnn-lit", id !== undefined && (edge.from === id || edge.to === id));
  }

  function describe(item) {
    const { net } = graph;
    say(title, item.name);
    const inside = item.layers.map((id) => graph.items[id]);
    const convolutions = inside.filter(({ category }) => CATEGORIES[category] === "convolution").length;
    const made = item.children ? [plural(inside.length, "layer"), plural(convolutions, "convolution")].join(", ") : `${item.kind} ${item.note}`.trim();
    say(kind, made);
    const rows = [["Output", item.shape.join("×")]];
    for (const [figure, label, text] of [["params", "Parameters", whole], ["macs", "MACs", whole], ["bytes", "Outputs in memory", bytes]]) {
      const share = net[figure] ? (100 * (item[figure] ?? 0)) / net[figure] : 0;
      rows.push([label, item[figure] === null ? "not counted" : text(item[figure]), share]);
    }
    rows.push(["Receptive field", seen(item)]);
    figures.replaceChildren(...rows.map(([label, text, share]) => {
      const value = element("dd", {}, text);
      if (share !== undefined) {
        const bar = element("span", { className: "cnn-arch-share", "aria-hidden": "true" }, element("span", {}));
        bar.firstChild.style.width = `${share}%`;
        if (item !== net) value.append(element("span", { className: "cnn-arch-part", textContent: percent(share) }), bar);
      }
      return element("div", {}, element("dt", {}, label), value);
    }));
    const state = item.children && item !== net ? ` ${openNames().has(item.name) ? "Open" : "Closed"} block.` : "";
    const costs = `${whole(item.params)} parameters, ${item.macs === null ? "MACs not counted" : `${whole(item.macs)} MACs`}`;
    say(words, `${item.name}: ${made}; ${costs}; output ${item.shape.join("×")}; each cell sees ${seen(item)}.${state}`);
  }

  function draw() {
    if (source !== model.get("network")) graph = decode((source = model.get("network")));
    const key = JSON.stringify(model.get("opened"));
    if (drawn.key !== key || drawn.source !== source) rebuild(openNames());
    else resize();
    if (drawn.key !== key || drawn.source !== source || drawn.colour !== model.get("colour")) paint();
    Object.assign(drawn, { key, source, colour: model.get("colour") });
    mark(chosen());
    describe(graph.items[pointed] ?? chosen() ?? graph.net);
  }

  // Pointer and keyboard

  const under = (event) => event.target.closest?.(".cnn-arch-box");

  tree.addEventListener("click", (event) => {
    const node = under(event);
    if (!node) return;
    const item = graph.items[node.dataset.id];
    select(item.id);
    if (!node.classList.contains("cnn-open") || event.target.closest(".cnn-arch-name")) toggle(item);
  }, { signal });
  tree.addEventListener("focusin", (event) => under(event) && select(Number(under(event).dataset.id)), { signal });
  stage.addEventListener("pointerover", (event) => {
    pointed = event.pointerType === "mouse" && under(event) ? Number(under(event).dataset.id) : null;
    schedule();
  }, { signal });
  stage.addEventListener("pointerleave", () => {
    pointed = null;
    schedule();
  }, { signal });

  tree.addEventListener("keydown", (event) => {
    const node = under(event);
    const factors = { "+": 1.25, "=": 1.25, "-": 1 / 1.25, 0: 1 / model.get("zoom") };
    if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
    const item = graph.items[node.dataset.id];
    pointed = null;
    if (KEYS.includes(event.key)) {
      const next = drawn.nodes.get(neighbour(graph, picture, item.id, event.key));
      next.focus({ preventScroll: true });
      next.firstChild.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else if (event.key === "Enter" || event.key === " ") toggle(item);
    else if (event.key === "Escape" && item.parent >= 0) {
      select(item.parent);
      toggle(graph.items[item.parent]);
    } else if (event.key in factors) zoom(factors[event.key]);
    else return;
    event.preventDefault();
    event.stopPropagation(); // JupyterLab's own shortcuts stay quiet
  }, { signal });

  stage.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 300), event);
  }, { signal, passive: false });
  stage.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse" || event.buttons !== 1) return; // fingers scroll by themselves
    stage.scrollLeft -= event.movementX;
    stage.scrollTop -= event.movementY;
  }, { signal });

  const resized = new ResizeObserver(schedule);
  resized.observe(stage);
  signal.addEventListener("abort", () => resized.disconnect());

  return draw;
}

export default explorer(build);
