import { element } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [CELL, SLOPE] = [50, 1 / 8];
const [LEFT, STEP, ZERO, UNIT] = [240, 48, 160, 120]; // of the bars

export default figure({
  size: [640, 190],
  label: "Patch: left and right arrow keys turn the direction in which it gets brighter, up and down change the maps",
  step: ({ angle, maps }, [down, right]) => ({ angle: (angle + 5 * right + 360) % 360, maps: maps - down }),
  draw({ angle, maps, oriented }) {
    const [across, down] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
    const patch = Array.from({ length: 9 }, (_, i) => SLOPE * (((i % 3) - 1) * across + (Math.floor(i / 3) - 1) * down));
    const answers = Array.from({ length: 8 }, (_, map) => Math.max(0, patch.reduce((sum, pixel, i) => sum + pixel * oriented[8 * i + map], 0)));
    const largest = Math.max(...answers.slice(0, maps));
    const kind = (map) => (map < maps && answers[map] === largest ? "cnn-dot" : map < maps ? "cnn-excites" : "cnn-cell");
    return {
      parts: [
        ...patch.map((value, i) => {
          const grey = Math.round(255 * (0.5 + 2 * value));
          return element("rect", { style: `fill: rgb(${grey} ${grey} ${grey})`, x: 10 + (i % 3) * CELL, y: 12 + Math.floor(i / 3) * CELL, width: CELL - 1, height: CELL - 1 });
        }),
        ...answers.flatMap((answer, map) => [
          element("rect", { class: kind(map), x: LEFT + map * STEP, y: ZERO - answer * UNIT, width: STEP - 8, height: answer * UNIT }),
          element("text", { class: "cnn-axis", x: LEFT + map * STEP + STEP / 2 - 4, y: ZERO + 18, "text-anchor": "middle" }, map % 2 ? "" : `${45 * map}°`),
        ]),
        element("text", { class: "cnn-axis", x: LEFT, y: 18 }, "answers, by the filter's direction"),
        element("line", { class: "cnn-grid", x1: LEFT, x2: LEFT + 8 * STEP, y1: ZERO, y2: ZERO }),
      ],
      words: `Brighter towards ${angle}°: the first map answers ${answers[0].toFixed(2)}, the largest of ${plural(maps, "map")} ${largest.toFixed(2)}.`,
    };
  },
});
