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
    const [windows, matrix] = [rows * size ** 2, rows * side ** 2 * kernels];
    const held = [["picture", side ** 2], ["im2col's windows", windows], ["matrix, zeros too", matrix]];
    const area = ([name, numbers], i) => {
      const [x, wide] = [[2, 150, 344][i], WIDE * Math.sqrt(numbers / matrix)];
      const line = (words, down) => element("text", { class: "cnn-axis", x, y: 2, dy: `${down}em` }, words);
      return [line(name, 1), line(whole(numbers), 2.2), element("rect", { class: "cnn-bulk", x, y: 56, width: wide, height: wide })];
    };
    const little = windows * kernels;
    return {
      title: "Numbers to be held, as areas, beside a matrix that is always drawn this large",
      parts: held.flatMap(area),
      words:
        `${plural(kernels, "kernel")}: ${whole(little)} multiplications with the windows, ${whole(matrix)} with the matrix, ${three(matrix / little)} times as many. ` +
        `Each number of the windows is written once and multiplied ${kernels === 1 ? "once" : `${kernels} times`}; each kernel has a matrix of its own.`,
    };
  },
});
