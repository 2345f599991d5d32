// Loss and accuracy of a run, and of one that was kept, against the epochs.

import { axes, linearTicks, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { percent } from "../js/draw/format.js";
import { drawingPanel, show } from "../js/frame/stage.js";

const HEIGHT = 190;
const BOX = { left: 44, top: 8, bottom: 150 };
const RIGHT = 9; // CSS pixels beside the box
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

/** Two plots: { nodes, draw(run, ghost, width) }; a run is { points: [{ epoch, loss, accuracy, tested }], turns: [epochs] }. */
export function curvesOf(epochs) {
  const plots = ["Loss", "Named rightly"].map((title) => drawingPanel("cnn-train-plot", "", { title }));

  function draw(run, ghost, width) {
    const box = { ...BOX, right: width - RIGHT };
    const x = scale(0, epochs, box.left, box.right);
    const across = { place: x, ticks: linearTicks(0, epochs), name: "epoch" };
    const lines = ({ points }, name, y, more = "") => KINDS.map((kind) =>
      element("path", { class: `cnn-train-curve ${kind.className} ${more}`, d: path(points, ({ epoch }) => x(epoch), (point) => y(kind[name](point))) }));
    const line = (className, x1, x2, y1, y2) => element("line", { class: className, x1, x2, y1, y2 });
    const lossAt = (value) => (Number.isNaN(value) ? NaN : loss(inside(value)));
    const each = [
      ["loss", lossAt, { place: loss, ticks: [0.001, 0.01, 0.1, 1, 10, 100] }, Math.log(10)],
      ["accuracy", accuracy, { place: accuracy, ticks: [0, 0.25, 0.5, 0.75, 1], text: percent }, 0.1],
    ];
    each.forEach(([name, y, up, guess], i) => {
      const kept = ghost ? lines(ghost, name, y, "cnn-train-kept") : [];
      const guessed = line("cnn-train-guess", box.left, box.right, y(guess), y(guess));
      const turned = run.turns.map((epoch) => line("cnn-train-turn", x(epoch), x(epoch), box.top, box.bottom));
      show(plots[i].picture, [...axes(box, across, up), guessed, ...kept, ...turned, ...lines(run, name, y)], width, HEIGHT);
    });
  }
  return { nodes: plots.map(({ node }) => node), draw };
}
