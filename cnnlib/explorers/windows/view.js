import { element } from "../js/draw/element.js";
import { plural, whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const UNIT = 4; // a picture is this wide

export default figure({
  size: [560, 320],
  label: "Areas: left and right arrow keys change the picture's side, up and down the kernel's",
  step: ({ side, size }, [down, right]) => ({ side: side + right, size: size - down }),
  draw({ side, size, kernels }) {
    const rows = (side - size + 1) ** 2;
    const held = { picture: side ** 2, windows: rows * size ** 2, matrix: rows * side ** 2 };
    const area = ([name, numbers], i) => {
      const [x, wide] = [[2, 130, 290][i], UNIT * Math.sqrt(numbers / side ** 2)];
      const line = (words, down) => element("text", { class: "cnn-axis", x, y: 2, dy: `${down}em` }, words);
      return [line(name, 1), line(whole(numbers), 2.2), element("rect", { class: "cnn-bulk", x, y: 56, width: wide, height: wide })];
    };
    const [little, much] = [held.windows * kernels, held.matrix * kernels];
    return {
      title: "Numbers to be held, as areas",
      parts: Object.entries(held).flatMap(area),
      words:
        `${plural(kernels, "kernel")}: ${whole(little)} multiplications with the windows, ${whole(much)} with the matrix, ${whole(Math.round(much / little))} times as many. ` +
        `Each number of the windows is written once and multiplied ${kernels === 1 ? "once" : `${kernels} times`}.`,
    };
  },
});
