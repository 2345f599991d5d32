// The drawing of one network: boxes, edges, captions, and the window through which they are seen.

import { captions, spoken } from "./captions.js";
import { paintSigned } from "../js/draw/canvas.js";
import { element } from "../js/draw/element.js";
import { mix } from "../js/draw/theme.js";

const ROUND = 5; // of corners
const MARGIN = 8; // around the drawing
const TALL = { least: 240, most: 420, phone: 560, narrow: 480 }; // heights of the window, and the width of a phone
const LETTERS = 10.5; // height of captions
const LEAST = 200; // width of a drawing, where the page has none yet
const WHITE = 127; // the largest value of a map
const GREYS = mix([0, 0, 0], [0, 0, 0], [255, 255, 255]);
const CELL = 0.8; // share of a triangle's cell that is filled

/** The room for a drawing of a width, [width, height], in an explorer of a width. */
export function room(width, explorer = width) {
  const tall = explorer < TALL.narrow ? Math.min(TALL.phone, 0.75 * innerHeight) : Math.max(TALL.least, Math.min(TALL.most, 0.35 * innerHeight));
  return [Math.max(LEAST, width - 2 * MARGIN), tall - 2 * MARGIN];
}

/** An edge as a path: level at boxes, bent between them, on the next line where it `turn`s. */
export function outline({ points, turn }) {
  const [[x, y], ...rest] = points;
  const [u, v] = rest.at(-1);
  if (turn) {
    const [down, up] = [`q${ROUND},0 ${ROUND},${ROUND}V${turn.y - ROUND}q0,${ROUND} ${-ROUND},${ROUND}`, `q${-ROUND},0 ${-ROUND},${ROUND}V${v - ROUND}q0,${ROUND} ${ROUND},${ROUND}`];
    return `M${x},${y}H${turn.right - ROUND}${down}H${turn.left + ROUND}${up}H${u}`;
  }
  let [d, last, height] = [`M${x},${y}`, x, y];
  for (const [to, level] of rest) {
    const half = (last + to) / 2;
    d += level === height ? `H${to}` : `C${half},${height} ${half},${level} ${to},${level}`;
    [last, height] = [to, level];
  }
  return d;
}

/** A shortcut as a path: up, along above what it passes, and down. */
export function bow({ points }) {
  if (points.length === 2) return outline({ points, turn: null });
  const [[x, y], [, top], , [u, v]] = points;
  const wide = Math.min(16, (u - x) / 2);
  return `M${x},${y}C${x},${top + (y - top) * 0.3} ${x},${top} ${x + wide},${top}H${u - wide}C${u},${top} ${u},${top + (v - top) * 0.3} ${u},${v}`;
}

/** A row for each child of a block, with a cell for each child that it reads. */
function triangle({ count, x, y, size }) {
  const step = size / count;
  const side = (CELL * step).toFixed(2);
  let d = "";
  for (let row = 1; row < count; row++) {
    for (let column = 0; column < row; column++) d += `M${(x + column * step).toFixed(2)},${(y + row * step).toFixed(2)}h${side}v${side}h-${side}z`;
  }
  return d;
}

/** A function that measures texts in the font of an element of the page, in pixels. */
function measure(node) {
  const context = document.createElement("canvas").getContext("2d");
  context.font = `600 ${LETTERS}px ${getComputedStyle(node).fontFamily}`;
  return (text) => context.measureText(text).width;
}

function rectangle({ item, open, body, x, y, width, height, depth }, isOpen) {
  const place = open ? { x, y, width, height } : body;
  const kind = open ? `cnn-open cnn-depth-${depth % 2}` : `cnn-kind-${item.category}`;
  const fold = item.fold ? " cnn-fold" : "";
  const states = item.children ? { "aria-expanded": isOpen(item) } : {};
  return element("rect", {
    ...{ x: place.x, y: place.y, width: place.width, height: place.height, rx: open ? 6 : Math.min(2, place.width / 4) },
    ...{ class: `cnn-arch-box ${kind}${fold}`, role: "treeitem", tabindex: -1, "data-id": item.id },
    ...{ "aria-level": depth, "aria-selected": false, "aria-label": spoken(item), ...states },
  });
}

/** The diagram: { node, show(picture), paint(maps, palette), resize(zoom), mark(item), reveal(id), at(event), ... }. */
export function diagram(graph, name, isOpen) {
  const parts = Object.fromEntries(["edges", "arcs", "cells", "lit"].map((kind) => [kind, element("path", { class: `cnn-arch-${kind}` })]));
  const lines = element("g", { "aria-hidden": "true" }, ...Object.values(parts));
  const boxes = element("g", { role: "tree", "aria-label": `${name}: arrow keys move, Enter opens and closes blocks` });
  const words = element("g", { class: "cnn-arch-words", "aria-hidden": "true" });
  const pointed = element("text", { class: "cnn-arch-words cnn-arch-named", "aria-hidden": "true" });
  const faces = element("g", { class: "cnn-arch-faces", "aria-hidden": "true" });
  const svg = element("svg", {}, boxes, lines, faces, words, pointed);
  const stage = element("div", { className: "cnn-arch-stage" }, svg);
  let picture;
  let scale = 1;
  let nodes = new Map();
  let written = new Set(); // ids of the boxes whose captions are whole
  let wide; // the width of a caption, in the font of the page

  /** Draw the network as it is arranged in `next`. */
  function show(next) {
    picture = next;
    svg.setAttribute("viewBox", `0 0 ${picture.width} ${picture.height}`);
    stage.style.height = `${Math.ceil(picture.height * picture.scale + 2 * MARGIN)}px`;
    nodes = new Map(picture.boxes.map((box) => [box.item.id, rectangle(box, isOpen)]));
    boxes.replaceChildren(...nodes.values());
    parts.edges.setAttribute("d", picture.edges.map(outline).join(""));
    parts.arcs.setAttribute("d", picture.arcs.map(bow).join(""));
    parts.cells.setAttribute("d", picture.triangles.map(triangle).join(""));
    scale = null;
  }

  /** Show the maps before the boxes: all their values as bytes, one map behind the other. */
  function paint(maps, palette) {
    const canvas = element("canvas");
    faces.replaceChildren(...picture.boxes.filter(({ face }) => face).map(({ item, face }) => {
      const { from, to, shape } = item.face;
      paintSigned(canvas, { data: maps.subarray(from, to), shape }, item.category === "input" ? GREYS : palette, WHITE);
      return element("image", { ...face, href: canvas.toDataURL(), preserveAspectRatio: "none" });
    }));
  }

  /** Draw at a multiple of the size that fits, with the captions that are whole at that size. */
  function resize(zoom) {
    if (scale === picture.scale * zoom) return;
    scale = picture.scale * zoom;
    svg.setAttribute("width", Math.floor(picture.width * scale));
    svg.setAttribute("height", Math.floor(picture.height * scale));
    words.style.fontSize = pointed.style.fontSize = `${LETTERS / scale}px`;
    const whole = captions(picture, graph, scale, wide ??= measure(words));
    written = new Set(whole.filter((one) => !one.sign).map(({ id }) => id));
    words.replaceChildren(...whole.map(({ text, x, y, open, fold, sign }) => {
      const kind = [["cnn-title", open], ["cnn-fold", fold], ["cnn-sign", sign]].filter(([, on]) => on).map(([one]) => one);
      return element("text", { x, y, class: kind.join(" ") }, text);
    }));
  }

  /** Name the box of an id over its upper edge, where it has no room for a caption. */
  function label(id) {
    const box = written.has(id) ? null : nodes.has(id) && picture.boxes.find(({ item }) => item.id === id);
    pointed.textContent = box ? box.item.name : "";
    if (!box) return;
    const half = wide(box.item.name) / 2 / scale;
    pointed.setAttribute("x", Math.max(half, Math.min(picture.width - half, box.x + box.width / 2)));
    pointed.setAttribute("y", Math.max(LETTERS / scale, box.y - 3 / scale));
  }

  /** The id of the box that shows an item: its own, or that of a block around it. */
  function visible(item) {
    while (item && !nodes.has(item.id)) item = item.parent >= 0 ? graph.items[item.parent] : null;
    return item?.id;
  }

  function mark(item) {
    const id = visible(item);
    for (const node of boxes.querySelectorAll('[aria-selected="true"], [tabindex="0"]')) {
      node.setAttribute("aria-selected", "false");
      node.setAttribute("tabindex", -1);
    }
    nodes.get(id)?.setAttribute("aria-selected", "true");
    stop(item)?.setAttribute("tabindex", 0);
    const ends = ({ from, to }) => id !== undefined && (from === id || to === id);
    parts.lit.setAttribute("d", [...picture.edges.filter(ends).map(outline), ...picture.arcs.filter(ends).map(bow)].join(""));
  }

  /** The box that Tab leads to. */
  const stop = (item) => nodes.get(visible(item)) ?? nodes.get(picture.boxes[0]?.item.id);

  /** Move the window, if it must, so that a box is seen, in its middle. */
  function reveal(id, middle = false) {
    const box = picture.boxes.find(({ item }) => item.id === id);
    if (!box) return;
    for (const [from, size, way, across] of [["x", "width", "scrollLeft", stage.clientWidth], ["y", "height", "scrollTop", stage.clientHeight]]) {
      const [start, end] = [box[from] * scale, (box[from] + box[size]) * scale + 2 * MARGIN];
      const seen = start >= stage[way] && end <= stage[way] + across;
      if (middle || !seen) stage[way] = (start + Math.min(end, start + across)) / 2 - across / 2;
    }
  }

  /** The innermost box under the pointer, and whether it is its title that is hit. */
  function at({ clientX, clientY }) {
    const corner = svg.getBoundingClientRect();
    const [x, y] = [(clientX - corner.left) / scale, (clientY - corner.top) / scale];
    const near = 3 / scale;
    const box = picture.boxes.findLast((one) => x >= one.x - near && x <= one.x + one.width + near && y >= one.y - near && y <= one.y + one.height + near);
    return { box, title: Boolean(box?.open && y <= box.words.y + box.words.height) };
  }

  return { node: stage, show, paint, resize, visible, mark, label, stop, reveal, at, nodes: () => nodes, picture: () => picture, scale: () => scale };
}
