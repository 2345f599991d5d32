import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const [SIDE, PIXEL, PITCH, COLUMNS] = [8, 10, 90, 7];

export default figure({
  size: [COLUMNS * PITCH, 2 * PITCH],
  label: "Pictures: left and right arrow keys go from class to class",
  step: ({ digit }, [down, right]) => ({ digit: digit + right + down }),
  draw({ digit, classes }) {
    const { count, pictures } = classes[digit];
    const drawn = (picture, k) => {
      const [left, top] = [(k % COLUMNS) * PITCH + 1, Math.floor(k / COLUMNS) * PITCH + 1];
      return [
        element("rect", { class: "cnn-cell", x: left, y: top, width: SIDE * PIXEL + 2, height: SIDE * PIXEL + 2 }),
        ...picture.map((ink, i) => element("rect", {
          class: "cnn-pen", "fill-opacity": ink / 10, x: left + 1 + (i % SIDE) * PIXEL, y: top + 1 + Math.floor(i / SIDE) * PIXEL, width: PIXEL, height: PIXEL,
        })),
      ];
    };
    return { parts: pictures.flatMap(drawn), words: `${pictures.length} of the ${count} training pictures of ${digit === 8 ? "an" : "a"} ${digit}.` };
  },
});
