import { diagram, room } from "./diagram.js";
import { decode } from "./graph.js";
import { fitted } from "./layout.js";
import { figuresPanel, inPercent } from "./panel.js";
import { neighbour } from "./steps.js";
import { strip } from "./strip.js";
import { swatch } from "../js/draw/charts.js";
import { element, say } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { bytesOf } from "../js/draw/pictures.js";
import { themeOf } from "../js/draw/theme.js";
import { explorer } from "../js/frame/explorer.js";
import { widthOf } from "../js/frame/input.js";

const LABELS = {
  input: "input",
  convolution: "convolution",
  dense: "dense",
  pooling: "pooling",
  merge: "joins",
  block: "closed block",
  other: "normalization, activation and others",
};
const FIGURES = { kind: null, params: "params", macs: "macs", memory: "bytes" }; // that colours show
const NAMES = { params: "parameters", macs: "MACs", bytes: "outputs' memory" };
const STEP = 1.5; // of the zoom
const KEYS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"];
const SCALES = "A box is √(side of its maps) high and √(their number) wide. Bars: the costs, in order.";
const CLOSE = 8; // largest scale of a drawing, at which a map of one pixel is 72 pixels high
const FACES = "Before a box: one of its maps, red where it is positive and blue where it is negative.";

const button = (textContent, label, onclick) =>
  element("button", { type: "button", className: "cnn-button", textContent, onclick, "aria-label": label });

/** One of the networks: its drawing, its strip and its figures, with the settings that all share. */
function part(described, { read, set, schedule, zoom, signal }) {
  const graph = decode(described);
  const differing = new Set(described.differs);
  const openNames = () => new Set(read().opened);
  const drawing = diagram(graph, described.name, (item) => openNames().has(item.name));
  const costs = strip(graph);
  const panel = figuresPanel();
  const node = element("div", { className: "cnn-arch" }, drawing.node, costs.node, panel.node);
  const { node: stage } = drawing;
  let pointed = null; // the id of the box under the pointer

  const chosen = () => graph.items.findLast((item) => item.name === read().selected);
  const select = (id) => set({ selected: graph.items[id].name });

  function toggle(item) {
    if (!item.children) return;
    const names = openNames();
    if (!names.delete(item.name)) names.add(item.name);
    set({ opened: [...names] });
  }

  /** Draw what is arranged anew: what had the focus keeps it, what is chosen stays in the window. */
  function show(picture, factor) {
    const focused = stage.contains(document.activeElement);
    drawing.show(picture);
    drawing.resize(factor);
    pointed = null;
    for (const [id, box] of drawing.nodes()) box.classList.toggle("cnn-differs", graph.items[id].layers.some((layer) => differing.has(layer)));
    drawing.reveal(drawing.visible(chosen()));
    if (focused) drawing.stop(chosen())?.focus({ preventScroll: true });
  }

  function paint(figure) {
    const closed = drawing.picture().boxes.filter((one) => !one.open);
    const most = Math.max(...closed.map(({ item }) => item[figure] ?? 0)) || 1;
    for (const { item } of closed) {
      const { style } = drawing.nodes().get(item.id);
      style.fill = figure ? `color-mix(in srgb, var(--cnn-lit) ${Math.round((100 * (item[figure] ?? 0)) / most)}%, var(--cnn-surface))` : "";
    }
    return figure ? most / (graph.net[figure] || 1) : 0;
  }

  /** Mark what is chosen and return the state in words. */
  function tell({ opened, zoom: factor }) {
    drawing.resize(factor);
    drawing.mark(chosen());
    drawing.label(pointed ?? drawing.visible(chosen()));
    follow();
    return panel.draw(graph.items[pointed] ?? chosen() ?? graph.net, graph, new Set(opened));
  }

  /** Show on the strip what is chosen and what the window shows. */
  function follow() {
    const scale = drawing.scale();
    const [left, top] = [stage.scrollLeft / scale, stage.scrollTop / scale];
    const inside = ({ x, y, width: wide, height: high }) =>
      x + wide > left && x < left + stage.clientWidth / scale && y + high > top && y < top + stage.clientHeight / scale;
    const seen = read().zoom > 1 ? drawing.picture().boxes.filter((box) => !box.open && inside(box)) : [];
    costs.mark(new Set(chosen()?.layers), new Set(seen.flatMap(({ item }) => item.layers)));
  }

  const listen = (target, name, act, options = {}) => target.addEventListener(name, act, { signal, ...options });
  const point = (event, id) => {
    pointed = event.pointerType === "mouse" ? (id ?? null) : null;
    schedule();
  };

  listen(stage, "scroll", follow);
  listen(stage, "click", (event) => {
    const { box, title: onTitle } = drawing.at(event);
    if (!box) return;
    drawing.nodes().get(box.item.id).focus({ preventScroll: true });
    if (!box.open || onTitle) toggle(box.item);
  });
  listen(stage, "focusin", ({ target }) => target.dataset.id && select(target.dataset.id));
  listen(stage, "mousedown", (event) => event.target !== stage && event.preventDefault()); // `click` says where the focus goes
  listen(stage, "pointermove", (event) => {
    const dragged = event.pointerType === "mouse" && event.buttons === 1; // fingers scroll by themselves
    if (dragged) stage.scrollBy(-event.movementX, -event.movementY);
    else point(event, drawing.at(event).box?.item.id);
  });
  listen(stage, "pointerleave", (event) => point(event));
  listen(costs.node, "pointermove", (event) => {
    const id = drawing.visible(costs.item(event));
    if (event.buttons === 1) drawing.reveal(id, true);
    point(event, id);
  });
  listen(costs.node, "pointerleave", (event) => point(event));
  listen(costs.node, "pointerdown", (event) => {
    const id = drawing.visible(costs.item(event));
    select(id);
    drawing.reveal(id, true);
  });
  listen(stage, "keydown", (event) => {
    const item = graph.items[event.target.dataset.id];
    const factors = { "+": STEP, "=": STEP, "-": 1 / STEP, 0: 0 };
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    pointed = null;
    if (KEYS.includes(event.key)) {
      const id = neighbour(graph, drawing.picture(), item.id, event.key);
      drawing.nodes().get(id).focus({ preventScroll: true });
      drawing.reveal(id);
    } else if (event.key === "Enter" || event.key === " ") toggle(item);
    else if (event.key === "Escape" && item.parent >= 0) {
      const around = closable(item);
      select(around.id);
      if (openNames().has(around.name)) toggle(around);
    } else if (event.key in factors) zoom(factors[event.key]);
    else return;
    event.preventDefault();
    event.stopPropagation(); // JupyterLab's own shortcuts stay quiet
  });
  listen(stage, "wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 300), event);
  }, { passive: false });

  /** The block around an item that can be closed. */
  function closable(item) {
    const around = graph.items[item.parent];
    return openNames().has(around.name) || around.parent < 0 ? around : closable(around);
  }

  /** Draw at another size; what was in the middle, or under the pointer, stays where it is. */
  function enlarge(factor, at) {
    const before = drawing.scale();
    const [x, y] = at && stage.contains(at.target) ? [at.clientX - stage.getBoundingClientRect().left, at.clientY - stage.getBoundingClientRect().top] : [stage.clientWidth / 2, stage.clientHeight / 2];
    drawing.resize(factor);
    const grown = drawing.scale() / before;
    stage.scrollTo((stage.scrollLeft + x) * grown - x, (stage.scrollTop + y) * grown - y);
    if (!at) drawing.reveal(drawing.visible(chosen()));
  }

  return { node, stage, graph, show, face: drawing.paint, paint, tell, enlarge, count: differing.size, boxes: () => drawing.picture().boxes, fit: () => drawing.picture().scale };
}

function build({ model, el, read, set, signal, schedule }) {
  const [smallest, largest] = model.get("zooms");
  const networks = model.get("networks");
  const size = button("", "", () => zoom(0));
  const blocks = () => [...new Set(parts.flatMap(({ graph }) => graph.items.filter((item) => item.children).map(({ name }) => name)))];
  const tools = element(
    "div",
    { className: "cnn-tools" },
    button("Open all", "Open all blocks", () => set({ opened: blocks() })),
    button("Close all", "Close all blocks", () => set({ opened: [] })),
    element("span", { className: "cnn-arch-space" }),
    button("−", "Smaller", () => zoom(1 / STEP)),
    size,
    button("+", "Larger", () => zoom(STEP)),
  );
  const keys = element("p", { className: "cnn-keys" });

  /** Enlarge by a factor, or fit where it is 0. */
  function zoom(factor, at) {
    const closest = CLOSE / Math.min(...parts.map(({ fit }) => fit()));
    const wanted = Math.max(smallest, Math.min(largest, closest, read().zoom * factor));
    set({ zoom: Number(wanted.toFixed(3)) });
    for (const one of parts) one.enlarge(read().zoom, at);
  }

  const parts = networks.map((described) => part(described, { read, set, schedule, zoom, signal }));
  const side = element("div", { className: "cnn-arch-parts" }, ...parts.map(({ node }) => node));
  side.classList.toggle("cnn-two", parts.length > 1);
  el.append(tools, side, keys);

  function legend(figure, most) {
    const drawn = parts.flatMap(({ boxes }) => boxes());
    const present = (category) => drawn.some(({ item, open }) => !open && item.category === category);
    const fold = drawn.map(({ item }) => item).find((item) => item.fold && !read().opened.includes(item.name));
    keys.replaceChildren(
      ...(figure
        ? [swatch("cnn-heat-0", `none of the network's ${NAMES[figure]}`), swatch("cnn-heat-1", `${inPercent(100 * most)}, the most in one box`)]
        : Object.entries(LABELS).filter(([category]) => present(category)).map(([category, label]) => swatch(`cnn-kind-${category}`, label))),
      ...(fold ? [swatch("cnn-fold", `×${fold.children.length}: ${fold.children.length} of one form, drawn as one`)] : []),
      ...(parts.length > 1 ? [swatch("cnn-differs", "differs")] : []),
      drawn.some(({ face }) => face) ? `${SCALES} ${FACES}` : SCALES,
    );
  }

  const width = widthOf(parts[0].stage, schedule, signal);
  let [arranged, painted, faced, coloured] = [null, null, null, null];
  return (settings) => {
    const key = JSON.stringify([settings.opened, width()]);
    const { palette } = themeOf(el);
    if (arranged !== key) {
      const pictures = fitted(parts.map(({ graph }) => graph), new Set(settings.opened), room(width(), el.clientWidth));
      parts.forEach((one, i) => one.show(pictures[i], settings.zoom));
      [arranged, painted, faced] = [key, null, null];
    }
    if (settings.maps !== faced || palette !== coloured) {
      [faced, coloured] = [settings.maps, palette];
      for (const one of parts) one.face(new Int8Array(bytesOf(faced)), palette);
    }
    if (painted !== settings.colour) {
      const figure = FIGURES[settings.colour];
      legend(figure, Math.max(...parts.map((one) => one.paint(figure))));
      el.classList.toggle("cnn-heat", Boolean(figure));
      painted = settings.colour;
    }
    say(size, settings.zoom === 1 ? "Fit" : `${Math.round(settings.zoom * 100)} %`);
    size.ariaLabel = `${size.textContent}: fit the page`;
    const differ = parts.map(({ graph, count }) => `${plural(count, "layer")} of ${graph.net.name}`).join(" and ");
    const words = parts.map((one) => one.tell(settings)).join(" ");
    return parts.length > 1 ? `${words} Different: ${differ}.` : words;
  };
}

export default explorer(build);
