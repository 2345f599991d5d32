import { element } from "../js/draw/element.js";
import { percent, plural, whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [CELL, RISE, FOOT, BAR] = [25, 34, 152, 6.5]; // BAR: units of length for C² weights
const [STACK, SINGLE] = [134, 420]; // where the middles stand

const cell = (x, y, lit) => element("rect", { class: lit ? "cnn-cell cnn-lit" : "cnn-cell", x: x - CELL / 2 + 1, y: y - CELL / 2 + 1, width: CELL - 2, height: CELL - 2, rx: 3 });
const wire = (x1, y1, x2, y2) => element("line", { class: "cnn-edge cnn-lit", x1, y1, x2, y2 });

/** Rows of cells, [count, height] from the pixels up; a unit reads the `reach` cells below it. */
function tower(middle, rows, reach) {
  const at = (count, i) => middle + (i - (count - 1) / 2) * CELL;
  const wires = rows.slice(1).flatMap(([count, y], l) => Array.from({ length: count * reach }, (_, k) => {
    const unit = Math.floor(k / reach);
    return wire(at(count, unit), y, at(rows[l][0], unit + (k % reach)), rows[l][1]);
  }));
  return [...wires, ...rows.flatMap(([count, y], l) => Array.from({ length: count }, (_, i) => cell(at(count, i), y, l > 0)))];
}

export default figure({
  size: [540, 246],
  label: "Stack: left and right arrow keys take away and add layers, up and down change the maps",
  step: ({ layers, maps }, [down, right]) => ({ layers: layers + right, maps: maps - 16 * down }),
  draw({ layers, maps }) {
    const side = 2 * layers + 1;
    const rows = Array.from({ length: layers + 1 }, (_, l) => [2 * (layers - l) + 1, FOOT - l * RISE]);
    const [stacked, single] = [9 * layers, side ** 2];
    const more = single === stacked ? "as many" : `${percent(single / stacked - 1)} more`;
    const text = (words, x, y, anchor = "middle") => element("text", { class: "cnn-axis", x, y, "text-anchor": anchor }, words);
    const bar = (count, y, name, lit) => [
      element("rect", { class: lit ? "cnn-cell cnn-lit" : "cnn-cell", x: 2, y, width: BAR * count, height: 20, rx: 3 }),
      text(`${count} C² = ${whole(count * maps ** 2)}: ${name}`, BAR * count + (count > 40 ? -8 : 10), y + 15, count > 40 ? "end" : "start"),
    ];
    return {
      parts: [
        ...tower(STACK, rows, 3),
        ...tower(SINGLE, [[side, FOOT], [1, FOOT - layers * RISE]], side),
        text(`${side} pixels, ${plural(layers, "ReLU")}`, STACK, FOOT + 26),
        text(`${side} pixels, 1 ReLU`, SINGLE, FOOT + 26),
        ...bar(stacked, FOOT + 42, layers === 1 ? "one 3×3" : `${layers} times 3×3`, true),
        ...bar(single, FOOT + 68, `one ${side}×${side}`, false),
      ],
      words: `With ${maps} maps: ${plural(layers, "layer")} of 3×3 ${layers === 1 ? "has" : "have"} ${whole(stacked * maps ** 2)} weights and ${plural(layers, "ReLU")}, ` +
        `one kernel of ${side}×${side} has ${whole(single * maps ** 2)}, ${more}, and 1 ReLU.`,
    };
  },
});
