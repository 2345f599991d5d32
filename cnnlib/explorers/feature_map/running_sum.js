// How the products of a neuron's window become its answer.

import { scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { short } from "../js/draw/format.js";
import { drawing, show } from "../js/frame/stage.js";

const [WIDTH, HEIGHT, LEFT, TOP, BOTTOM] = [290, 126, 6, 16, 106];

/**
 * A chart of the sum after each product, channel by channel, up to the answer with its bias. Returns
 * { node, draw(products of each channel, names of the channels, bias) }.
 */
export function runningSum() {
  const { stage, picture } = drawing("");

  function draw(channels, names, bias) {
    const terms = [...channels.flatMap((products, c) => products.map((value) => ({ value, name: names[c] }))), { value: bias, name: "bias" }];
    const sums = terms.reduce((sums, { value }) => [...sums, sums.at(-1) + value], [0]);
    const [least, most] = [Math.min(...sums), Math.max(...sums)];
    const y = scale(least, most === least ? least + 1 : most, BOTTOM, TOP);
    const step = (WIDTH - LEFT - 46) / terms.length;
    const bars = terms.map(({ value, name }, i) => {
      const [from, to] = [y(sums[i]), y(sums[i + 1])];
      return element("rect", {
        class: `cnn-term-${name}`, x: LEFT + i * step, width: step - 1.5, y: Math.min(from, to), height: Math.max(1.5, Math.abs(to - from)),
      });
    });
    const labels = channels.map((products, c) =>
      element("text", { class: "cnn-tick", x: LEFT + (c + 0.5) * products.length * step, y: HEIGHT - 6, "text-anchor": "middle" }, names[c]));
    const [end, answer] = [LEFT + terms.length * step, sums.at(-1)];
    show(picture, [
      element("line", { class: "cnn-grid", x1: LEFT, x2: end, y1: y(0), y2: y(0) }),
      ...bars, ...labels,
      element("text", { class: "cnn-tick", x: end - step / 2, y: HEIGHT - 6, "text-anchor": "middle" }, "b"),
      element("line", { class: "cnn-term-end", x1: end, x2: end + 6, y1: y(answer), y2: y(answer) }),
      element("text", { class: "cnn-axis", x: end + 9, y: y(answer), dy: "0.33em" }, short(answer, 2)),
    ], WIDTH, HEIGHT);
  }
  return { node: stage, draw };
}
