import { element } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [SIDE, CELL, TOP] = [8, 20, 24];
const LEFTS = [6, 216, 426];
const NAMES = ["pixels", "a neuron's weights", "their products"];

/** The largest mean of a 3x3 window. */
function brightest(pixels) {
  let most = 0;
  for (let i = 0; i <= SIDE - 3; i++) {
    for (let j = 0; j <= SIDE - 3; j++) {
      const window = Array.from({ length: 9 }, (_, k) => pixels[(i + Math.floor(k / 3)) * SIDE + j + (k % 3)]);
      most = Math.max(most, window.reduce((sum, value) => sum + value, 0) / 9);
    }
  }
  return most;
}

const grid = (values, left, limit, ink) => values.map((value, i) => element("rect", {
  class: ink ? "cnn-pen" : value < 0 ? "cnn-inhibits" : "cnn-excites", "fill-opacity": Math.min(1, Math.abs(value) / limit), x: left + (i % SIDE) * CELL, y: TOP + Math.floor(i / SIDE) * CELL, width: CELL - 1, height: CELL - 1,
}));

export default figure({
  size: [600, 190],
  label: "Digit: left and right arrow keys show another, up and down shuffle",
  step: ({ digit, shuffled }, [down, right]) => ({ digit: digit + right, shuffled: down ? !shuffled : shuffled }),
  draw({ digit, shuffled, pictures, order }) {
    const put = (values) => (shuffled ? order.map((from) => values[from]) : values);
    const [pixels, weights] = [put(pictures.digits[digit]), put(pictures.weights)];
    const products = pixels.map((value, i) => value * weights[i]);
    const answer = products.reduce((sum, value) => sum + value, 0);
    return {
      parts: [pixels, weights, products].flatMap((values, i) => [
        element("text", { class: "cnn-axis", x: LEFTS[i], y: 14 }, NAMES[i]), ...grid(values, LEFTS[i], i ? 0.5 : 1, !i),
      ]),
      words: `A ${digit}${shuffled ? ", shuffled" : ""}: the products add up to the dense neuron's answer, ${signed(answer.toFixed(2))}. A mean over 3×3 pixels is at most ${brightest(pixels).toFixed(2)}.`,
    };
  },
});
