// Loss and accuracy of a run, and of one that was kept, against the epochs.

import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { percent } from "../js/draw/format.js";
import { drawingPanel, legible, show } from "../js/frame/stage.js";

const [WIDTH, HEIGHT] = [320, 190];
const BOX = { left: 44, right: 314, top: 8, bottom: 150 };
const LOSSES = [0.001, 100]; // that the plot shows
const loss = scale(...LOSSES, BOX.bottom, BOX.top, { log: true });
const accuracy = scale(0, 1, BOX.bottom, BOX.top);
const inside = (value) => Math.max(LOSSES[0], Math.min(LOSSES[1], value));

/** The path of a curve; it is interrupted where a value is no number. */
function path(points, x, y) {
  let pen = "M";
  const parts = points.map((point) => {
    const [across, up] = [x(point), y(point)];
    const part = Number.isFinite(up) ? `${pen}${across.toFixed(1)},${up.toFixed(1)}` : "";
    pen = Number.isFinite(up) ? "L" : "M";
    return part;
  });
  const alone = parts.filter(Boolean).length === 1; // a dot
  return alone ? `${parts.join("")}h0.01` : parts.join("");
}

const KINDS = [
  { className: "cnn-taught", loss: (point) => point.loss, accuracy: (point) => point.accuracy },
  { className: "cnn-validated", loss: ({ tested }) => tested.loss, accuracy: ({ tested }) => tested.accuracy },
];

/** Two plots: { nodes, draw(run, ghost, room) }; a run is { points: [{ epoch, loss, accuracy, tested }], turns: [epochs] }. */
export function curvesOf(epochs) {
  const plots = ["Loss", "Named rightly"].map((title) => drawingPanel("cnn-train-plot", "", { title }));
  const x = scale(0, epochs, BOX.left, BOX.right);
  const ticks = [0, 3, 6, 9, 12].filter((epoch) => epoch <= epochs);
  const across = { place: x, ticks, name: "epoch" };

  function lines(run, name, y, more) {
    return KINDS.map((kind) =>
      element("path", { class: `cnn-train-curve ${kind.className} ${more}`, d: path(run.points, ({ epoch }) => x(epoch), (point) => y(kind[name](point))) }));
  }
  const guessing = (y) => element("line", { class: "cnn-train-guess", x1: BOX.left, x2: BOX.right, y1: y, y2: y });
  const turned = ({ turns }) => turns.map((epoch) => element("line", { class: "cnn-train-turn", x1: x(epoch), x2: x(epoch), y1: BOX.top, y2: BOX.bottom }));

  function draw(run, ghost, room) {
    const lossAt = (value) => (Number.isNaN(value) ? NaN : loss(inside(value)));
    const each = [
      ["loss", lossAt, { place: loss, ticks: [0.001, 0.01, 0.1, 1, 10, 100] }, Math.log(10)],
      ["accuracy", accuracy, { place: accuracy, ticks: [0, 0.25, 0.5, 0.75, 1], text: percent }, 0.1],
    ];
    each.forEach(([name, y, up, guess], i) => {
      const kept = ghost ? lines(ghost, name, y, "cnn-train-kept") : [];
      show(plots[i].picture, [...axes(BOX, across, up), guessing(y(guess)), ...kept, ...turned(run), ...lines(run, name, y, "")], WIDTH, HEIGHT);
      legible(plots[i].picture, WIDTH, room);
    });
  }
  return { nodes: plots.map(({ node }) => node), draw };
}
