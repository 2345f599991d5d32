import { arrange, decode, lines } from "./layout.js";
import { figuresPanel, inPercent } from "./panel.js";
import { neighbour } from "./steps.js";
import { swatch } from "../js/draw/charts.js";
import { element, say } from "../js/draw/element.js";
import { explorer } from "../js/frame/explorer.js";
import { widthOf } from "../js/frame/input.js";

const LABELS = {
  input: "input",
  convolution: "convolution",
  dense: "dense",
  pooling: "pooling",
  merge: "merge",
  other: "normalization, activation and others",
};
const FIGURES = { kind: null, params: "params", macs: "macs", memory: "bytes" }; // that colours show
const NAMES = { params: "parameters", macs: "MACs", bytes: "outputs' memory" };
const SMALLEST = 0.75; // scale below which a drawing is not made to fit
const STEP = 1.25; // of the zoom
const KEYS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"];

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

const button = (textContent, label, onclick) =>
  element("button", { type: "button", className: "cnn-button", textContent, onclick, "aria-label": label });

function box({ item, x, y, width, height, wide, open, depth }, graph) {
  const [name, line, shape] = lines(item, graph);
  const mark = item.children ? [element("span", { className: "cnn-arch-mark", "aria-hidden": "true", textContent: open ? "▾" : "▸" })] : [];
  const seen = open ? [line, shape] : [shape, line]; // an open block does not show its shape
  const node = element(
    "div",
    { className: "cnn-arch-box", role: "treeitem", tabIndex: -1, "aria-level": depth, "aria-selected": "false", "aria-label": [item.name, ...seen].join(", ") },
    element("span", { className: "cnn-arch-name" }, ...mark, name),
    " ",
    element("span", { className: "cnn-arch-shape", textContent: shape }),
    " ",
    element("span", { className: "cnn-arch-line", textContent: line }),
  );
  node.classList.toggle("cnn-wide", Boolean(wide));
  node.classList.toggle("cnn-open", open);
  node.classList.add(`cnn-kind-${item.children ? "block" : item.category}`);
  if (item.children) node.setAttribute("aria-expanded", String(open));
  node.dataset.id = item.id;
  Object.assign(node.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
  return node;
}

function build({ model, el, read, set, signal, schedule }) {
  const svg = element("svg", { "aria-hidden": "true" });
  const drawing = element("div", { className: "cnn-arch-drawing" }, svg);
  const tree = element("div", { className: "cnn-arch-tree", role: "tree", "aria-label": "Network: arrow keys move, Enter opens and closes blocks" }, drawing);
  const stage = element("div", { className: "cnn-arch-stage" }, tree);
  const size = button("", "", () => set({ zoom: 1 }));
  const tools = element(
    "div",
    { className: "cnn-tools" },
    button("Open all", "Open all blocks", () => show(graph.items.filter((item) => item.children).map((item) => item.name))),
    button("Close all", "Close all blocks", () => show([])),
    element("span", { className: "cnn-arch-space" }),
    button("−", "Smaller", () => zoom(1 / STEP)),
    size,
    button("+", "Larger", () => zoom(STEP)),
  );
  const panel = figuresPanel();
  const keys = element("p", { className: "cnn-keys" });
  el.append(tools, element("div", { className: "cnn-arch" }, stage, panel.node), keys);

  const graph = decode(model.get("network"));
  const [smallest, largest] = model.get("zooms");
  const width = widthOf(stage, schedule, signal);
  let picture;
  let pointed = null; // the id of the box under the pointer
  let scale = 1;
  const drawn = { nodes: new Map(), paths: [] };

  // State

  const openNames = () => new Set(read().opened);
  const chosen = () => graph.items.findLast((item) => item.name === read().selected);
  const stop = () => drawn.nodes.get(visible(chosen())) ?? drawn.nodes.get(picture.boxes[0]?.item.id);

  /** The id of the box that shows an item: its own, or that of a closed block around it. */
  function visible(item) {
    while (item && !drawn.nodes.has(item.id)) item = item.parent >= 0 ? graph.items[item.parent] : null;
    return item?.id;
  }

  const show = (opened) => set({ opened });
  const select = (id) => set({ selected: graph.items[id].name });

  function toggle(item) {
    if (!item.children) return;
    const names = openNames();
    if (!names.delete(item.name)) names.add(item.name);
    show([...names]);
  }

  function zoom(factor, at) {
    const before = scale;
    const wanted = Math.max(smallest, Math.min(largest, read().zoom * factor));
    set({ zoom: Number(wanted.toFixed(3)) });
    resize();
    const box = stage.getBoundingClientRect();
    const [x, y] = at ? [at.clientX - box.left, at.clientY - box.top] : [stage.clientWidth / 2, stage.clientHeight / 2];
    stage.scrollLeft = (stage.scrollLeft + x) * (scale / before) - x;
    stage.scrollTop = (stage.scrollTop + y) * (scale / before) - y;
  }

  // Drawing

  /** Boxes and edges anew; what had the focus keeps it, and its place on the screen. */
  function rebuild(open) {
    const focused = tree.contains(document.activeElement);
    const old = picture?.boxes.find((one) => one.item.id === visible(chosen()));
    picture = arrange(graph, open);
    drawn.nodes = new Map(picture.boxes.map((one) => [one.item.id, box(one, graph)]));
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
    const { x, width: across } = now ?? picture.boxes[0];
    stage.scrollLeft = (x + across / 2) * scale - width() / 2;
    if (focused) stop()?.focus({ preventScroll: true });
  }

  function resize() {
    scale = Math.max(SMALLEST, Math.min(1, (width() - 24) / picture.width)) * read().zoom;
    drawing.style.transform = `scale(${scale})`;
    tree.style.width = `${picture.width * scale}px`;
    tree.style.height = `${picture.height * scale}px`;
    say(size, `${Math.round(scale * 100)} %`);
    size.ariaLabel = `${size.textContent}: fit the page`;
  }

  function paint(figure) {
    tree.classList.toggle("cnn-heat", Boolean(figure));
    if (!figure) {
      const present = Object.entries(LABELS).filter(([category]) => graph.items.some((item) => item.category === category));
      keys.replaceChildren(...present.map(([category, label]) => swatch(`cnn-kind-${category}`, label)));
      return;
    }
    const closed = picture.boxes.filter((one) => !one.open);
    const most = Math.max(...closed.map(({ item }) => item[figure] ?? 0));
    const inAll = (value) => (100 * (value ?? 0)) / (graph.net[figure] || 1);
    for (const { item } of closed) {
      const { style } = drawn.nodes.get(item.id);
      style.setProperty("--heat", `${Math.round((50 * (item[figure] ?? 0)) / (most || 1))}%`);
      style.setProperty("--share", `${inAll(item[figure])}%`);
    }
    keys.replaceChildren(
      swatch("cnn-heat-0", `none of the network's ${NAMES[figure]}`),
      swatch("cnn-heat-1", `${inPercent(inAll(most))}, the most in one box`),
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

  function draw({ opened, colour }) {
    const open = new Set(opened);
    const key = JSON.stringify(opened);
    if (drawn.key !== key) rebuild(open);
    else resize();
    if (drawn.key !== key || drawn.colour !== colour) paint(FIGURES[colour]);
    Object.assign(drawn, { key, colour });
    mark(chosen());
    return panel.draw(graph.items[pointed] ?? chosen() ?? graph.net, graph, open);
  }

  // Pointer and keyboard

  const under = (event) => event.target.closest?.(".cnn-arch-box");
  const itemUnder = (event) => graph.items[under(event)?.dataset.id];

  tree.addEventListener("click", (event) => {
    const item = itemUnder(event);
    if (!item) return;
    select(item.id);
    if (!under(event).classList.contains("cnn-open") || event.target.closest(".cnn-arch-name")) toggle(item);
  }, { signal });
  tree.addEventListener("focusin", (event) => under(event) && select(itemUnder(event).id), { signal });
  stage.addEventListener("pointerover", (event) => {
    pointed = event.pointerType === "mouse" ? (itemUnder(event)?.id ?? null) : null;
    schedule();
  }, { signal });
  stage.addEventListener("pointerleave", () => {
    pointed = null;
    schedule();
  }, { signal });

  tree.addEventListener("keydown", (event) => {
    const item = itemUnder(event);
    const factors = { "+": STEP, "=": STEP, "-": 1 / STEP, 0: 1 / read().zoom };
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
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

  return draw;
}

export default explorer(build);
