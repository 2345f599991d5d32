import { scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [WIDTH, HEIGHT] = [640, 240];
const x = scale(-1, 1, 12, WIDTH - 12);
const y = scale(-1.8, 1.8, HEIGHT - 6, 6);
const LINE = Array.from({ length: 201 }, (_, i) => -1 + i / 100);

const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
const less = (a, factor, b) => a.map((value, i) => value - factor * b[i]);

/** The least-squares polynomial with so many coefficients through points, at their places and at others. */
function fitted(points, count, others) {
  const places = points.map(([place]) => place);
  let rest = points.map(([, value]) => value);
  const basis = []; // polynomials that are orthonormal at the places, with their values at the others
  let values = others.map(() => 0);
  for (let n = 0; n < count; n++) {
    let here = n ? basis[n - 1].here.map((value, i) => value * places[i]) : places.map(() => 1);
    let there = n ? basis[n - 1].there.map((value, i) => value * others[i]) : others.map(() => 1);
    for (const earlier of [...basis, ...basis]) { // twice, for rounding
      const part = dot(here, earlier.here);
      [here, there] = [less(here, part, earlier.here), less(there, part, earlier.there)];
    }
    const length = Math.sqrt(dot(here, here));
    [here, there] = [here.map((value) => value / length), there.map((value) => value / length)];
    basis.push({ here, there });
    const part = dot(rest, here);
    [rest, values] = [less(rest, part, here), less(values, -part, there)];
  }
  return { rest, values };
}

const size = (errors) => Math.sqrt(dot(errors, errors) / errors.length).toFixed(2);

export default figure({
  size: [WIDTH, HEIGHT],
  label: "Fit: left and right arrow keys change the examples, up and down the parameters",
  step: ({ examples, parameters }, [down, right]) => ({ examples: examples + right, parameters: parameters - down }),
  draw({ examples, parameters, seen, unseen }) {
    const own = seen.slice(0, examples);
    const { rest, values } = fitted(own, parameters, [...unseen.map(([place]) => place), ...LINE]);
    const errors = [size(rest), size(unseen.map(([, value], i) => value - values[i]))];
    const curve = LINE.map((place, i) => `${x(place)},${Math.max(-50, Math.min(HEIGHT + 50, y(values[unseen.length + i])))}`);
    return {
      title: `Error on its examples ${errors[0]}, on new ones ${errors[1]}`,
      parts: [
        ...unseen.map(([place, value]) => element("circle", { class: "cnn-new", cx: x(place), cy: y(value), r: 3.5 })),
        element("svg", { width: WIDTH, height: HEIGHT }, element("path", { class: "cnn-curve", d: `M${curve.join("L")}` })),
        ...own.map(([place, value]) => element("circle", { class: "cnn-dot", cx: x(place), cy: y(value), r: 6 })),
      ],
      words: `${plural(parameters, "parameter")} fitted to ${plural(examples, "example")}: error ${errors[0]} on these, ${errors[1]} on new ones.`,
    };
  },
});
