// Every map of every layer, the links between layers, and wires from one map to what it reads.

import { element, renew, say } from "../js/draw/element.js";
import { onKeys, widthOf } from "../js/frame/input.js";
import { GREYS, paintMaps } from "./atlas.js";
import { reads, sidesOf } from "./graph.js";
import { layout, mapAt, placeOf } from "./layout.js";

const BESIDE = 14; // CSS pixels of the classes' names beside the last layer
const [LETTER, LINE, SPACE] = [6.4, 12, 3]; // CSS pixels of a letter of a name, of its line, and between two names
const SHORT = { Conv2D: "conv", DepthwiseConv2D: "depth", Add: "add", BatchNormalization: "bn", ReLU: "relu" }; // where a name is too long; the last give way
const RANKS = Object.keys(SHORT);
const HINTS = ["Point at a map, click to open it; Delete switches it off.", "Click opens a map, Delete switches it off. Scroll to see the rest."];
const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

const frame = (className, [x, y], side, out = 1) =>
  element("rect", { class: className, x: x - out, y: y - out, width: side + 2 * out, height: side + 2 * out, rx: 2 });

/** A curve from the right of one map to the left of another. */
function wire([x1, y1], [x2, y2], { strength, sign }) {
  const bend = Math.max(12, (x2 - x1) / 2);
  const path = `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  return element("path", { class: `cnn-strand ${sign}`, d: path, "stroke-width": (0.8 + 2.2 * strength).toFixed(1) });
}

/**
 * The drawing of `graph`, whose classes have `names`. `choose(layer, channel)` is called for the map that is clicked or reached by keys, `toggle(edit)`
 * for what is to be switched off or on. Returns { node, hint, draw, pointed() }.
 */
export function mapsOf({ graph, names, choose, toggle, schedule, signal }) {
  const links = element("svg", { class: "cnn-links", "aria-hidden": "true" });
  const overlay = element("svg", { class: "cnn-reads", "aria-hidden": "true" });
  const canvases = new Map(graph.shown.map((i) => [i, element("canvas", { "aria-hidden": "true" })]));
  const sheet = element("div", { className: "cnn-sheet" }, links, ...canvases.values(), overlay);
  const node = element("div", {
    className: "cnn-maps", role: "application", tabIndex: 0,
    "aria-label": "Maps: left and right arrow keys go from layer to layer, up and down from map to map, Delete switches a map off or on",
  }, sheet);
  const hint = element("p", { className: "cnn-hint" });
  const wide = widthOf(node, schedule, signal);
  const offered = graph.layers.map(({ inputs }) => inputs.length > 1); // layers whose inputs can be cut
  const brief = names.every((name) => name.length < 3);
  let [placed, room, pointed] = [null, 0, null];

  function place() {
    if (placed && room === wide()) return;
    room = wide();
    placed = layout(graph, room - 2 - (brief ? BESIDE : 0));
    for (const svg of [links, overlay]) svg.setAttribute("viewBox", `0 0 ${placed.width + (brief ? BESIDE : 0)} ${placed.height}`);
    sheet.style.width = `${placed.width + (brief ? BESIDE : 0)}px`;
    sheet.style.height = `${placed.height}px`;
    for (const [i, { x, y, width, height }] of placed.blocks) {
      const style = { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` };
      Object.assign(canvases.get(i).style, style);
    }
  }

  /** Thin lines in the colour of the page between the maps of a block. */
  function seams({ x, y, cell, rows, columns, width, height }) {
    const step = cell + 2;
    const down = Array.from({ length: columns - 1 }, (_, k) => `M${x + ((k + 1) * width) / columns} ${y}v${height}`);
    const across = Array.from({ length: rows - 1 }, (_, k) => `M${x} ${y + ((k + 1) * height) / rows}h${width}`);
    return element("path", { class: "cnn-seam", d: [...down, ...across].join(""), "stroke-width": step > 12 ? 2 : 1 });
  }

  const at = (event) => {
    const box = sheet.getBoundingClientRect();
    return mapAt(placed, graph, event.clientX - box.left, event.clientY - box.top);
  };
  const on = (name, act) => sheet.addEventListener(name, act, { signal });
  on("pointermove", (event) => {
    const found = at(event);
    if (found?.layer === pointed?.layer && found?.channel === pointed?.channel) return;
    pointed = found;
    schedule();
  });
  on("pointerleave", () => {
    pointed = null;
    schedule();
  });
  on("click", (event) => {
    const found = at(event);
    if (found) choose(found.layer, found.channel);
    else if (event.target.dataset.input) toggle({ layer: event.target.dataset.layer, input: Number(event.target.dataset.input) });
  });

  let chosen = { layer: 0, channel: 0 };
  let led = false; // by the keys, to what may not be in sight
  onKeys(node, ARROWS, (key) => {
    pointed = null; // the keys lead now
    const { layer, channel } = chosen;
    const go = (to, k) => {
      const last = sidesOf(graph.layers[to]).at(-1) - 1;
      chosen = { layer: to, channel: Math.max(0, Math.min(last, k)) };
      choose(chosen.layer, chosen.channel);
      led = true;
    };
    const rank = graph.shown.indexOf(layer) + { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (rank in graph.shown) go(graph.shown[rank], channel);
    else if (key === "ArrowUp") go(layer, channel - 1);
    else if (key === "ArrowDown") go(layer, channel + 1);
  }, signal);
  onKeys(node, ["Delete", "Backspace"], () => toggle({ layer: graph.layers[chosen.layer].name, map: chosen.channel }), signal);

  const centre = (one, k, right) => {
    const [x, y] = placeOf(one, k);
    return [x + (right ? one.cell : 0), y + one.cell / 2];
  };

  /** Wires to all that a map reads, by what each adds where that is known; those to `severed` slices are cut. */
  function wires({ layer, channel }, contributions, severed) {
    const most = Math.max(...(contributions ?? []).map(Math.abs), 1e-9);
    let slice = 0;
    return reads(graph, layer, channel).flatMap(({ layer: from, channels }) =>
      channels.map((k) => {
        const cut = severed.includes(slice);
        const part = contributions?.[slice++];
        const how = part === undefined || cut
          ? { strength: 0.3, sign: cut ? "cnn-severed" : "" }
          : { strength: Math.abs(part) / most, sign: part < 0 ? "cnn-minus" : "cnn-plus" };
        return wire(centre(placed.blocks.get(from), k, true), centre(placed.blocks.get(layer), channel), how);
      }));
  }

  function drawLinks(best) {
    renew(links, ...placed.links.flatMap(({ from, to, input, path }) => {
      const cut = graph.layers[to].cut.has(input);
      const line = element("path", { class: cut ? "cnn-pipe cnn-severed" : "cnn-pipe", d: path });
      const target = element("path", { class: "cnn-link-target", d: path, "data-layer": graph.layers[to].name, "data-input": input });
      return offered[to] ? [line, target] : [line];
    }), ...layerNames(), ...classNames(best));
  }

  /** The layers' names below their maps, whole or short, where they do not meet. */
  function layerNames() {
    const written = [];
    const rank = ([i]) => RANKS.indexOf(graph.layers[i].kind);
    return [...placed.blocks].sort((a, b) => rank(a) - rank(b)).flatMap(([i, { x, y, width, height, room: column }]) => {
      const { name, kind } = graph.layers[i];
      const last = i === graph.shown.at(-1) && brief ? BESIDE : 0; // beside which there is room
      for (const text of [name.replace(/.*\//, ""), SHORT[kind]].filter(Boolean)) {
        const half = (text.length * LETTER) / 2;
        const place = { half, x: Math.max(half, Math.min(placed.width + last - half, x + width / 2)), y: y + height + 13 };
        if (2 * half >= column + 2 * (LETTER + last)) continue;
        if (written.some((one) => Math.abs(one.y - place.y) < LINE && Math.abs(one.x - place.x) < one.half + half + SPACE)) continue;
        written.push(place);
        return [element("text", { class: "cnn-layer-name", x: place.x, y: place.y }, text)];
      }
      return [];
    });
  }

  /** The classes' names beside the last layer, where they are short. */
  function classNames(best) {
    const last = placed.blocks.get(graph.shown.at(-1));
    if (!brief || last.columns > 1) return [];
    const how = (k) => (k === best ? "cnn-layer-name cnn-best" : "cnn-layer-name");
    return names.map((name, k) => element("text", { class: how(k), x: last.x + last.width + 8, y: placeOf(last, k)[1] + last.cell / 2 + 4 }, name));
  }

  function cross([x, y], side) {
    return element("path", { class: "cnn-crossed", d: `M${x} ${y}l${side} ${side}m0 ${-side}l${-side} ${side}` });
  }

  /** `shown` is { values(i), limits, colours, chosen, best, contributions(map), severed(map) }; the class `best` is named in bold. */
  function draw(shown) {
    place();
    say(hint, HINTS[Number(placed.height > node.clientHeight + LINE)]);
    ({ chosen } = shown);
    drawLinks(shown.best);
    for (const [i, canvas] of canvases) {
      const { columns } = placed.blocks.get(i);
      const output = { data: shown.values(i).data, shape: sidesOf(graph.layers[i]) };
      paintMaps(canvas, output, columns, i ? shown.colours : GREYS, shown.limits[i]);
    }
    const looked = pointed ?? chosen;
    const block = placed.blocks.get(looked.layer);
    const here = placed.blocks.get(chosen.layer);
    renew(overlay,
      ...[...placed.blocks.values()].map(seams),
      ...[...placed.blocks].flatMap(([i, one]) => [...graph.layers[i].silent].map((k) => cross(placeOf(one, k), one.cell))),
      ...wires(looked, shown.contributions(looked), shown.severed(looked)),
      frame("cnn-pointed", placeOf(block, looked.channel), block.cell),
      frame("cnn-chosen", placeOf(here, chosen.channel), here.cell));
    if (led) overlay.lastChild.scrollIntoView({ block: "nearest", inline: "nearest" });
    led = false;
  }

  return { node, hint, draw, pointed: () => pointed };
}
