import { element } from "../js/draw/element.js";
import { plural, short } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [CELLS, WIDE, LEFT, HIGH] = [12, 46, 44, 38];
const cells = Array.from({ length: CELLS }, (_, i) => i);

export default figure({
  size: [LEFT + CELLS * WIDE, 196],
  label: "Waves: left and right arrow keys make them slower and faster",
  step: ({ waves }, [down, right]) => ({ waves: waves + right - down }),
  draw({ waves, border }) {
    const wave = cells.map((i) => Math.cos((2 * Math.PI * waves * i) / CELLS));
    const ring = border === "circular";
    const at = (i) => (ring ? wave[(i + CELLS) % CELLS] : (wave[i] ?? 0));
    const answer = cells.map((i) => at(i - 1) / 4 + at(i) / 2 + at(i + 1) / 4);
    const factor = (1 + Math.cos((2 * Math.PI * waves) / CELLS)) / 2;
    const off = cells.filter((i) => Math.abs(answer[i] - factor * wave[i]) > 1e-9);
    const bar = (values, middle) => (i) => element("rect", {
      class: values[i] < 0 ? "cnn-inhibits" : "cnn-excites",
      ...{ x: LEFT + i * WIDE + 6, width: WIDE - 12, y: middle - Math.max(0, HIGH * values[i]), height: Math.abs(HIGH * values[i]) },
    });
    const mark = (i) => element("rect", { class: "cnn-window", x: LEFT + i * WIDE + 2, width: WIDE - 4, y: 104, height: 2 * HIGH + 8, rx: 4 });
    const row = (values, middle, name) => [
      element("text", { class: "cnn-tick", x: 0, y: middle, dy: "0.35em" }, name),
      element("line", { class: "cnn-grid", x1: LEFT, x2: LEFT + CELLS * WIDE, y1: middle, y2: middle }),
      ...cells.map(bar(values, middle)),
    ];
    return {
      parts: [...row(wave, 46, "in"), ...row(answer, 146, "out"), ...off.map(mark)],
      words: off.length
        ? `${plural(waves, "wave")} in. The border bends what comes out: ${plural(off.length, "cell")} ${off.length === 1 ? "is" : "are"} not ${short(factor)} times what went in.`
        : `${plural(waves, "wave")} in, ${factor > 1e-9 ? plural(waves, "wave") : "nothing"} out: each cell is ${short(factor)} times what went in.`,
    };
  },
});
