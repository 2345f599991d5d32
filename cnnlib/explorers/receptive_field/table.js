// A stack of layers in words and numbers: its table, and the recurrences written out.

import { clamp, count } from "./math.js";
import { element, renew } from "../js/draw/element.js";
import { plural, signed } from "../js/draw/format.js";

export const squared = (size) => `${size}×${size}`;
export const range = ([first, last]) => (first === last ? signed(first) : `${signed(first)} to ${signed(last)}`);

export function zerosInWords(padding) {
  if (typeof padding === "string") return padding;
  return plural(padding, "zero");
}

/** A layer in few words, as "conv 3×3, stride 2". */
export function brief({ kind, kernel, stride, dilation }) {
  const more = [stride > 1 && `/${stride}`, dilation > 1 && `d${dilation}`].filter(Boolean).join(" ");
  return `${kind === "pooling" ? "pool" : "conv"} ${squared(kernel)}${more && ` ${more}`}`;
}

const COLUMNS = ["Layer", "", "Output", "Field", "Jump", "Padding", "Centre"];

/** A name that may go on in the next line after an underscore. */
const foldable = (name) => name.split(/(?<=_)/).flatMap((part) => [part, element("wbr")]);

function tableRows(rows, layers) {
  return count(0, layers.length + 1).map((l) => {
    const row = rows[l];
    const cells = l ? [layers[l - 1].name || `layer ${l}`, `${brief(layers[l - 1])}, ${zerosInWords(layers[l - 1].padding)}`] : ["picture", ""];
    const figures = row
      ? [squared(row.outputs), row.size, row.jump, row.padding, signed(row.centre)]
      : ["does not fit", "", "", "", ""];
    const wide = row && row.size > rows[0].outputs;
    return element(
      "tr",
      { className: wide ? "cnn-beyond" : "" },
      element("th", { scope: "row" }, ...foldable(cells[0])),
      ...[cells[1], ...figures].map((one) => element("td", {}, String(one))),
    );
  });
}

/** The table of all layers: { node, draw(rows, layers, layer, width) }; a click calls `choose(layer)`. */
export function layerTable({ choose, signal }) {
  const body = element("tbody");
  const head = element("thead", {}, element("tr", {}, ...COLUMNS.map((name) => element(name ? "th" : "td", name ? { scope: "col" } : {}, name))));
  const node = element("div", { className: "cnn-layers", role: "group", tabIndex: 0, "aria-label": "All layers" }, element("table", {}, head, body));
  body.addEventListener("click", (event) => {
    const line = event.target.closest("tr")?.rowIndex;
    if (line) choose(line - 1);
  }, { signal });

  function keepInSight({ offsetTop, offsetHeight }) {
    const [least, most] = [offsetTop + offsetHeight - node.clientHeight, offsetTop - 2 * offsetHeight];
    if (node.scrollHeight > node.clientHeight) node.scrollTop = clamp(node.scrollTop, least, Math.max(least, most));
  }

  let shown = {};
  function draw(rows, layers, layer, width) {
    if (shown.rows !== rows) renew(body, ...tableRows(rows, layers));
    [...body.children].forEach((line, l) => line.classList.toggle("cnn-now", l === layer));
    const key = `${layer} ${layers.length} ${width}`;
    if (shown.key !== key) keepInSight(body.children[layer]); // lays the page out
    shown = { rows, key };
  }
  return { node, draw };
}

/** The four recurrences of a layer with its numbers. */
export function sums(rows, layers, l) {
  const [row, below] = [rows[l], rows[l - 1]];
  const { kernel, stride, dilation } = layers[l - 1];
  const spanned = dilation > 1 ? `(${row.reach} − 1)` : `(${kernel} − 1)`;
  return [
    ["field", `${below.size} + ${spanned} · ${below.jump} = ${row.size}`],
    ["jump", `${below.jump} · ${stride} = ${row.jump}`],
    ["padding", `${below.padding} + ${row.before} · ${below.jump} = ${row.padding}`],
    ["centre", `(${row.size} − 1)/2 − ${row.padding} = ${signed(row.centre)}`],
  ];
}
