import { element } from "../js/draw/element.js";
import { plural, signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [WIDE, ZERO, HIGH] = [46, 140, 110];

const convolve = (a, b) => Array.from({ length: a.length + b.length - 1 }, (_, i) => a.reduce((sum, value, j) => sum + value * (b[i - j] ?? 0), 0));
const product = (kernels) => kernels.reduce(convolve);

/** One step of gradient descent. */
function descend(kernels, wanted, rate) {
  const excess = product(kernels).map((value, i) => value - wanted[i]);
  return kernels.map((kernel, l) => {
    const others = product(kernels.filter((_, other) => other !== l));
    return kernel.map((weight, u) => weight - 2 * rate * others.reduce((sum, value, i) => sum + value * excess[i + u], 0));
  });
}

export default figure({
  size: [13 * WIDE, 196],
  label: "Weights: left and right arrow keys train, up and down move the wanted pixel",
  step: ({ steps, columns }, [down, right]) => ({ steps: steps + 10 * right, columns: columns - down }),
  draw({ columns, steps, start, rate }) {
    const middle = start.length;
    const wanted = Array.from({ length: 2 * middle + 1 }, (_, i) => Number(i === middle - columns));
    let kernels = start;
    for (let i = 0; i < steps; i++) kernels = descend(kernels, wanted, rate);
    const seen = product(kernels);
    const error = seen.reduce((sum, value, i) => sum + (value - wanted[i]) ** 2, 0) + Number(columns > middle);
    const x = (i) => (i + 1) * WIDE;
    const bar = (value, i) => element("rect", {
      class: value < 0 ? "cnn-inhibits" : "cnn-excites",
      ...{ x: x(i) + 4, width: WIDE - 8, y: ZERO - Math.max(0, HIGH * value), height: Math.abs(HIGH * value) },
    });
    const place = (i) => [
      element("rect", { class: i < 0 ? "cnn-cell cnn-zero" : "cnn-cell", x: x(i) + 2, y: ZERO + 20, width: WIDE - 4, height: 22, rx: 4 }),
      element("text", { class: "cnn-label", x: x(i) + WIDE / 2, y: ZERO + 31, dy: "0.35em" }, signed(i - middle)),
    ];
    return {
      title: `Error ${error.toFixed(2)}`,
      parts: [
        element("rect", { class: "cnn-window", x: x(middle - columns) + 1, y: 4, width: WIDE - 2, height: ZERO + 40, rx: 6 }),
        ...seen.map(bar),
        ...[-1, ...seen.keys()].flatMap(place),
      ],
      words: `${plural(steps, "step")} towards the pixel ${plural(columns, "column")} to the left${columns > middle ? ", outside the field" : ""}: the error is ${error.toFixed(2)}.`,
    };
  },
});
