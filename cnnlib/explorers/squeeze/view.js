import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const [SIDE, CELL, EDGE, BAR, FULL] = [8, 24, 2, 270, 200]; // BAR: where the number stands; FULL: a bar of 1

const held = (place, size) => Math.max(0, Math.min(SIDE - size, place));
const written = (value) => String(Number(value.toFixed(3)));

export default figure({
  size: [BAR + FULL + 70, SIDE * CELL + 2 * EDGE],
  label: "Map: the arrow keys move the square",
  step: ({ size, row, column }, [down, right]) => ({ row: held(held(row, size) + down, size), column: held(held(column, size) + right, size) }),
  point: ({ size }, [x, y]) => {
    const [row, column] = [y, x].map((at) => held(Math.floor((at - EDGE) / CELL) - Math.floor((size - 1) / 2), size));
    return { row, column };
  },
  draw({ size, height, pooling, row, column }) {
    const [top, left] = [held(row, size), held(column, size)];
    const inside = (at, first) => at >= first && at < first + size;
    const cells = Array.from({ length: SIDE ** 2 }, (_, i) => {
      const [y, x] = [Math.floor(i / SIDE), i % SIDE];
      const place = { x: EDGE + x * CELL, y: EDGE + y * CELL, width: CELL - 2, height: CELL - 2 };
      const lit = inside(y, top) && inside(x, left);
      return [
        element("rect", { class: "cnn-cell", ...place }),
        ...(lit ? [element("rect", { class: "cnn-pen", "fill-opacity": height.toFixed(2), ...place })] : []),
      ];
    });
    const number = pooling === "mean" ? (size ** 2 * height) / SIDE ** 2 : height;
    const middle = EDGE + (SIDE * CELL) / 2;
    const sum = `${size ** 2} · ${written(height)} / ${SIDE ** 2} = ${written(number)}`;
    return {
      parts: [
        ...cells.flat(),
        element("text", { class: "cnn-tick", x: SIDE * CELL + 34, y: middle, dy: "0.35em", "text-anchor": "middle" }, "→"),
        element("rect", { class: "cnn-cell", x: BAR, y: middle - 14, width: FULL, height: 28, rx: 3 }),
        element("rect", { class: "cnn-cell cnn-lit", x: BAR, y: middle - 14, width: FULL * number, height: 28, rx: 3 }),
        element("text", { class: "cnn-tick", x: BAR + FULL + 8, y: middle, dy: "0.35em" }, written(number)),
      ],
      words:
        `Square at row ${top}, column ${left}. ` +
        (pooling === "mean" ? `The mean of ${SIDE ** 2} values: ${sum}.` : `The largest of ${SIDE ** 2} values: ${written(number)}.`),
    };
  },
});
