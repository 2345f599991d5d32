import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";
import { shuffled as mixed, stream } from "../js/nn/random.js";

const [OF_EACH, CLASSES] = [40, 10];
const PICTURES = OF_EACH * CLASSES;
const PLOT = { left: 52, right: 610, top: 10, bottom: 160 };
const across = scale(-0.5, CLASSES - 0.5, PLOT.left, PLOT.right);

export default figure({
  size: [640, 228],
  label: "Batches: left and right arrow keys go from step to step, up and down change the batch",
  step: ({ step, batch }, [down, right]) => ({ step: step + right, batch: batch - 5 * down }),
  draw({ step, batch, shuffled }) {
    const steps = Math.floor(PICTURES / batch);
    const [epoch, place] = [Math.floor((step - 1) / steps), (step - 1) % steps];
    const order = shuffled ? mixed(PICTURES, stream(epoch)) : Int32Array.from({ length: PICTURES }, (_, i) => i);
    const found = new Array(CLASSES).fill(0);
    for (const picture of order.subarray(place * batch, (place + 1) * batch)) found[Math.floor(picture / OF_EACH)]++;
    const up = scale(0, Math.min(batch, OF_EACH), PLOT.bottom, PLOT.top);
    const ticks = [0, 0.5, 1].map((share) => share * Math.min(batch, OF_EACH));
    const classes = found.filter(Boolean).length;
    return {
      title: `Epoch ${epoch + 1}, step ${place + 1} of ${steps}: ${classes === 1 ? "1 class" : `${classes} classes`}`,
      parts: [
        ...axes(PLOT, { place: across, ticks: found.map((_, one) => one), name: "class" }, { place: up, ticks, name: "pictures" }),
        ...found.map((count, one) => element("rect", { class: "cnn-cell cnn-lit", x: across(one) - 18, y: up(count), width: 36, height: PLOT.bottom - up(count) })),
      ],
      words: `Step ${step}: ${plural(batch, "picture")}, of the classes 0 to 9: ${found.join(", ")}.`,
    };
  },
});
