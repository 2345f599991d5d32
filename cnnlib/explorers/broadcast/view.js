import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const [CELL, TOP, MOST] = [40, 8, 4];
const LEFT = [2, 242, 482]; // of the first, the second and their sum

const label = (x, y, words) => element("text", { class: "cnn-label", x, y, dy: "0.35em" }, words);

/** The size that two sizes make, or 0 where they do not fit. */
const joint = (one, other) => (one === other || other === 1 ? one : one === 1 ? other : 0);

/** Cells of a tensor stretched to [rows, columns]; what is repeated is dashed. */
function cells(left, [height, width], [rows, columns], value, look) {
  return Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    const repeated = row >= height || column >= width;
    const at = { x: left + column * CELL + 1, y: TOP + row * CELL + 1, width: CELL - 2, height: CELL - 2, rx: 4 };
    return [
      element("rect", { class: repeated ? "cnn-cell cnn-zero" : `cnn-cell ${look}`, ...at }),
      label(left + (column + 0.5) * CELL, TOP + (row + 0.5) * CELL, String(value(row, column))),
    ];
  }).flat();
}

export default figure({
  size: [646, 176],
  label: "Tensors: arrow keys change the rows and columns of the second",
  step: (s, [down, right]) => ({ other_rows: s.other_rows + down, other_columns: s.other_columns + right }),
  point(_, [x, y], { buttons }) {
    const place = LEFT.findIndex((left) => x >= left && x < left + MOST * CELL);
    if (!buttons || place < 0 || place > 1) return {};
    const [height, width] = [Math.ceil((y - TOP) / CELL), Math.ceil((x - LEFT[place]) / CELL)];
    return place ? { other_rows: height, other_columns: width } : { rows: height, columns: width };
  },
  draw({ rows, columns, other_rows, other_columns }) {
    const [first, second] = [[rows, columns], [other_rows, other_columns]];
    const sizes = [joint(rows, other_rows), joint(columns, other_columns)];
    const fit = sizes.every(Boolean);
    const entry = ([height, width], times) => (i, j) => times * ((i % height) * width + (j % width) + 1);
    const [one, other] = [entry(first, 10), entry(second, 1)];
    const written = ([height, width]) => `[${height}, ${width}]`;
    const failing = sizes[0] ? [columns, other_columns] : [rows, other_rows];
    return {
      title: `${written(first)} + ${written(second)} ${fit ? `→ ${written(sizes)}` : "is refused"}`,
      parts: [
        ...cells(LEFT[0], first, fit ? sizes : first, one, "cnn-output"),
        ...cells(LEFT[1], second, fit ? sizes : second, other, "cnn-output"),
        label(222, TOP + 20, "+"),
        label(fit ? 462 : LEFT[2] + 60, TOP + 20, fit ? "=" : "refused"),
        ...(fit ? cells(LEFT[2], sizes, sizes, (i, j) => one(i, j) + other(i, j), "cnn-lit") : []),
      ],
      words: fit
        ? `The sum has the shape ${written(sizes)}; its last entry is ${one(sizes[0] - 1, sizes[1] - 1) + other(sizes[0] - 1, sizes[1] - 1)}. Dashed cells are repeated.`
        : `Refused: ${failing[0]} and ${failing[1]} are not equal, and neither is 1.`,
    };
  },
});
