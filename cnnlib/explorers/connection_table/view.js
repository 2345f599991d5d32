import { element, say } from "../js/draw/element.js";
import { plural, whole } from "../js/draw/format.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowKeys, onKeys, pointer, widthOf } from "../js/frame/input.js";
import { drawingPanel, legible, show } from "../js/frame/stage.js";

const [ROWS, COLUMNS, CELL, LEFT, TOP] = [6, 16, 34, 62, 34];
const [WIDTH, HEIGHT] = [LEFT + COLUMNS * CELL + 2, TOP + ROWS * CELL + 2];

/** How many different sets of maps the columns of a table read. */
const sets = (on) => new Set(Array.from({ length: COLUMNS }, (_, o) => on.map((row) => Number(row[o])).join())).size;

export default explorer(({ el, read, set, signal, schedule }) => {
  const wide = widthOf(el, schedule, signal);
  const { node, stage, picture, title } = drawingPanel("cnn-figure", "Table: the arrow keys go from switch to switch, Enter turns one", { className: "cnn-small" });
  el.append(node);
  const turn = () => {
    const { row, column, switched } = read();
    const cell = row * COLUMNS + column;
    set({ switched: switched.includes(cell) ? switched.filter((one) => one !== cell) : [...switched, cell] });
  };
  arrowKeys(stage, () => [read().row, read().column], () => [ROWS, COLUMNS], (row, column) => set({ row, column }), signal);
  onKeys(stage, ["Enter", " "], turn, signal);
  pointer(picture, (y, x, { type }) => {
    const [row, column] = [Math.floor((y * HEIGHT - TOP) / CELL), Math.floor((x * WIDTH - LEFT) / CELL)];
    if (row < 0 || row >= ROWS || column < 0 || column >= COLUMNS) return;
    set({ row, column });
    if (type === "pointerdown") turn();
  }, signal);

  return ({ table, switched, row, column, paper }) => {
    const on = paper.map((line, i) => line.map((one, o) => (table === "complete" || one === 1) !== switched.includes(i * COLUMNS + o)));
    const kernels = on.flat().filter(Boolean).length;
    const parameters = 25 * kernels + COLUMNS;
    const cell = (i, o) => element("rect", {
      class: `cnn-cell${on[i][o] ? " cnn-lit" : ""}`, x: LEFT + o * CELL + 1, y: TOP + i * CELL + 1, width: CELL - 4, height: CELL - 4, rx: 5,
    });
    const text = (words, x, y) => element("text", { class: "cnn-label", x, y, dy: "0.35em" }, words);
    say(title, `${plural(kernels, "kernel")} of 5×5 and 16 biases: ${whole(parameters)} parameters, ${whole(100 * parameters)} connections`);
    show(picture, [
      ...on.flatMap((line, i) => [text(i ? String(i) : "S2: 0", LEFT - (i ? 16 : 30), TOP + (i + 0.5) * CELL), ...line.map((_, o) => cell(i, o))]),
      ...on[0].map((_, o) => text(o ? String(o) : "C3: 0", LEFT + (o + (o ? 0.5 : 0.2)) * CELL, TOP - 14)),
      element("rect", { class: "cnn-chosen-switch", x: LEFT + column * CELL, y: TOP + row * CELL, width: CELL - 2, height: CELL - 2, rx: 5 }),
    ], WIDTH, HEIGHT);
    legible(picture, WIDTH, wide());
    const different = sets(on);
    const reads = on.flatMap((line, i) => (line[column] ? [i] : []));
    return `Map ${column} of C3 reads ${reads.length ? `${plural(reads.length, "map")} of S2: ${reads.join(", ")}` : "no map of S2"}. ` +
      `The 16 maps of C3 read ${different === 1 ? "all the same maps: only their first weights tell them apart" : `${different} different sets of maps`}.`;
  };
});
