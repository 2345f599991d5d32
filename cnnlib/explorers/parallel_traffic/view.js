import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { brief, whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [LEFT, RIGHT, TOP, ROW] = [72, 480, 36, 46];
const PLOT = { left: LEFT, right: RIGHT, top: TOP - 6, bottom: TOP + 8 * ROW };
const across = scale(1e4, 1e9, LEFT, RIGHT, { log: true });
const TICKS = [1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
const BATCHES = ["16", "32", "64", "128", "256", "512", "1024"];
const SCHEMES = ["pictures", "maps", "cheaper"];

/** The element of a list that lies so many places farther. */
const next = (list, one, step) => list[Math.max(0, Math.min(list.length - 1, list.indexOf(one) + step))];

export default figure({
  size: [690, TOP + 8 * ROW + 70],
  label: "Traffic: left and right arrow keys change the batch, up and down how layers are divided",
  step: ({ scheme, batch }, [down, right]) => ({ scheme: next(SCHEMES, scheme, down), batch: next(BATCHES, batch, right) }),
  draw({ scheme, batch, layers }) {
    const rows = layers.map(({ weights, biases, read }, i) => [2 * (weights + biases), i ? 2 * batch * read : 0]);
    const chosen = rows.map(([pictures, maps]) => (scheme === "pictures" || (scheme === "cheaper" && pictures < maps) ? 0 : 1));
    const crossing = rows.map((row, i) => row[chosen[i]]);
    const total = crossing.reduce((sum, one) => sum + one, 0);
    const bar = (count, y, lit) => [
      element("rect", { class: `cnn-cell${lit ? " cnn-lit" : ""}`, x: LEFT, y, width: Math.max(1, count ? across(count) - LEFT : 1), height: 18 }),
      element("text", { class: "cnn-tick", x: (count ? Math.max(LEFT, across(count)) : LEFT) + 6, y: y + 9, dy: "0.35em" }, count ? brief(count) : "0"),
    ];
    const byMaps = layers.filter((_, i) => chosen[i]).map(({ name }) => name);
    return {
      title: `${whole(total)} numbers cross in a step of ${whole(Number(batch))} pictures`,
      parts: [
        ...axes(PLOT, { place: across, ticks: TICKS, text: brief, name: "numbers that cross; logarithmic scale" }, { place: () => 0, ticks: [] }),
        element("text", { class: "cnn-axis", x: LEFT, y: 16 }, "upper bar: pictures; lower bar: maps"),
        ...rows.flatMap(([pictures, maps], i) => [
          element("text", { class: "cnn-axis", x: LEFT - 8, y: TOP + i * ROW + 20, dy: "0.35em", "text-anchor": "end" }, layers[i].name),
          ...bar(pictures, TOP + i * ROW, chosen[i] === 0),
          ...bar(maps, TOP + i * ROW + 21, chosen[i] === 1),
        ]),
      ],
      words: `In all ${whole(total)} numbers, ${brief(4 * total, "B")} as float32. Divided by maps: ${byMaps.join(", ") || "no layer"}.`,
    };
  },
});
