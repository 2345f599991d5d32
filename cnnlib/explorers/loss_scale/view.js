import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { raised, whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 62, right: 622, top: 26, bottom: 190 };
const [LOW, HIGH] = [-50, 30]; // powers of two that are drawn
const across = scale(LOW, HIGH, PLOT.left, PLOT.right);
/** Where float16 begins to hold anything, to hold all digits, and to overflow. */
const [LEAST, NORMAL, OVER] = [-25, -14, 16];

export default figure({
  size: [650, 250],
  label: "Scale: left and right arrow keys change its power of two",
  step: ({ power }, [down, right]) => ({ power: power + right - down }),
  draw({ power, gradients: { least, counts } }) {
    const total = counts.reduce((sum, count) => sum + count, 0);
    const sums = { gone: 0, fewer: 0, infinite: 0, held: 0 };
    const most = Math.max(...counts);
    const up = scale(0, Math.ceil((100 * most) / total / 5) * 5, PLOT.bottom, PLOT.top);
    const bars = counts.map((count, i) => {
      const at = least + i + power;
      const kind = at < LEAST ? "gone" : at < NORMAL ? "fewer" : at < OVER ? "held" : "infinite";
      sums[kind] += count;
      const top = up((100 * count) / total);
      const wide = across(1) - across(0) - 1;
      const inside = count && at >= LOW && at < HIGH;
      return inside ? [element("rect", { class: `cnn-gradient-${kind}`, x: across(at) + 0.5, y: top, width: wide, height: PLOT.bottom - top })] : [];
    });
    const share = (kind) => `${((100 * sums[kind]) / total).toFixed(2)} %`;
    const zone = (words, from, to) => element("text", { class: "cnn-axis", x: (across(from) + across(to)) / 2, y: PLOT.top - 10, "text-anchor": "middle" }, words);
    const ticks = [-50, -40, -30, -20, -10, 0, 10, 20, 30];
    return {
      parts: [
        ...axes(PLOT, { place: across, ticks, text: (at) => (at ? `2${raised(at)}` : "1"), name: "size of a gradient, scaled" },
          { place: up, ticks: [0, 5, 10, 15, 20].filter((tick) => up(tick) >= PLOT.top), name: "% of all" }),
        ...bars.flat(),
        ...[LEAST, NORMAL, OVER].map((at) => element("line", { class: "cnn-curve", x1: across(at), x2: across(at), y1: PLOT.top - 4, y2: PLOT.bottom })),
        zone("becomes 0", LOW, LEAST), zone("fewer digits", LEAST, NORMAL), zone("all its digits", NORMAL, OVER), zone("infinite", OVER, HIGH),
      ],
      words: `The loss times 2${raised(power)} = ${whole(2 ** power)}: of the gradients ${share("gone")} become 0 in float16, ` +
        `${share("fewer")} lose digits, ${share("infinite")} become infinite.`,
    };
  },
});
