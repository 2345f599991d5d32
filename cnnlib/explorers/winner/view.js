import { element } from "../js/draw/element.js";
import { plural, short } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [WIDE, FLOOR, HIGH] = [76, 262, 100];
const PITCH = 46;

export default figure({
  size: [8 * WIDE, 292],
  label: "Pixels: left and right arrow keys choose one, up and down change its value",
  step: ({ pixel, value }, [down, right]) => ({ pixel: pixel + right, value: value - 5 * down }),
  point: (_, [x, y]) => ({ pixel: Math.floor(x / WIDE), value: Math.round(((FLOOR - Math.max(y, FLOOR - HIGH)) / HIGH) * 99) }),
  draw({ pooling, pixel, value, values }) {
    const max = pooling === "max";
    const rows = [values.map((one, i) => (i === pixel ? value : one))];
    while (rows.at(-1).length > 1) {
      const below = rows.at(-1);
      rows.push(below.filter((_, i) => i % 2 === 0).map((one, i) => (max ? Math.max(one, below[2 * i + 1]) : (one + below[2 * i + 1]) / 2)));
    }
    // The first of two equal values wins.
    const wins = (l, i) => !max || (i % 2 ? rows[l][i] > rows[l][i - 1] : rows[l][i] >= rows[l][i + 1]);
    const reached = (l, i) => l === rows.length - 1 || (wins(l, i) && reached(l + 1, Math.floor(i / 2)));
    const middle = (l, i) => (i + 0.5) * 2 ** l * WIDE;
    const y = (l) => (rows.length - 1 - l) * PITCH + 4;
    const parts = rows.flatMap((row, l) =>
      row.flatMap((one, i) => {
        const lit = reached(l, i) ? " cnn-lit" : "";
        const [x, text] = [middle(l, i), (where) => element("text", { class: "cnn-label", x: middle(l, i), y: where, dy: "0.35em" }, short(one, 1))];
        const up = l < rows.length - 1 ? [element("line", { class: `cnn-edge${lit}`, x1: x, y1: l ? y(l) : FLOOR - (HIGH * one) / 99, x2: middle(l + 1, Math.floor(i / 2)), y2: y(l + 1) + 28 })] : [];
        if (l) return [...up, element("rect", { class: `cnn-output${lit}`, x: x - 24, y: y(l), width: 48, height: 28, rx: 5 }), text(y(l) + 14)];
        const height = (HIGH * one) / 99;
        return [...up, element("rect", { class: `cnn-cell${lit}`, x: x - 26, y: FLOOR - height, width: 52, height }), text(FLOOR + 14)];
      }));
    const those = rows[0].map((_, i) => i).filter((i) => reached(0, i));
    return {
      parts,
      words: max
        ? `Max pooling passes on ${rows.at(-1)[0]}, the value of pixel ${those[0]}: the gradient reaches 1 of 8 pixels.`
        : `Average pooling passes on ${short(rows.at(-1)[0], 1)}: the gradient reaches ${plural(those.length, "pixel")} of 8.`,
    };
  },
});
