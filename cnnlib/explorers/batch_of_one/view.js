import { scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [LEFT, RIGHT, UPPER, LOWER] = [100, 600, 56, 150];
const EPSILON = 0.001;
const across = scale(-3, 3, LEFT, RIGHT);
const TICKS = [-3, -2, -1, 0, 1, 2, 3];

const line = (y, name, below) => [
  element("line", { class: "cnn-grid", x1: LEFT, x2: RIGHT, y1: y, y2: y }),
  ...TICKS.map((value) => element("text", { class: "cnn-tick", x: across(value), y: y + below, "text-anchor": "middle" }, signed(value))),
  element("text", { class: "cnn-axis", x: LEFT - 14, y, dy: "0.35em", "text-anchor": "end" }, name),
];

export default figure({
  size: [620, 184],
  label: "Batch: left and right arrow keys go from picture to picture, up and down change the batch",
  step: ({ batch, picture }, [down, right]) => ({ batch: batch - down, picture: picture + right }),
  draw({ batch, picture, sums }) {
    const chosen = Array.from({ length: batch }, (_, i) => sums[(picture - 1 + i) % sums.length]);
    const mean = chosen.reduce((all, one) => all + one, 0) / batch;
    const variance = chosen.reduce((all, one) => all + (one - mean) ** 2, 0) / batch;
    const made = chosen.map((one) => (one - mean) / Math.sqrt(variance + EPSILON));
    const dot = (y) => (value, i) => element("circle", { class: i ? "cnn-pen" : "cnn-dot", "fill-opacity": i ? 0.4 : 1, cx: across(value), cy: y, r: i ? 4 : 7 });
    const link = (value, i) => element("line", { class: "cnn-stroke", "stroke-opacity": i ? 0.25 : 1, x1: across(value), x2: across(made[i]), y1: UPPER, y2: LOWER });
    const back = (all) => [...all].reverse(); // the picture that is followed lies on top
    const marked = (value) => signed((value + 0).toFixed(2).replace(/^-0\.00$/, "0.00"));
    return {
      title: `The sums of ${batch === 1 ? "one picture" : `${batch} pictures`}, as they are and normalized`,
      parts: [...line(UPPER, "before", -14), ...line(LOWER, "after", 22), ...chosen.map(link), ...back(chosen.map(dot(UPPER))), ...back(made.map(dot(LOWER)))],
      words: `Picture ${picture} in a batch of ${batch}: sum ${marked(chosen[0])}, mean ${marked(mean)}, standard deviation ${marked(Math.sqrt(variance))}; what is left is ${marked(made[0])}.`,
    };
  },
});
