import { element } from "../js/draw/element.js";
import { enclosed, signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [SIDE, SMALL, LARGE, RIGHT, TOP] = [20, 4, 12, 330, 4];
const CHANNELS = ["red", "green", "blue"];
const high = (channel) => TOP + channel * 84;
const held = (place) => Math.max(0, Math.min(SIDE - 1, place));
const colour = (channels) => `rgb(${channels.map((value) => `${Math.round(value)}%`).join(" ")})`;
const written = (value) => signed(value.toFixed(2));

export default figure({
  size: [RIGHT + SIDE * LARGE + 2, 3 * 84 + 2],
  label: "Pixels: the arrow keys go from pixel to pixel",
  step: ({ row, column }, [down, right]) => ({ row: held(row + down), column: held(column + right) }),
  point: ({ row, column }, [x, y]) => (x < RIGHT ? { row, column } : { row: held(Math.floor((y - TOP) / LARGE)), column: held(Math.floor((x - RIGHT) / LARGE)) }),
  draw({ red, green, blue, row, column, pixels }) {
    const weights = [red, green, blue];
    const unit = (y, x) => weights.reduce((sum, weight, c) => sum + (weight * pixels[c][y][x]) / 100, 0);
    const most = Math.max(...pixels[0].flatMap((line, y) => line.map((_, x) => unit(y, x))), 0.01);
    const grid = (left, top, size, paint) =>
      pixels[0].flatMap((line, y) => line.map((_, x) => element("rect", {
        fill: paint(y, x), x: left + x * size, y: top + y * size, width: size, height: size, "shape-rendering": "crispEdges",
      })));
    const frame = (left, top, size) => [
      element("rect", { class: "cnn-pixel-frame", x: left, y: top, width: SIDE * size, height: SIDE * size }),
      element("rect", { class: "cnn-window", x: left + column * size, y: top + row * size, width: size, height: size }),
    ];
    const [x, y] = [215, 130];
    const wire = (weight, c) => [
      element("line", { class: weight < 0 ? "cnn-pixel-wire cnn-less" : "cnn-pixel-wire", x1: 60 + (column + 0.5) * SMALL, y1: high(c) + (row + 0.5) * SMALL, x2: x, y2: y, "stroke-width": (0.5 + 2 * Math.abs(weight)).toFixed(2) }),
      element("text", { class: "cnn-tick", x: 52, y: high(c) + 40, dy: "0.35em", "text-anchor": "end" }, CHANNELS[c]),
    ];
    const sum = unit(row, column);
    return {
      parts: [
        ...pixels.flatMap((channel, c) => grid(60, high(c), SMALL, (i, j) => colour(pixels.map((_, other) => (other === c ? channel[i][j] : 0))))),
        ...grid(RIGHT, TOP, LARGE, (i, j) => colour(Array(3).fill((100 * Math.max(0, unit(i, j))) / most))),
        element("rect", { class: "cnn-pixel-frame", style: `fill: ${colour(pixels.map((channel) => channel[row][column]))}`, x: x - 24, y: 20, width: 48, height: 48 }),
        element("text", { class: "cnn-tick", x, y: 84, "text-anchor": "middle" }, "the pixel"),
        ...pixels.flatMap((_, c) => frame(60, high(c), SMALL)),
        ...frame(RIGHT, TOP, LARGE),
        ...weights.flatMap(wire),
        element("line", { class: "cnn-pixel-wire", x1: x, y1: y, x2: RIGHT + (column + 0.5) * LARGE, y2: TOP + (row + 0.5) * LARGE, "stroke-width": 2 }),
        element("circle", { class: "cnn-dot", cx: x, cy: y, r: 12 }),
      ],
      words:
        `Row ${row}, column ${column}: ${weights.map((weight, c) => `${enclosed(written(weight))} · ${written(pixels[c][row][column] / 100)}`).join(" + ")} = ${written(sum)}` +
        `${sum < 0 ? ", and the ReLU makes it 0" : ""}. The same three weights at all ${SIDE ** 2} pixels.`,
    };
  },
});
