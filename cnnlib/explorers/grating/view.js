import { element } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [LENGTH, PIXEL, LEFT, HIGH, PITCH] = [48, 11, 64, 44, 66];

/** How many stripes a row of samples shows: as many as the stride can tell apart, else a slower wave. */
function seen(waves, stride, shift) {
  const cells = LENGTH / stride;
  const rest = waves % cells;
  const shown = Math.min(rest, cells - rest);
  const grey = 2 * rest === cells && Math.abs(Math.cos((2 * Math.PI * waves * shift) / LENGTH)) < 1e-6;
  return grey ? null : shown;
}

const named = (count) => (count ? plural(count, "stripe") : count === null ? "nothing but grey" : "no stripe");

export default figure({
  size: [LEFT + LENGTH * PIXEL + 4, 3 * PITCH],
  label: "Stripes: left and right arrow keys make them coarser and finer, up and down move the picture",
  step: ({ waves, shift }, [down, right]) => ({ waves: waves + right, shift: shift - down }),
  draw({ waves, shift, strides }) {
    const light = (pixel) => Math.round(127.5 * (1 + Math.cos((2 * Math.PI * waves * (pixel - shift)) / LENGTH)));
    const row = (stride, number) => {
      const y = 2 + number * PITCH;
      const cell = (_, i) => {
        const grey = light(i * stride);
        return element("rect", { x: LEFT + i * stride * PIXEL, y, width: stride * PIXEL, height: HIGH, fill: `rgb(${grey},${grey},${grey})` });
      };
      return [
        element("text", { class: "cnn-axis", x: 0, y: y + HIGH / 2, dy: "0.35em" }, stride === 1 ? "picture" : `stride ${stride}`),
        ...Array.from({ length: LENGTH / stride }, cell),
        element("rect", { class: "cnn-stroke", x: LEFT, y, width: LENGTH * PIXEL, height: HIGH, fill: "none" }),
      ];
    };
    const [, two, four] = strides.map((stride) => named(seen(waves, stride, shift)));
    return {
      title: `${plural(waves, "stripe")} in ${LENGTH} pixels`,
      parts: strides.flatMap(row),
      words: `${plural(waves, "stripe")} in the picture. A stride of 2 shows ${two}; one of 4 shows ${four}.`,
    };
  },
});
