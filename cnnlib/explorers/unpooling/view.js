import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const SIDE = 8;
const STRENGTHS = [0.5, 1, 0.8, 0.6, 0.9, 0.7, 1, 0.5];
const [CELL, GAP, TOP] = [22, 44, 32];
const WIDE = SIDE * CELL;

/** A table of cells at x; `lit` are the places that the stroke had. */
function table(values, x, name, cell = CELL) {
  return [
    element("text", { class: "cnn-axis", x: x + WIDE / 2, y: 22, "text-anchor": "middle" }, name),
    ...values.flatMap((line, row) => line.flatMap((value, column) => {
      const place = { x: x + column * cell + 1, y: TOP + row * cell + 1, width: cell - 2, height: cell - 2, rx: 3 };
      return [element("rect", { class: "cnn-cell", ...place }), ...(value ? [element("rect", { class: "cnn-excites", "fill-opacity": value, ...place })] : [])];
    })),
  ];
}

export default figure({
  size: [3 * WIDE + 2 * GAP + 2, TOP + WIDE + 4],
  label: "Stroke: left and right arrow keys move it",
  step: ({ place }, [, right]) => ({ place: place + right }),
  draw({ place, switches }) {
    const blank = (side) => Array.from({ length: side }, () => new Array(side).fill(0));
    const [picture, pooled, back] = [blank(SIDE), blank(SIDE / 2), blank(SIDE)];
    STRENGTHS.forEach((strength, row) => (picture[row][place + Math.floor(row / 2)] = strength));
    for (let row = 0; row < SIDE; row += 2)
      for (let column = 0; column < SIDE; column += 2) {
        let [y, x] = [row, column];
        for (const [v, u] of [[0, 1], [1, 0], [1, 1]]) if (picture[row + v][column + u] > picture[y][x]) [y, x] = [row + v, column + u];
        pooled[row / 2][column / 2] = picture[y][x];
        if (switches === "kept") back[y][x] = picture[y][x];
        else back[row][column] = picture[y][x];
      }
    const flat = back.flatMap((line, row) => line.map((value, column) => [value, picture[row][column]]));
    const [there, right] = [flat.filter(([value]) => value), flat.filter(([value, was]) => value && value === was)].map(({ length }) => length);
    const second = WIDE + GAP;
    const arrow = (x) => element("text", { class: "cnn-axis", x: x + GAP / 2, y: TOP + WIDE / 2, dy: "0.35em", "text-anchor": "middle" }, "→");
    return {
      parts: [...table(picture, 0, "picture"), arrow(WIDE), ...table(pooled, second, "pooled", 2 * CELL), arrow(second + WIDE), ...table(back, 2 * second, "unpooled")],
      words: `A stroke of ${STRENGTHS.length} cells. Pooling keeps ${there} of them; ${right} come back where they were, ${there - right} elsewhere.`,
    };
  },
});
