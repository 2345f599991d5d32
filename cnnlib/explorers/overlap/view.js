import { element } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [CELL, TOP, STEP] = [18, 34, 30];

export default figure({
  size: [680, 230],
  label: "Fields: left and right arrow keys change the jump, up and down the kernel",
  step: ({ jump, kernel }, [down, right]) => ({ jump: jump + right, kernel: kernel - down }),
  draw({ field, jump, kernel }) {
    const size = field + (kernel - 1) * jump;
    const bars = Array.from({ length: kernel }, (_, i) => {
      const [x, y, fresh] = [i * jump * CELL, TOP + i * STEP, i ? Math.min(jump, field) : field];
      const part = (from, width, className) => element("rect", { class: className, x: from + 1, y, width: Math.max(0, width - 2), height: STEP - 6, rx: 4 });
      return [
        part(x, (field - fresh) * CELL, "cnn-shared-field"),
        part(x + (field - fresh) * CELL, fresh * CELL, "cnn-fresh-field"),
        element("text", { class: "cnn-label", x: x + (field - fresh / 2) * CELL, y: y + 17 }, String(fresh)),
      ];
    });
    const pixels = Array.from({ length: size }, (_, i) => {
      const seen = Array.from({ length: kernel }, (_, k) => i - k * jump).some((u) => u >= 0 && u < field);
      return element("rect", { class: seen ? "cnn-cell cnn-lit" : "cnn-cell", x: i * CELL + 1, y: TOP + kernel * STEP + 8, width: CELL - 2, height: CELL - 2, rx: 3 });
    });
    const sum = kernel > 1 ? `${field} + (${kernel} − 1)·${jump} = ${size}` : `${field}`;
    const holes = jump > field ? " Where the jump is longer than the fields, pixels between them are seen by nobody." : "";
    return {
      title: `r = ${sum} ${size === 1 ? "pixel" : "pixels"}`,
      parts: [...bars.flat(), ...pixels, element("text", { class: "cnn-tick", x: 0, y: 20 }, "bars: what each neuron sees; bright: what it adds")],
      height: TOP + kernel * STEP + CELL + 12,
      words: `The first neuron sees ${plural(field, "pixel")}, every other one adds a jump of ${jump}: the field spans ${sum}.${holes}`,
    };
  },
});
