import { element } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";
import { shuffled, stream } from "../js/nn/random.js";

const [PICTURES, COLUMNS, CELL] = [100, 20, 30];

export default figure({
  size: [COLUMNS * CELL + 2, (PICTURES / COLUMNS) * CELL + 2],
  label: "Pictures: left and right arrow keys go from step to step, up and down change the batch",
  step: ({ batch, step }, [down, right]) => ({ step: step + right, batch: batch - 4 * down }),
  draw({ batch, step }) {
    const steps = Math.ceil(PICTURES / batch);
    const [epoch, place] = [Math.floor((step - 1) / steps), (step - 1) % steps];
    const order = shuffled(PICTURES, stream(epoch));
    const [from, to] = [place * batch, Math.min((place + 1) * batch, PICTURES)];
    const look = { now: "cnn-cell cnn-lit", before: "cnn-cell cnn-output", later: "cnn-cell cnn-zero" };
    const when = (turn) => (turn < from ? "before" : turn < to ? "now" : "later");
    return {
      title: `Epoch ${epoch + 1}, step ${place + 1} of ${steps}`,
      parts: Array.from(order, (picture, turn) => element("rect", {
        class: look[when(turn)], x: 2 + (picture % COLUMNS) * CELL, y: 2 + Math.floor(picture / COLUMNS) * CELL, width: CELL - 4, height: CELL - 4, rx: 4,
      })),
      words: `Step ${step}: one gradient, from ${plural(to - from, "picture")}, and one change of the weights. ${PICTURES - to} of ${PICTURES} are still to come in epoch ${epoch + 1}, which has ${plural(steps, "step")}.`,
    };
  },
});
