import { element } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";
import { axisOf } from "../padding/math.js";

const [SIDE, CELL] = [9, 32];

export default figure({
  size: [SIDE * CELL, SIDE * CELL],
  label: "Picture: left and right arrow keys change the kernel's size",
  step: ({ kernel }, [down, right]) => ({ kernel: kernel + right - down }),
  draw({ kernel, padding }) {
    const { outputs, taps } = axisOf(SIDE, { kernel, stride: 1, padding, zeros: 0, dilation: 1 });
    const read = Array.from({ length: outputs }, (_, output) => taps(output)).flat();
    const along = Array.from({ length: SIDE }, (_, cell) => read.filter((tap) => tap === cell).length);
    const counts = along.map((down) => along.map((across) => down * across));
    const middle = counts[(SIDE - 1) / 2][(SIDE - 1) / 2];
    return {
      parts: counts.flatMap((row, i) => row.flatMap((count, j) => {
        const size = { x: j * CELL + 1, y: i * CELL + 1, width: CELL - 2, height: CELL - 2, rx: 3 };
        return [
          element("rect", { class: "cnn-cell", ...size }),
          element("rect", { class: "cnn-read", ...size, "fill-opacity": 0.7 * (count / kernel ** 2) }),
          element("text", { class: "cnn-label", x: (j + 0.5) * CELL, y: (i + 0.5) * CELL + 4 }, String(count)),
        ];
      })),
      words: `${kernel}×${kernel} kernel, ${outputs}×${outputs} neurons: a corner is read ${plural(counts[0][0], "time")}, the middle ${plural(middle, "time")}.`,
    };
  },
});
