import { element } from "../js/draw/element.js";
import { three, whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [MAPS, CELL, TOP, LEFTS] = [24, 9, 44, [2, 250]];
const SIDE = MAPS * CELL;
const SEGMENTS = Array.from({ length: MAPS }, (_, i) => i + 1).filter((count) => MAPS % count === 0);

const named = (segments) => {
  if (segments === 1) return "An ordinary 3×3 convolution behind a 1×1.";
  if (segments === MAPS) return "One 3×3 kernel for each map: a separable convolution, its halves in the other order.";
  return segments === 3 || segments === 4 ? "As many segments as in an inception module." : "";
};

export default figure({
  size: [LEFTS[1] + SIDE + 4, TOP + SIDE + 4],
  label: "Weights: left and right arrow keys change the number of segments",
  step: ({ segments }, [down, right]) => {
    const at = SEGMENTS.indexOf(Number(segments)) + right - down;
    return { segments: String(SEGMENTS[Math.min(SEGMENTS.length - 1, Math.max(0, at))]) };
  },
  draw({ segments: chosen }) {
    const segments = Number(chosen);
    const [point, space, most] = [MAPS * MAPS, (9 * MAPS * MAPS) / segments, 9 * MAPS * MAPS];
    const matrix = (place, name, parts) => {
      const side = SIDE / parts;
      return [
        element("text", { class: "cnn-axis", x: LEFTS[place], y: 14 }, name),
        element("text", { class: "cnn-tick", x: LEFTS[place], y: 34 }, "row: out, column: in"),
        element("rect", { class: "cnn-cell", x: LEFTS[place], y: TOP, width: SIDE, height: SIDE }),
        ...Array.from({ length: parts }, (_, i) =>
          element("rect", { class: "cnn-cell cnn-lit", x: LEFTS[place] + i * side, y: TOP + i * side, width: side, height: side })),
      ];
    };
    return {
      parts: [...matrix(0, "1×1, across the channels", 1), ...matrix(1, "3×3, in space", segments)],
      words:
        `${whole(point)} weights in the 1×1 and ${whole(space)} in the 3×3 kernels, together ${whole(point + space)}, ` +
        `${three((100 * (point + space)) / (point + most))} % of those with one segment. ${named(segments)}`.trim(),
    };
  },
});
