import { element } from "../js/draw/element.js";
import { plural, three, whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const WIDE = 200; // of the matrix, to which the others are drawn to scale

export default figure({
  size: [560, 260],
  label: "Areas: left and right arrow keys change the picture's side, up and down the kernel's",
  step: ({ side, size }, [down, right]) => ({ side: side + right, size: size - down }),
  draw({ side, size, kernels }) {
    const rows = (side - size + 1) ** 2;
    const held = { picture: side ** 2, windows: rows * size ** 2, matrix: rows * side ** 2 * kernels };
    const area = ([name, numbers], i) => {
      const [x, wide] = [[2, 150, 344][i], WIDE * Math.sqrt(numbers / held.matrix)];
      const line = (words, down) => element("text", { class: "cnn-axis", x, y: 2, dy: `${down}em` }, words);
      return [line(name, 1), line(whole(numbers), 2.2), element("rect", { class: "cnn-bulk", x, y: 56, width: wide, height: wide })];
    };
    const little = held.windows * kernels;
    return {
      title: "Numbers to be held, as areas, beside a matrix that is always drawn this large",
      parts: Object.entries(held).flatMap(area),
      words:
        `${plural(kernels, "kernel")}: ${whole(little)} multiplications with the windows, ${whole(held.matrix)} with the matrix, ${three(held.matrix / little)} times as many. ` +
        `Each number of the windows is written once and multiplied ${kernels === 1 ? "once" : `${kernels} times`}; each kernel has a matrix of its own.`,
    };
  },
});
