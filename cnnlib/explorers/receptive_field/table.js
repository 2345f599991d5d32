// A stack of layers in words and numbers: its table, and the recurrences written out.

import { count } from "./math.js";
import { element } from "../js/draw/draw.js";

export const signed = (number) => String(number).replace("-", "−");
export const squared = (size) => `${size}×${size}`;
export const range = ([first, last]) => (first === last ? signed(first) : `${signed(first)} to ${signed(last)}`);

export function zerosInWords(padding) {
  if (typeof padding === "string") return padding;
  return padding === 1 ? "1 zero" : `${padding} zeros`;
}

/** A layer in few words, as "conv 3×3, stride 2". */
export function brief({ kind, kernel, stride, dilation }) {
  const more = [stride > 1 && `/${stride}`, dilation > 1 && `d${dilation}`].filter(Boolean).join(" ");
  return `${kind === "pooling" ? "pool" : "conv"} ${squared(kernel)}${more && ` ${more}`}`;
}

export const COLUMNS = ["Layer", "", "Output", "Field", "Jump", "Padding", "Centre"];

export function tableRows(rows, layers) {
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
      element("th", { scope: "row" }, cells[0]),
      ...[cells[1], ...figures].map((one) => element("td", {}, String(one))),
    );
  });
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
