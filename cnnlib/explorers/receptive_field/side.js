// A stack of layers from the side: a row of neurons for each, and lines to what the chosen one sees.

import { clamp, count, fieldsBelow, sharesBelow } from "./math.js";
import { brief } from "./table.js";
import { element } from "../js/draw/element.js";

const [TALL, CLOSEST, LOOSEST] = [150, 9, 62]; // from the first row to the last, and from one to the next, in CSS pixels
const SHADES = 6; // steps of light in a row of neurons
const TELL_APART = 2; // pixels that a cell needs to be drawn by itself
const EDGES = 260; // with more lines between two rows the cone alone says more

/** Where everything lies: x of an input cell's place, y of a row, sizes. */
export function sideLayout(rows, layers, width) {
  const pitch = clamp(TALL / layers.length, CLOSEST, LOOSEST);
  const font = pitch < 20 ? 9.5 : 12;
  const longest = Math.max(...layers.map((layer) => Math.max(layer.name.length, pitch > 30 || !layer.name ? brief(layer).length : 0)));
  const [left, right] = [clamp(longest * font * 0.66 + 12, 60, 140), font * 2.4 + 6];
  const edges = rows.flatMap((row, l) => {
    const above = rows[l + 1] ?? { before: 0, after: 0 };
    const first = row.centre - (above.before + 0.5) * row.jump;
    return [first, row.centre + (row.outputs - 0.5 + above.after) * row.jump];
  });
  const [low, high] = [Math.min(...edges), Math.max(...edges)];
  const unit = (width - left - right) / (high - low);
  const cell = clamp(pitch * 0.42, 2, 20);
  const top = Math.max(2, font - cell / 2);
  return {
    ...{ left, right, top, width, font, unit, pitch, cell },
    outlines: [], // of whole rows, which stay as they are while the neuron moves
    height: layers.length * pitch + cell + 2 * top,
    x: (place) => left + (place - low) * unit,
    y: (l) => top + (layers.length - l) * pitch,
    wide: ({ jump }) => jump * unit - Math.min(2, 0.22 * jump * unit),
    middle: (row, neuron) => row.centre + neuron * row.jump,
  };
}

/** Neighbouring cells joined, as pairs of the first and the last. */
function runsOf(cells) {
  const runs = [];
  for (const cell of cells) {
    if (runs.length && runs.at(-1)[1] === cell - 1) runs.at(-1)[1] = cell;
    else runs.push([cell, cell]);
  }
  return runs;
}

/** The outline of some cells of a row as one path; cells too small to be told apart become bars. */
function cellsPath(layout, row, l, cells) {
  const [wide, tall, y] = [layout.wide(row), layout.cell, layout.y(l)];
  const left = (cell) => layout.x(layout.middle(row, cell)) - wide / 2;
  if (wide < TELL_APART) {
    const bar = ([first, last]) => `M${left(first)},${y}H${left(last) + wide}v${tall}H${left(first)}z`;
    return runsOf(cells).map(bar).join("");
  }
  const r = Math.min(wide, tall) > 8 ? 3 : 0;
  const corner = (right, down) => (r ? `a${r},${r} 0 0 1 ${right * r},${down * r}` : "");
  const [along, down] = [(wide - 2 * r).toFixed(2), tall - 2 * r];
  const cell = `h${along}${corner(1, 1)}v${down}${corner(-1, 1)}h-${along}${corner(-1, -1)}v-${down}${corner(1, -1)}z`;
  return cells.map((index) => `M${(left(index) + r).toFixed(2)},${y}${cell}`).join("");
}

function rowParts(layout, rows, layers, l, lit, alike) {
  const row = rows[l];
  const kind = l ? layers[l - 1].kind : "input";
  const parts = [];
  const path = (className, cells, more = {}) =>
    cells.length && parts.push(element("path", { class: className, d: cellsPath(layout, row, l, cells), ...more }));
  const above = rows[l + 1];
  if (above && layout.wide(row) > 2) {
    path("cnn-row-zero", [...count(-above.before, 0), ...count(row.outputs, row.outputs + above.after)]);
  }
  const whole = (layout.outlines[l] ??= cellsPath(layout, row, l, count(0, row.outputs)));
  parts.push(element("path", { class: `cnn-row-${kind}`, d: whole }));
  if (!lit) return parts;
  const most = lit.reduce((a, b) => Math.max(a, b), 0);
  const steps = Array.from({ length: SHADES }, () => []);
  lit.forEach((share, cell) => {
    if (share) steps[alike ? SHADES - 1 : Math.max(0, Math.ceil(Math.sqrt(share / most) * SHADES) - 1)].push(cell);
  });
  steps.forEach((cells, step) => path("cnn-row-lit", cells, { "fill-opacity": (step + 1) / SHADES }));
  return parts;
}

/** The theory's field in every row, as one shape from the chosen neuron down to the picture. */
function conePart(layout, rows, fields) {
  const levels = count(0, fields.length).reverse();
  const edge = (l, side) => layout.x(layout.middle(rows[l], fields[l][side]) + (side - 0.5) * rows[l].jump);
  const corners = (l, side) => [layout.y(l), layout.y(l) + layout.cell].map((y) => `${edge(l, side)},${y}`);
  const left = levels.flatMap((l) => corners(l, 0));
  const right = levels.flatMap((l) => corners(l, 1));
  return element("path", { class: "cnn-cone", d: `M${[...left, ...right.reverse()].join("L")}z` });
}

/** Lines from the lit cells of row l to what they read below, where there is room for them. */
function lineParts(layout, rows, layers, l, shares) {
  const [upper, lower] = [rows[l], rows[l - 1]];
  const { kernel, stride, dilation } = layers[l - 1];
  const [top, bottom] = [layout.y(l) + layout.cell, layout.y(l - 1)];
  const lit = [...shares[l].keys()].filter((u) => shares[l][u]);
  if (lit.length * kernel > EDGES || layout.pitch < 20 || layout.wide(lower) < 3) return [];
  const lines = lit.flatMap((u) =>
    count(0, kernel).map((v) => {
      const cell = u * stride - upper.before + v * dilation;
      return `M${layout.x(layout.middle(upper, u))},${top}L${layout.x(layout.middle(lower, cell))},${bottom}`;
    }),
  );
  return [element("path", { class: "cnn-cone-line", d: lines.join("") })];
}

function labelParts(layout, rows, layers, l, chosen) {
  const middle = layout.y(l) + layout.cell / 2;
  const parts = [];
  const text = (className, x, y, words, anchor) =>
    parts.push(element("text", { class: className, x, y, "text-anchor": anchor, "font-size": layout.font }, words));
  const name = l === chosen ? "cnn-row-name cnn-chosen-layer" : "cnn-row-name";
  const kind = l ? brief(layers[l - 1]) : "";
  const first = l ? layers[l - 1].name || kind : "picture";
  const two = layout.pitch > 30 && kind && first !== kind;
  text(name, layout.left - 8, middle + (two ? -2 : 4), first, "end");
  if (two) text("cnn-row-kind", layout.left - 8, middle + 12, kind, "end");
  const outputs = rows[l] ? String(rows[l].outputs) : "–";
  text("cnn-row-kind", layout.width - layout.right + 6, middle + 4, outputs, "start");
  return parts;
}

/** The drawing: `shown` is the neuron whose field is lit, `chosen` the layer that is being changed. */
export function sideParts(layout, rows, layers, shown, chosen, alike) {
  const { layer, column } = shown;
  const fields = fieldsBelow(rows, layers, layer, column);
  const shares = sharesBelow(rows, layers, layer, column);
  const lines = count(1, layer + 1).flatMap((l) => lineParts(layout, rows, layers, l, shares));
  const cells = rows.flatMap((_, l) => rowParts(layout, rows, layers, l, shares[l], alike));
  const labels = count(0, layers.length + 1).flatMap((l) => labelParts(layout, rows, layers, l, chosen));
  const frame = element("path", { class: "cnn-row-chosen", d: cellsPath(layout, rows[layer], layer, [column]) });
  const width = layout.width - layout.left - layout.right + 4;
  const box = { x: layout.left - 2, y: 0, width, height: layout.height };
  const clip = element("svg", { ...box, viewBox: Object.values(box).join(" ") });
  clip.append(conePart(layout, rows, fields), ...lines, ...cells, frame);
  return [clip, ...labels];
}
