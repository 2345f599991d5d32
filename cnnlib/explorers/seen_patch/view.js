import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const [SIDE, RIGHT] = [224, 400];

export default figure({
  size: [RIGHT + SIDE, SIDE + 4],
  label: "Cat: left and right arrow keys choose a layer",
  step: ({ layer }, [down, right]) => ({ layer: layer + right - down }),
  draw({ layer, fields, eye: [row, column], cat }) {
    const [name, size] = fields[layer];
    const [top, left] = [row, column].map((middle) => middle - Math.floor(size / 2));
    const photo = () => element("image", { href: cat, width: SIDE, height: SIDE });
    const window = element("svg", { x: RIGHT, y: 2, width: SIDE, height: SIDE, viewBox: `${left} ${top} ${size} ${size}` }, photo());
    const frame = (x, y, side) => element("rect", { class: "cnn-window", x, y, width: side, height: side });
    const beam = (at) => element("line", { class: "cnn-edge cnn-lit", x1: left + size, y1: 2 + top + at * size, x2: RIGHT, y2: 2 + at * SIDE });
    return {
      parts: [element("svg", { y: 2, width: SIDE, height: SIDE }, photo()), beam(0), beam(1), window, frame(left, top + 2, size), frame(RIGHT, 2, SIDE)],
      words: `A neuron of ${name} sees ${size}×${size} pixels.`,
    };
  },
});
