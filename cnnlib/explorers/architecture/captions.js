// What is written at a box: whole, shorter, or not at all; never cut.

import { brief, plural } from "../js/draw/format.js";

export const LINE = 14; // height of a line of text, in pixels
const LEAST = 11; // that a line needs
const BASE = 8.6; // from its upper edge to that on which letters stand
const LETTER = 6.1; // no letter of the captions' font is wider on average

export const textWidth = (text) => LETTER * text.length;

/** A name without the beginning that it shares with the block around it: "3a" in "inception_3". */
function label(item, graph) {
  const [name, start] = [item, graph.items[item.parent]].map((one) => one?.name.replace(/ block$/, "") ?? "");
  if (!start || !name.startsWith(start)) return name;
  if (/^[_/].*[a-z]/i.test(name.slice(start.length))) return name.slice(start.length + 1);
  return name.match(/(?<=[_/])[^_/]*[a-z][^_/]*$/i)?.[0] ?? name;
}

/** Kernel and stride of a note such as "7x7+2(S) relu": "7×7", "/2". */
function kernel(note) {
  const [, size, stride] = note.match(/^([\dx]+)\+([\dx]+)\(/) ?? [];
  return size ? [size.replaceAll("x", "×"), stride === "1" ? "" : `/${stride.replaceAll("x", "×")}`] : ["", ""];
}

/** A kind of layer in words: "trainable avg" for TrainableAvg, "RBF output", "dropout", "ReLU". */
const inWords = (kind) =>
  kind.split(/(?<=[a-z])(?=[A-Z][a-z]{2})|(?<=[A-Z])(?=[A-Z][a-z]{2})/).map((word) => (/^[A-Z][a-z]+$/.test(word) ? word.toLowerCase() : word)).join(" ");

/** What is written at a closed box, the longest first. */
export function caption(item, graph) {
  const maps = item.shape.at(-1);
  const [size, stride] = kernel(item.note);
  switch (item.category) {
    case "convolution":
      if (size) return [`${size}${stride}, ${maps}`, `${size}${stride}`, size];
    // a layer without a kernel is written like a dense one
    case "dense":
      return [`${inWords(item.short)} ${maps}`, String(maps)];
    case "pooling":
      return [`${inWords(item.short.replace("Pool", ""))} ${size}${stride}`.trim(), "pool"];
    case "input":
      return [item.shape.join("×"), "input"];
    case "block":
      return [label(item, graph)];
    default:
      return [inWords(item.short)];
  }
}

/** What two names have in common, without the number that follows. */
function alike(first, last = first) {
  if (first === last) return first;
  let length = 0;
  while (first[length] === last[length]) length++;
  return first.slice(0, length).replace(/[_\d]*$/, "");
}

/** The title of an open block: its name, and how many a fold stands for, the longest first. */
export function heading(item, graph) {
  if (!item.fold) return [label(item, graph)];
  const times = `×${item.children.length}`;
  const name = alike(...label(item, graph).split(" … "));
  const dense = graph.plan(item).dense ? [`${name} ${times}, each reads all before it`] : [];
  return [...dense, `${name} ${times}`.trim(), times];
}

/** The sign on a layer that only joins. */
export const sign = ({ kind }) => ({ Add: "+", Multiply: "×", Concatenate: "∥", Subtract: "−", Average: "⌀", Maximum: "max" })[kind] ?? "•";

/**
 * The captions that are whole at a scale of the drawing: [{ id, text, x, y, open, fold, sign }], x and y
 * in the drawing's units, at the lower edge of the letters. `wide` gives the width of a text in pixels.
 */
export function captions(picture, graph, scale, wide = textWidth) {
  const written = [];
  for (const { item, words, open, body, symbol } of picture.boxes) {
    if (symbol && body.height * scale >= 9) written.push({ id: item.id, text: sign(item), x: body.x + body.width / 2, y: body.y + body.height / 2 + 3.5 / scale, sign: true });
    if (!words || words.height * scale < LEAST) continue;
    const text = (open ? heading(item, graph) : caption(item, graph)).find((one) => wide(one) <= words.width * scale);
    if (!text) continue;
    const x = open ? words.x + 2 : words.x + words.width / 2;
    written.push({ id: item.id, text, x, y: words.y + BASE / scale, open, fold: item.fold });
  }
  return written;
}

/** What a fold stands for, in words. */
export const repeated = ({ children }) => `${children.length} of one form, one after the other`;

/** An item in words. */
export function spoken(item) {
  const shape = item.shape.join("×");
  if (!item.children) return [item.name, shape, [item.short, item.note].filter(Boolean).join(" ")].join(", ");
  const repeats = item.fold ? [repeated(item)] : [];
  const parts = [plural(item.layers.length, "layer"), `${brief(item.params)} parameters`, `${brief(item.macs)} MACs`];
  return [item.name, shape, ...repeats, parts.join(" · ")].join(", ");
}
