import { linearTicks, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";
import { shuffled, stream } from "../js/nn/random.js";

const [MOMENTUM, EPSILON] = [0.9, 1e-5]; // Python's
const [LEFT, RIGHT, UPPER, LOWER] = [12, 628, 58, 158];

const mean = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;
const two = (value) => signed(value.toFixed(2));

/** Mean and variance of all places of a map in a batch. */
function moments(maps) {
  const all = maps.flat();
  const middle = mean(all);
  return [middle, mean(all.map((one) => (one - middle) ** 2))];
}

/** The numbers of the pictures in a step's batch; the marked one, 0, is in each. */
const batchOf = (step, size, pictures) => [0, ...Array.from(shuffled(pictures - 1, stream(300 + step)).subarray(0, size - 1), (one) => one + 1)];

export default figure({
  size: [640, 200],
  label: "Batch: left and right arrow keys go from step to step, up and down change the batch",
  step: ({ step, batch }, [down, right]) => ({ step: step + right, batch: batch - down }),
  draw({ training, batch, step, taken }) {
    const { values } = taken;
    let stored = [taken.mean, taken.variance];
    let own;
    for (let one = 1; one <= step; one++) {
      own = moments(batchOf(one, batch, values.length).map((number) => values[number]));
      if (training) stored = stored.map((old, i) => MOMENTUM * old + (1 - MOMENTUM) * own[i]);
    }
    const [middle, variance] = training ? own : [taken.mean, taken.variance];
    const deviation = Math.sqrt(variance + EPSILON);
    const means = values.map(mean);
    const [low, high] = [Math.min(...means), Math.max(...means)];
    const room = Math.max(high - low, 1) * 0.06;
    const across = scale(low - room, high + room, LEFT, RIGHT);
    const outcome = scale(-3, 3, LEFT, RIGHT);
    const chosen = batchOf(step, batch, values.length);
    const held = (x) => Math.max(LEFT - 4, Math.min(RIGHT + 4, x));
    const dots = (place, y) => [...chosen].reverse().map((number) => element("circle", { class: number ? "cnn-pen" : "cnn-dot", "fill-opacity": number ? 0.45 : 1, cx: held(place(means[number])), cy: y, r: number ? 4.5 : 7 }));
    const line = (place, y, ticks, name) => [
      element("line", { class: "cnn-stroke", x1: LEFT, x2: RIGHT, y1: y, y2: y }),
      ...ticks.flatMap((one) => [
        element("line", { class: "cnn-stroke", x1: place(one), x2: place(one), y1: y, y2: y + 5 }),
        element("text", { class: "cnn-tick", x: place(one), y: y + 19, "text-anchor": "middle" }, signed(one)),
      ]),
      element("text", { class: "cnn-axis", x: LEFT, y: y - 36 }, name),
    ];
    const normal = (value) => (value - middle) / deviation;
    const band = (from, to) => element("rect", { class: "cnn-cell cnn-lit", x: held(from), y: UPPER - 22, width: Math.max(1, held(to) - held(from)), height: 22, "fill-opacity": 0.5 });
    return {
      title: training ? "Training: the mean and deviation of this batch" : "Inference: the stored mean and deviation",
      parts: [
        band(across(middle - deviation), across(middle + deviation)),
        ...line(across, UPPER, linearTicks(low, high), "what the convolution gives; yellow: what counts as usual"),
        element("line", { class: "cnn-curve", x1: held(across(middle)), x2: held(across(middle)), y1: UPPER - 26, y2: UPPER + 4 }),
        ...dots(across, UPPER - 10),
        ...line(outcome, LOWER, [-3, -2, -1, 0, 1, 2, 3], "normalized"),
        ...dots((value) => outcome(normal(value)), LOWER - 10),
      ],
      words: `Step ${step}, ${batch} pictures. ${training ? "Their own" : "Stored"} mean ${two(middle)}, deviation ${two(Math.sqrt(variance))}: the marked picture comes out as ${two(normal(means[0]))}. Stored after this step: mean ${two(stored[0])}, deviation ${two(Math.sqrt(stored[1]))}.`,
    };
  },
});
