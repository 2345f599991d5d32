// What the reader has broken: a list of { layer } with one of
//   { weight, at: indices, value } a weight changed, { map } a map or unit switched off,
//   { input } an input of a layer that joins several, cut, { slice: [k, s] } slice s of the kernel of
//   map k cut: its weights are zeros.

import { short } from "../js/draw/format.js";
import { connectionAt, flat } from "./explain.js";
import { reads } from "./graph.js";

const KINDS = ["map", "input", "slice"];
const kindOf = (edit) => KINDS.find((kind) => kind in edit) ?? "weight";
const key = (edit) => JSON.stringify([edit.layer, kindOf(edit), edit.weight ?? edit[kindOf(edit)], edit.at]);

/** The list with an edit, in place of one of the same thing. */
export const withEdit = (edits, edit) => [...edits.filter((one) => key(one) !== key(edit)), edit];

/** The list with a map, a unit or an input off or on again. */
export const toggled = (edits, edit) =>
  edits.some((one) => key(one) === key(edit)) ? edits.filter((one) => key(one) !== key(edit)) : [...edits, edit];

/** Whether a map, a unit or an input is off. */
export const isOff = (edits, edit) => edits.some((one) => key(one) === key(edit));

/** The edits without those of weights that are as they were trained; `trained(edit)` is that value. */
export const effective = (edits, trained) => edits.filter((one) => kindOf(one) !== "weight" || one.value !== trained(one));

/** The trained value of the weight that an edit changes, in a layer's weights { name: { data, shape } }. */
export const valueAt = (weights, { weight, at }) => weights[weight].data[flat(weights[weight].shape, at)];

const unitsOf = ({ shape }) => (shape.length === 1 ? "unit" : "map");

const brief = (name) => name.replace(/.*\//, "");

/** Where the weight that an edit changes stands, in words that count maps, units, slices and inputs from 1. */
function placeOf({ weight, at }, layer) {
  const { name, kind, weights } = layer;
  const of = (k) => `${weight} of ${unitsOf(layer)} ${k + 1} of ${name}`;
  if (at.length === 1) return of(at[0]);
  if (kind === "RBFOutput") return `cell ${at[1] + 1} of the bitmap of unit ${at[0] + 1} of ${name}`;
  if (kind === "Dense") return `${of(at[1])}, input ${at[0] + 1},`;
  const [row, column, slice, k] = at;
  if (kind === "PartialConvolution2D") {
    const [map, read] = connectionAt(layer, slice);
    return `${of(map)}, slice ${read + 1}, row ${row}, column ${column},`;
  }
  const [, , slices, multiplier] = weights[weight].shape;
  if (kind === "DepthwiseConv2D") return `${of(slice * multiplier + k)}, row ${row}, column ${column},`;
  if (kind !== "Conv2D") return `${weight} [${at}] of ${name}`;
  return `${of(k)}, ${slices > 1 ? `slice ${slice + 1}, ` : ""}row ${row}, column ${column},`;
}

/** One edit in words; `trained(edit)` is its weight's value before. */
function said(edit, graph, trained) {
  const { layers } = graph;
  const i = layers.findIndex(({ name }) => name === edit.layer);
  const layer = layers[i];
  if (edit.slice) {
    const [k, slice] = edit.slice;
    const [from] = reads(graph, i, k);
    return `map ${from.channels[slice] + 1} of ${brief(layers[from.layer].name)} → map ${k + 1} of ${edit.layer} cut`;
  }
  if (edit.map !== undefined) return `${unitsOf(layer)} ${edit.map + 1} of ${edit.layer} off`;
  if (edit.input !== undefined) return `${brief(layers[layer.inputs[edit.input]].name)} → ${edit.layer} cut`;
  return `${placeOf(edit, layer)} ${short(trained(edit))} → ${short(edit.value)}`;
}

const MOST = 3; // edits named one by one

/** What is broken, in words, or "". */
export function saidOf(edits, graph, trained) {
  const named = edits.map((one) => said(one, graph, trained));
  if (named.length <= MOST) return named.length ? `Broken: ${named.join("; ")}.` : "";
  const places = [...new Set(edits.map(({ layer }) => layer))];
  return `Broken: ${named.length} things in ${places.join(", ")}.`;
}
