import { element } from "../js/draw/element.js";
import { plural, three } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [POOLED, KERNEL, CROP] = [32, 7, 224]; // pixels to a cell of the last maps; cells that fc1 reads; side it learned with
const [CELL, TOP, ANSWERS] = [16, 22, 330];

const grid = (name, side, left, lit) => [
  element("text", { class: "cnn-axis", x: left, y: 14 }, `${name}, ${side}×${side}`),
  ...Array.from({ length: side ** 2 }, (_, i) => {
    const [row, column] = [Math.floor(i / side), i % side];
    return element("rect", { class: lit(row, column) ? "cnn-cell cnn-lit" : "cnn-cell", x: left + column * CELL, y: TOP + row * CELL, width: CELL - 1, height: CELL - 1 });
  }),
];

const places = (side) => side / POOLED - KERNEL + 1;

/** [row, column] of the marked answer, in a row of `count`. */
function marked({ side, answer }) {
  const count = places(side);
  const held = Math.max(0, Math.min(count ** 2 - 1, answer));
  return [Math.floor(held / count), held % count];
}

function at(side, row, column) {
  const [y, x] = [row, column].map((place) => Math.max(0, Math.min(places(side) - 1, place)));
  return { answer: y * places(side) + x };
}

export default figure({
  size: [ANSWERS + 10 * CELL + 2, TOP + 16 * CELL + 2],
  label: "Answers: arrow keys go from one to the next",
  step: (settings, [down, right]) => at(settings.side, marked(settings)[0] + down, marked(settings)[1] + right),
  point: ({ side }, [x, y]) => at(side, ...[y - TOP, x - (x < ANSWERS ? 2 : ANSWERS)].map((place) => Math.floor(place / CELL))),
  draw(settings) {
    const { side, macs: [convolutions, dense] } = settings;
    const [cells, count] = [side / POOLED, places(side)];
    const [row, column] = marked(settings);
    const within = (place, first) => place >= first && place < first + KERNEL;
    const work = convolutions * (side / CROP) ** 2 + count ** 2 * dense;
    return {
      parts: [
        ...grid("last maps", cells, 2, (r, c) => within(r, row) && within(c, column)),
        ...grid("answers", count, ANSWERS, (r, c) => r === row && c === column),
      ],
      words:
        `${side}×${side} pixels: 7×7 fit at ${count}×${count} places of the last maps. ${plural(count ** 2, "answer")} for ${three(work / (convolutions + dense))} times the work of one crop. ` +
        `Marked: row ${row}, column ${column}.`,
    };
  },
});
