import { element } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";
import { stream } from "../js/nn/random.js";

const [PITCH, BASE, UNIT] = [26, 136, 11]; // UNIT: pixels for an answer of 1

const sum = (values) => values.reduce((all, one) => all + one, 0);

/** What is read of each unit in a step. */
function read(answers, { rate, step, training }) {
  const random = stream(200 + step);
  return answers.map((answer) => (training ? (random() >= rate ? answer / (1 - rate) : 0) : answer));
}

export default figure({
  size: [24 * PITCH + 4, 164],
  label: "Units: left and right arrow keys go from step to step, up and down change the rate",
  step: ({ step, rate, training }, [down, right]) => (training ? { step: step + right, rate: rate - 0.1 * down } : {}),
  draw({ answers, ...settings }) {
    const { rate, step, training } = settings;
    const seen = read(answers, settings);
    const out = seen.filter((one, i) => !one && answers[i]).length;
    const mean = sum(Array.from({ length: 100 }, (_, i) => sum(read(answers, { ...settings, step: i + 1 })))) / 100;
    const bar = (value, i, look) => element("rect", { class: look, x: 2 + i * PITCH, y: BASE - UNIT * value, width: PITCH - 4, height: UNIT * value, rx: 2 });
    return {
      title: training ? `Step ${step}: ${out} of ${answers.length} units left out` : "Prediction: every unit takes part",
      parts: [
        ...seen.map((value, i) => bar(value, i, "cnn-cell cnn-lit")),
        ...answers.map((value, i) => bar(value, i, "cnn-cell cnn-zero")),
        element("text", { class: "cnn-axis", x: 2, y: BASE + 22 }, `sum ${sum(seen).toFixed(1)}`),
      ],
      words: training
        ? `Step ${step}: ${plural(out, "unit")} left out, the others times ${Number((1 / (1 - rate)).toFixed(2))}: the next neuron reads ${sum(seen).toFixed(1)} in place of ${sum(answers).toFixed(1)}, ${mean.toFixed(1)} on average over 100 steps.`
        : `No unit is left out and none made larger: the next neuron reads ${sum(answers).toFixed(1)}.`,
    };
  },
});
