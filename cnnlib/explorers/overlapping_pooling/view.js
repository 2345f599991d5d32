import { element } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [CELLS, PITCH, STRIDE, TOP] = [13, 48, 2, 10];

export default figure({
  size: [CELLS * PITCH + 4, 156],
  label: "Row: left and right arrow keys move the answer, up and down change the window",
  step: ({ place, size }, [down, right]) => ({ place: place + right, size: size - down }),
  point: (_, [x]) => ({ place: Math.floor((x - 2) / PITCH) }),
  draw({ size, place }) {
    const starts = Array.from({ length: CELLS }, (_, i) => i).filter((i) => i % STRIDE === 0 && i + size <= CELLS);
    const holds = (start) => place >= start && place < start + size;
    const found = starts.filter(holds).length;
    const cell = (lit, x, y) => element("rect", { class: `cnn-cell${lit ? " cnn-lit" : ""}`, x, y, width: 36, height: 36, rx: 5 });
    const reading = (start) => {
      const middle = 2 + (start + size / 2) * PITCH;
      return [
        ...Array.from({ length: size }, (_, u) => element("line", {
          class: `cnn-edge${start + u === place ? " cnn-lit" : ""}`, x1: 2 + (start + u) * PITCH + 23, x2: middle, y1: TOP + 36, y2: 110,
        })),
        cell(holds(start), middle - 18, 110),
      ];
    };
    const seen = ["no window: pooling loses it", "one window", "two windows", "three windows"][found];
    return {
      parts: [...Array.from({ length: CELLS }, (_, i) => cell(i === place, 2 + i * PITCH + 5, TOP)), ...starts.flatMap(reading)],
      words: `${plural(CELLS, "cell")}, ${plural(starts.length, "window")} of ${size}, ${STRIDE} apart. The answer at cell ${place} is in ${seen}.`,
    };
  },
});
