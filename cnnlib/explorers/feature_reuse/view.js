import { element, say } from "../js/draw/element.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowKeys, onKeys, pointer, widthOf } from "../js/frame/input.js";
import { drawingPanel, legible, show } from "../js/frame/stage.js";

const [ROWS, LEFT, TOP, WIDE, TALL] = [7, 86, 30, 60, 32];
const [WIDTH, HEIGHT] = [LEFT + ROWS * WIDE + 4, TOP + ROWS * TALL + 6];
const STRONGEST = 0.6; // of the colour: words stand on it

const LAYER = ["the input", "layer 1", "layer 2", "layer 3", "layer 4", "layer 5", "layer 6"];
const reading = (reader, block) => (reader < ROWS ? `Layer ${reader}` : block === "1" ? "The transition" : "The dense layer");
const head = (reader, block) => (reader < ROWS ? `layer ${reader}` : block === "1" ? "transition" : "digits");

export default explorer(({ el, read, set, signal, schedule }) => {
  const wide = widthOf(el, schedule, signal);
  const { node, stage, picture, title } = drawingPanel("cnn-figure", "Links: the arrow keys go from link to link, Enter cuts one or joins it again", { className: "cnn-small" });
  el.append(node);

  const place = () => {
    const { reader, source } = read();
    const row = Math.max(1, Math.min(ROWS, reader));
    return [row, Math.max(0, Math.min(row - 1, source))];
  };
  const choose = (reader, source) => set({ reader, source: Math.min(source, reader - 1) });
  const same = (edit, other) => edit.layer === other.layer && edit.input === other.input;
  function cut() {
    const [reader, source] = place();
    if (reader === 1) return; // the first layer reads nothing else, and has nothing that joins
    const { block, edits, inputs } = read();
    const edit = { layer: inputs[block][reader - 1], input: source };
    set({ edits: edits.some((one) => same(one, edit)) ? edits.filter((one) => !same(one, edit)) : [...edits, edit] });
  }
  arrowKeys(stage, () => [place()[0] - 1, place()[1]], () => [ROWS, ROWS], (row, column) => choose(row + 1, column), signal);
  onKeys(stage, ["Enter", " "], cut, signal);
  pointer(picture, (y, x, { type }) => {
    const [reader, source] = [Math.floor((y * HEIGHT - TOP) / TALL) + 1, Math.floor((x * WIDTH - LEFT) / WIDE)];
    if (reader < 1 || reader > ROWS || source < 0 || source >= reader) return;
    choose(reader, source);
    if (type === "pointerdown") cut();
  }, signal);

  return ({ block, shown, links, inputs, edits }) => {
    const [reader, source] = place();
    const { weights, right } = links[block];
    const values = shown === "weights" ? weights : right.map((row) => row.map((one) => links.all - one));
    const most = values.map((row) => Math.max(1e-9, shown === "weights" ? Math.max(...row) : Math.max(...values.flat())));
    const isCut = (row, column) => edits.some((one) => same(one, { layer: inputs[block][row], input: column }));
    const cell = (value, row, column) => {
      const [x, y] = [LEFT + column * WIDE, TOP + row * TALL];
      return [
        element("rect", { class: "cnn-cell", x, y, width: WIDE - 3, height: TALL - 3, rx: 4 }),
        element("rect", { class: "cnn-reuse", "fill-opacity": (STRONGEST * Math.max(0, value)) / most[row], x, y, width: WIDE - 3, height: TALL - 3, rx: 4 }),
        element("text", { class: "cnn-label", x: x + WIDE / 2 - 1, y: y + TALL / 2 - 1, dy: "0.35em", "text-anchor": "middle" }, shown === "weights" ? value.toFixed(2).replace(/^0/, "") : String(value).replace("-", "−")),
        ...(isCut(row, column) ? [element("path", { class: "cnn-gone", d: `M${x + 6} ${y + 4} L${x + WIDE - 9} ${y + TALL - 7} M${x + WIDE - 9} ${y + 4} L${x + 6} ${y + TALL - 7}` })] : []),
      ];
    };
    const label = (words, x, y, anchor) => element("text", { class: "cnn-tick", x, y, dy: "0.35em", "text-anchor": anchor }, words);
    say(title, shown === "weights" ? "Mean size of the weights with which a layer (row) reads an earlier one (column)" : "Digits of 200 that are lost when a layer (row) does not read an earlier one (column)");
    show(picture, [
      ...values.map((_, row) => label(head(row + 1, block), LEFT - 8, TOP + row * TALL + TALL / 2 - 1, "end")),
      ...values.map((_, column) => label(column ? String(column) : "input", LEFT + column * WIDE + WIDE / 2 - 1, TOP - 12, "middle")),
      ...values.flatMap((row, i) => row.flatMap((value, column) => cell(value, i, column))),
      element("rect", { class: "cnn-chosen-switch", x: LEFT + source * WIDE - 1, y: TOP + (reader - 1) * TALL - 1, width: WIDE - 1, height: TALL - 1, rx: 5 }),
    ], WIDTH, HEIGHT);
    legible(picture, WIDTH, wide());
    const state = reader === 1 ? "It reads nothing else" : isCut(reader - 1, source) ? "Cut" : "Not cut";
    return `${reading(reader, block)} of block ${block} reads ${LAYER[source]} with weights of ${weights[reader - 1][source].toFixed(3)} in the mean. ` +
      `Without this link ${right[reader - 1][source]} of 200 digits are named rightly, with all ${links.all}. ${state}.`;
  };
});
