import { element } from "../js/draw/element.js";
import { brief, whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [PIXELS, READ] = [28 ** 2, 256];
const BRANCHES = [["1×1", 1, 128], ["3×3", 9, 192], ["5×5", 25, 96], ["pool", 0, READ]];
const [SCALE, PITCH, WIDE] = [0.26, 76, 30];
const [INPUT, FIRST, SECOND, JOINED, BARS, LONGEST] = [12, 120, 230, 352, 440, 110]; // places of the columns, and the bar of 481 M
const MIDDLE = 2 * PITCH;

export default figure({
  size: [640, 4 * PITCH + 16],
  label: "Module: left and right arrow keys change the 1×1 before 5×5, up and down the one before 3×3",
  step: ({ three, five }, [down, right]) => ({ three: three - 8 * down, five: five + 8 * right }),
  draw({ three, five, pool }) {
    const between = [0, three, five, 0];
    const out = BRANCHES.map(([, , maps], i) => (i === 3 ? pool || READ : maps));
    const costs = BRANCHES.map(([, window], i) => PIXELS * (i === 3 ? READ * pool : between[i] ? between[i] * (READ + window * out[i]) : READ * window * out[i]));
    const total = costs.reduce((a, b) => a + b);
    const maps = out.reduce((a, b) => a + b);
    const text = (x, y, words, anchor = "middle") => element("text", { class: "cnn-tick", x, y, dy: "0.35em", "text-anchor": anchor }, words);
    const box = (x, y, count, name = "cnn-cell") => element("rect", { class: name, x, y: y - (SCALE * count) / 2, width: WIDE, height: SCALE * count, rx: 2 });
    const wire = (x1, y1, x2, y2) => element("line", { class: "cnn-edge", x1, y1, x2, y2 });
    let top = MIDDLE - (SCALE * maps) / 2;
    const branch = ([name], i) => {
      const y = (i + 0.5) * PITCH + 10;
      const narrow = [null, three, five, pool][i];
      const [early, late] = i === 3 ? [["pool", READ], narrow ? ["1×1", narrow] : null] : [narrow ? ["1×1", narrow] : null, [name, out[i]]];
      const stops = [[early, FIRST], [late, SECOND]].filter(([one]) => one);
      const high = SCALE * out[i];
      const end = top + high / 2;
      top += high;
      return [
        wire(INPUT + WIDE, MIDDLE, i ? stops[0][1] : FIRST, y), // the first goes over the others' names
        ...(i ? [] : [wire(FIRST, y, SECOND, y)]),
        ...(stops.length > 1 ? [wire(FIRST + WIDE, y, SECOND, y)] : []),
        wire(stops.at(-1)[1] + WIDE, y, JOINED, end),
        ...stops.flatMap(([[label, count], x]) => [box(x, y, count, label === "1×1" && i ? "cnn-cell cnn-lit" : "cnn-cell"), text(x + WIDE / 2, y - (SCALE * count) / 2 - 9, `${label}: ${count}`)]),
        element("rect", { class: "cnn-output", x: JOINED, y: end - high / 2 + 0.5, width: WIDE, height: high - 1 }),
        element("rect", { class: "cnn-excites", x: BARS, y: y - 11, width: (LONGEST * costs[i]) / 481689600, height: 22 }),
        text(BARS + (LONGEST * costs[i]) / 481689600 + 5, y, costs[i] ? brief(costs[i]) : "0", "start"),
      ];
    };
    return {
      title: `${whole(total)} multiplications, ${whole(maps)} maps`,
      parts: [box(INPUT, MIDDLE, READ), text(INPUT + WIDE / 2, MIDDLE + 44, READ), ...BRANCHES.flatMap(branch), text(JOINED + WIDE / 2, MIDDLE + (SCALE * maps) / 2 + 14, maps)],
      words: `${BRANCHES.map(([name], i) => `${name} ${whole(costs[i])}`).join(", ")}: together ${whole(total)} multiplications. Out come ${out.join(" + ")} = ${maps} maps.`,
    };
  },
});
