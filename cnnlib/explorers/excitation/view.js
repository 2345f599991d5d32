import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const MAPS = ["ears", "fur", "wheels", "road"];
const [PITCH, TOP, BAR, HIGH] = [52, 26, 90, 20]; // BAR: a bar of 1
const [LEFT, UNITS, GATES, SCALED] = [78, 256, 346, 490]; // where means, units, gates and scaled means stand

const y = (i) => TOP + i * PITCH + HIGH / 2;
const unitY = (j) => TOP + (1 + 2 * j) * PITCH - PITCH / 2 + HIGH / 2;
const written = (value) => value.toFixed(2);
const text = (x, at, words, anchor = "middle") => element("text", { class: "cnn-tick", x, y: at, dy: "0.35em", "text-anchor": anchor }, words);

function bar(x, at, value) {
  return [
    element("rect", { class: "cnn-cell", x, y: at - HIGH / 2, width: BAR, height: HIGH, rx: 3 }),
    element("rect", { class: "cnn-cell cnn-lit", x, y: at - HIGH / 2, width: BAR * value, height: HIGH, rx: 3 }),
    text(x + BAR / 2, at + HIGH / 2 + 12, written(value)),
  ];
}

export default figure({
  size: [SCALED + BAR + 18, TOP + 4 * PITCH - 4],
  label: "Means: left and right arrow keys change fur, up and down wheels",
  step: ({ fur, wheels }, [down, right]) => ({ fur: fur + 0.05 * right, wheels: wheels - 0.05 * down }),
  draw({ reduce, excite, ...settings }) {
    const means = MAPS.map((name) => settings[name]);
    const units = [0, 1].map((j) => Math.max(0, means.reduce((sum, mean, i) => sum + mean * reduce[i][j], 0) - 1));
    const gates = MAPS.map((_, i) => 1 / (1 + Math.exp(-units.reduce((sum, unit, j) => sum + unit * excite[j][i], 0))));
    const wire = (x1, y1, x2, y2, weight, signal) =>
      element("line", { class: weight < 0 ? "cnn-synapse cnn-less" : "cnn-synapse", x1, y1, x2, y2, "stroke-width": (0.6 + 1.2 * Math.abs(weight * signal)).toFixed(2), "stroke-opacity": signal > 0 ? 0.9 : 0.25 });
    const wires = MAPS.flatMap((_, i) => [0, 1].flatMap((j) => [
      ...(reduce[i][j] ? [wire(LEFT + BAR, y(i), UNITS, unitY(j), reduce[i][j], means[i])] : []),
      wire(UNITS, unitY(j), GATES, y(i), excite[j][i], units[j]),
    ]));
    return {
      parts: [
        ...wires,
        text(LEFT + BAR / 2, 8, "means"), text(UNITS, 8, "ReLU(sum − 1)"), text(GATES + BAR / 2, 8, "gates"), text(SCALED + BAR / 2, 8, "mean × gate"),
        ...MAPS.map((name, i) => text(LEFT - 8, y(i), name, "end")),
        ...means.flatMap((mean, i) => bar(LEFT, y(i), mean)),
        ...units.flatMap((unit, j) => [element("circle", { class: "cnn-dot", cx: UNITS, cy: unitY(j), r: 8 }), text(UNITS, unitY(j) - 18, written(unit))]),
        ...gates.flatMap((gate, i) => bar(GATES, y(i), gate)),
        ...means.flatMap((mean, i) => bar(SCALED, y(i), mean * gates[i])),
      ],
      words: `Gates: ${MAPS.map((name, i) => `${name} ${written(gates[i])}`).join(", ")}. The map of wheels goes on with a mean of ${written(means[2] * gates[2])} in place of ${written(means[2])}.`,
    };
  },
});
