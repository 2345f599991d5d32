import { element } from "../js/draw/element.js";
import { percent, signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [LEFT, PITCH, WIDE, TALL] = [70, 46, 34, 78];
const ROWS = [{ name: "before", base: 92 }, { name: "after", base: 206 }];

const said = (value) => signed(Number(value.toPrecision(3)));

export default figure({
  size: [LEFT + 12 * PITCH + 4, 246],
  label: "Maps: left and right arrow keys choose one, up and down change the reach",
  step: ({ map, reach }, [down, right]) => ({ map: Math.max(0, Math.min(11, map + right)), reach: reach - down }),
  point: ({ map }, [x]) => ({ map: x < LEFT ? map : Math.min(11, Math.floor((x - LEFT) / PITCH)) }),
  draw({ largest, reach, k, alpha, beta, map, pattern }) {
    const before = pattern.map((share) => share * largest);
    const read = (i) => before.slice(Math.max(0, i - reach), i + reach + 1);
    const divisors = before.map((_, i) => (k + alpha * read(i).reduce((sum, a) => sum + a * a, 0)) ** beta);
    const after = before.map((a, i) => a / divisors[i]);
    const bars = [before, after].flatMap((answers, row) => answers.map((value, i) => {
      const tall = Math.max(1, (TALL * value) / Math.max(...answers));
      return element("rect", { class: `cnn-cell${i === map ? " cnn-lit" : ""}`, x: LEFT + i * PITCH + 5, y: ROWS[row].base - tall, width: WIDE, height: tall });
    }));
    const reads = [Math.max(0, map - reach), Math.min(11, map + reach)];
    const kept = divisors.map((divisor) => 1 / divisor);
    return {
      title: "Twelve maps, counted from 0, at one pixel, each row to the scale of its own largest answer",
      parts: [
        ...ROWS.map(({ name, base }) => element("text", { class: "cnn-tick", x: 0, y: base - 4 }, name)),
        ...bars,
        element("rect", { class: "cnn-window", x: LEFT + reads[0] * PITCH, y: 4, width: (reads[1] - reads[0] + 1) * PITCH - 2, height: 92, rx: 5 }),
        element("text", { class: "cnn-tick", x: 0, y: 230 }, "kept, %"),
        ...kept.map((share, i) => element("text", { class: "cnn-label", x: LEFT + i * PITCH + 22, y: 230 }, String(Math.round(100 * share)))),
      ],
      words:
        `Map ${map}: ${said(before[map])} divided by (${said(k)} + ${said(alpha * read(map).reduce((sum, a) => sum + a * a, 0))}) to the power of ${beta}, which is ${said(divisors[map])}, gives ${said(after[map])}. ` +
        `The maps keep from ${percent(Math.min(...kept))} to ${percent(Math.max(...kept))} of their answers.`,
    };
  },
});
