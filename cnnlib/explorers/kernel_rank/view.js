import { element } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [CELL, PITCH, ROW, TOP, MAPS, COLUMNS] = [19, 70, 82, 24, 16, 8];
const HEAD = 2 * ROW + 30;

export default figure({
  size: [COLUMNS * PITCH, TOP + HEAD + 2 * ROW],
  label: "Kernels: left and right arrow keys change the number of patterns, up and down the map that is read",
  step: ({ rank, channel }, [down, right]) => ({ rank: rank + right, channel: channel + down }),
  draw({ rank, channel, block }) {
    const [patterns, shares] = [block.patterns[channel], block.shares[channel]];
    const made = (map, count) =>
      patterns[0].map((_, cell) => patterns.slice(0, count).reduce((sum, pattern, i) => sum + pattern[cell] * shares[i][map], 0));
    const all = (count) => Array.from({ length: MAPS }, (_, map) => made(map, count));
    const [exact, copies] = [all(9), all(rank)];
    const limit = Math.max(...exact.flat().map(Math.abs));
    const kernel = (weights, x, y) => weights.flatMap((value, cell) => {
      const at = { x: x + (cell % 3) * CELL, y: y + Math.floor(cell / 3) * CELL, width: CELL, height: CELL };
      return [
        element("rect", { class: "cnn-cell", ...at }),
        element("rect", { class: value < 0 ? "cnn-inhibits" : "cnn-excites", "fill-opacity": Math.min(1, Math.abs(value) / limit).toFixed(3), ...at }),
      ];
    });
    const rows = (kernels, top) => kernels.flatMap((weights, map) => kernel(weights, 2 + (map % COLUMNS) * PITCH, top + Math.floor(map / COLUMNS) * ROW));
    const squares = (kernels) => kernels.flat().reduce((sum, value) => sum + value * value, 0);
    return {
      parts: [
        element("text", { class: "cnn-axis", x: 2, y: 14 }, `as trained: the kernels of ${MAPS} maps on map ${channel}`),
        ...rows(exact, TOP),
        element("text", { class: "cnn-axis", x: 2, y: HEAD + 14 }, `made of ${plural(rank, "pattern")}`),
        ...rows(copies, TOP + HEAD),
      ],
      words:
        `${plural(rank, "pattern")} of 9 numbers and ${MAPS} factors each, ${rank * (9 + MAPS)} numbers in place of ${9 * MAPS}, ` +
        `keep ${((100 * squares(copies)) / squares(exact)).toFixed(1)} % of the squared weights.`,
    };
  },
});
