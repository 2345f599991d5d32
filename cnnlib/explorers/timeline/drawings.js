// Small pictures of ideas.

import { element } from "../js/draw/element.js";

const line = (x1, y1, x2, y2, className = "cnn-ink-line") => element("line", { class: className, x1, y1, x2, y2 });
const box = (x, y, width, height, className = "cnn-box") => element("rect", { class: className, x, y, width, height, rx: 2 });
const dot = (cx, cy, r, className = "cnn-box") => element("circle", { class: className, cx, cy, r });
const curve = (d, className = "cnn-ink-line") => element("path", { class: className, d });
const times = (count, make) => Array.from({ length: count }, (_, i) => make(i)).flat();

/** The parts of each, 200 by 110 units. */
export const DRAWINGS = {
  cell: () => [
    dot(60, 55, 16), ...times(5, (i) => line(60, 55, 20, 15 + i * 20)),
    curve("M76,55C100,55 100,40 130,40"), ...times(6, (i) => line(135 + i * 9, 55, 135 + i * 9, [20, 45, 15, 48, 25, 18][i])), line(130, 55, 190, 55),
  ],
  bar: () => [
    box(15, 15, 80, 80), element("rect", { class: "cnn-hot", x: 49, y: 22, width: 11, height: 66, transform: "rotate(25 55 55)" }),
    curve(`M115,90${times(31, (i) => `L${115 + i * 2.4},${90 - 70 * Math.exp(-(((i - 11) / 4) ** 2))}`).join("")}`, "cnn-hot-line"),
    line(115, 90, 190, 90), line(115, 90, 115, 15),
  ],
  levels: () => [
    ...times(5, (i) => [element("rect", { class: "cnn-hot cnn-soft", x: 12 + i * 22, y: 20, width: 8, height: 70, transform: `rotate(25 ${16 + i * 22} 55)` }), line(30 + i * 22, 55, 150, 55)]),
    dot(162, 55, 14, "cnn-hot"),
  ],
  tiles: () => [
    ...times(9, (i) => box(15 + (i % 3) * 24, 15 + Math.floor(i / 3) * 24, 34, 34, i === 4 ? "cnn-hot cnn-soft" : "cnn-box")),
    ...times(3, (i) => line(100, 30 + i * 22, 150, 52)), dot(158, 52, 12, "cnn-hot"),
  ],
  stack: () => times(5, (i) => times(1 + i, (k) => box(14 + i * 38 + k * 4, 14 + i * 9 + k * 3, 52 - i * 10, 62 - i * 12, i === 4 && k === 4 ? "cnn-hot" : "cnn-box"))),
  shared: () => [
    ...times(12, (i) => box(8 + i * 15.5, 82, 13, 13)),
    ...times(5, (k) => [dot(40 + k * 31, 22, 8, k === 2 ? "cnn-hot" : "cnn-box"), ...times(3, (i) => line(40 + k * 31, 30, 14.5 + (2 * k + i) * 15.5, 82, ["cnn-wire-a", "cnn-wire-b", "cnn-wire-c"][i]))]),
  ],
  learned: () => times(4, (k) => times(9, (i) => {
    const strength = k / 3 * [-1, 0, 1][i % 3] + (1 - k / 3) * Math.sin(7 * i + 1);
    return element("rect", { class: strength < 0 ? "cnn-cold" : "cnn-hot", "fill-opacity": Math.min(1, Math.abs(strength)).toFixed(2), x: 8 + k * 48 + (i % 3) * 14, y: 34 + Math.floor(i / 3) * 14, width: 13, height: 13 });
  })),
  pool: () => [
    ...times(16, (i) => box(15 + (i % 4) * 20, 15 + Math.floor(i / 4) * 20, 18, 18, [1, 6, 8, 15].includes(i) ? "cnn-hot" : "cnn-box")),
    curve("M105,55L130,55M124,50L130,55L124,60"), ...times(4, (i) => box(142 + (i % 2) * 22, 34 + Math.floor(i / 2) * 22, 20, 20, "cnn-hot")),
  ],
  chess: () => times(36, (i) => box(45 + (i % 6) * 17, 4 + Math.floor(i / 6) * 17, 17, 17, (i + Math.floor(i / 6)) % 2 ? "cnn-dark" : "cnn-box")),
  speed: () => [box(20, 75, 8, 15), box(20, 40, 160, 15, "cnn-hot"), element("text", { class: "cnn-tick", x: 36, y: 87 }, "processor"), element("text", { class: "cnn-tick", x: 20, y: 32 }, "graphics card")],
  equal: () => [box(20, 40, 160, 15, "cnn-hot"), box(20, 75, 160, 15), element("text", { class: "cnn-tick", x: 20, y: 32 }, "convolutions"), element("text", { class: "cnn-tick", x: 20, y: 104 }, "transformers")],
  gates: () => times(6, (i) => [box(14 + i * 30, 14, 24, 36), element("rect", { class: "cnn-hot", "fill-opacity": [0.9, 0.2, 0.6, 0.1, 1, 0.4][i], x: 14 + i * 30, y: 60, width: 24, height: 36 })]),
  patches: () => [
    ...times(9, (i) => times(i, (k) => line(50 + (i % 3) * 50, 17 + Math.floor(i / 3) * 38, 50 + (k % 3) * 50, 17 + Math.floor(k / 3) * 38, "cnn-axis-line cnn-pale"))),
    ...times(9, (i) => box(38 + (i % 3) * 50, 5 + Math.floor(i / 3) * 38, 24, 24, i === 4 ? "cnn-hot" : "cnn-box")),
  ],
  shortcut: () => [
    ...times(3, (i) => [box(20 + i * 60, 55, 34, 34), line(54 + i * 60, 72, 80 + i * 60, 72)]),
    ...times(3, (i) => curve(`M${12 + i * 60},72C${12 + i * 60},18 ${66 + i * 60},18 ${66 + i * 60},70`, "cnn-hot-line")),
  ],
};
