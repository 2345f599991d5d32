import { element } from "../js/draw/element.js";
import { brief, whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [LEFT, PITCH, BOX, ROW, TOP, GAP] = [70, 72, 64, 17, 24, 10];
const MAPS = [64, 128, 256, 512, 512];
const ROWS = [2, 2, 4, 4, 4, 3]; // boxes of the longest block
const tops = ROWS.map((_, block) => TOP + ROWS.slice(0, block).reduce((sum, rows) => sum + rows * ROW + GAP, 0));
const FOOT = tops.at(-1) + 3 * ROW + 8;
const HEIGHT = FOOT + 46;

const counted = (boxes) => boxes.filter((box) => box !== "LRN").length;

export default figure({
  size: [LEFT + 6 * PITCH, HEIGHT],
  label: "Configurations: left and right arrow keys go from column to column",
  step: ({ column, columns }, [, right]) => ({ column: Object.keys(columns)[Object.keys(columns).indexOf(column) + right] ?? column }),
  point: ({ column, columns }, [x]) => ({ column: Object.keys(columns)[Math.floor((x - LEFT) / PITCH)] ?? column }),
  draw({ column, columns }) {
    const names = Object.keys(columns);
    const text = (className, words, x, y, anchor = "middle") => element("text", { class: className, x, y, dy: "0.35em", "text-anchor": anchor }, words);
    const added = (name, block, row) => {
      const before = columns[names[names.indexOf(name) - 1]];
      return before && before.blocks[block][row] !== columns[name].blocks[block][row];
    };
    const boxes = names.flatMap((name, i) => columns[name].blocks.flatMap((block, b) => block.flatMap((kernel, row) => {
      const [x, y] = [LEFT + i * PITCH + 4, tops[b] + row * ROW];
      return [
        element("rect", { class: `cnn-cell${added(name, b, row) ? " cnn-lit" : ""}`, x, y, width: BOX, height: ROW - 1, rx: 2 }),
        text(added(name, b, row) ? "cnn-axis" : "cnn-tick", kernel, x + BOX / 2, y + ROW / 2),
      ];
    })));
    const { blocks, params, macs, errors } = columns[column];
    const convolutions = counted(blocks.slice(0, -1).flat());
    const place = names.indexOf(column);
    return {
      title: `${column}: ${convolutions} convolutions and 3 dense layers are ${convolutions + 3} layers with weights`,
      parts: [
        text("cnn-axis", "maps", 2, 10, "start"),
        ...MAPS.map((maps, b) => text("cnn-tick", maps, 2, tops[b] + ROW / 2, "start")),
        ...boxes,
        ...[["million", ({ params: all }) => (all / 1e6).toFixed(1)], ["top-5, %", ({ errors: [, five] }) => five.toFixed(1)]].flatMap(([words, value], row) => [
          text("cnn-axis", words, 2, FOOT + 12 + 18 * row, "start"),
          ...names.map((name, i) => text("cnn-axis", value(columns[name]), LEFT + i * PITCH + PITCH / 2, FOOT + 12 + 18 * row)),
        ]),
        ...names.map((name, i) => text("cnn-axis", name, LEFT + i * PITCH + PITCH / 2, 10)),
        element("rect", { class: "cnn-chosen-column", x: LEFT + place * PITCH + 1, y: 1, width: PITCH - 4, height: HEIGHT - 2, rx: 4 }),
      ],
      words: `${column}: ${whole(params)} parameters, ${brief(macs)} MACs; published errors: top-1 ${errors[0].toFixed(1)} %, top-5 ${errors[1].toFixed(1)} %.`,
    };
  },
});
