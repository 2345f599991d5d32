import { element } from "../js/draw/element.js";
import { brief, plural, whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const BRANCHES = [["1×1", 128], ["3×3", 192], ["5×5", 96]];
const KINDS = ["cnn-cell cnn-lit", "cnn-excites", "cnn-inhibits", "cnn-cell"];
const [LEFT, SCALE, PITCH, HIGH, TOP] = [60, 0.118, 24, 18, 30];

export default figure({
  size: [600, TOP + 10 * PITCH],
  label: "Modules: left and right arrow keys take away and add modules",
  step: ({ modules }, [down, right]) => ({ modules: modules + right + down }),
  draw({ pooled, modules }) {
    const stack = [[0, 0, 0, 256]];
    const sum = (parts) => parts.reduce((a, b) => a + b);
    while (stack.length <= modules) stack.push([...BRANCHES.map(([, maps]) => maps), pooled === "all" ? sum(stack.at(-1)) : 64]);
    const maps = stack.map(sum);
    const row = (parts, i) => {
      const starts = parts.map((_, k) => LEFT + SCALE * sum([0, ...parts.slice(0, k)]));
      const y = TOP + i * PITCH;
      return [
        element("text", { class: "cnn-tick", x: LEFT - 8, y: y + HIGH / 2, dy: "0.35em", "text-anchor": "end" }, i ? `after ${i}` : "input"),
        ...parts.map((count, k) => element("rect", { class: KINDS[k], x: starts[k], y, width: SCALE * count, height: HIGH })),
        element("text", { class: "cnn-tick", x: LEFT + SCALE * maps[i] + 6, y: y + HIGH / 2, dy: "0.35em" }, whole(maps[i])),
      ];
    };
    const key = ([name], k) => [
      element("rect", { class: KINDS[k], x: LEFT + 90 * k, y: 6, width: 12, height: 12 }),
      element("text", { class: "cnn-tick", x: LEFT + 90 * k + 18, y: 12, dy: "0.35em" }, name),
    ];
    const cost = 28 ** 2 * maps.at(-2) * (128 + 9 * 192 + 25 * 96);
    return {
      parts: [...[...BRANCHES, ["pooling"]].flatMap(key), ...stack.flatMap(row)],
      height: TOP + (modules + 1) * PITCH,
      words:
        `${plural(modules, "module")}: ${whole(maps.at(-1))} maps. ` +
        `Without bottlenecks the last module's three kernels cost ${brief(cost)} multiplications.`,
    };
  },
});
