import { element } from "../js/draw/element.js";
import { brief, whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [MIDDLE, NAMES, LONGEST, PITCH, TOP] = [250, 68, 180, 18, 24];
const [AT, DENSE, POOLED] = [224, 3, 32]; // side that `layers` was counted at; dense layers; what five poolings divide by

/** [name, parameters, multiply-adds] of every layer on pictures of `side` pixels. */
const counted = (layers, side) => layers.map(([name, params, macs], i) => {
  if (i < layers.length - DENSE) return [name, params, macs * (side / AT) ** 2];
  if (i > layers.length - DENSE) return [name, params, macs];
  const weights = macs * (side / AT) ** 2;
  return [name, params - macs + weights, weights];
});

const share = (part, whole) => `${((100 * part) / whole).toPrecision(part < whole / 100 ? 1 : 3)} %`;

export default figure({
  size: [2 * MIDDLE, TOP + 16 * PITCH + 4],
  label: "Layers: up and down arrow keys go from layer to layer, left and right change the picture's side",
  step: ({ layer, side }, [down, right]) => ({ layer: layer + down, side: side + POOLED * right }),
  ends: [{ layer: 1 }, { layer: 16 }],
  point: (_, [, y]) => ({ layer: 1 + Math.floor((y - TOP) / PITCH) }),
  draw({ layer, side, layers }) {
    const rows = counted(layers, side);
    const totals = [1, 2].map((k) => rows.reduce((sum, row) => sum + row[k], 0));
    const most = [1, 2].map((k) => Math.max(...rows.map((row) => row[k])));
    const [dense] = [rows.slice(-DENSE)].map((last) => [1, 2].map((k) => last.reduce((sum, row) => sum + row[k], 0)));
    const [name, params, macs] = rows[layer - 1];
    const text = (className, words, x, y, anchor) => element("text", { class: className, x, y, dy: "0.35em", "text-anchor": anchor }, words);
    const bars = rows.flatMap(([own, ...values], i) => {
      const y = TOP + i * PITCH;
      const look = { class: i === layer - 1 ? "cnn-cell cnn-lit" : "cnn-cell", y: y + 1, height: PITCH - 3 };
      const [left, right] = values.map((value, k) => (LONGEST * value) / most[k]);
      return [
        element("rect", { ...look, x: MIDDLE - NAMES - left, width: left }),
        element("rect", { ...look, x: MIDDLE + NAMES, width: right }),
        text("cnn-tick", own, MIDDLE, y + PITCH / 2, "middle"),
      ];
    });
    return {
      title: `${side}×${side}: the three dense layers have ${share(dense[0], totals[0])} of ${whole(totals[0])} parameters, and ${share(dense[1], totals[1])} of ${brief(totals[1])} MACs`,
      parts: [
        text("cnn-axis", "parameters", MIDDLE - NAMES, 10, "end"),
        text("cnn-axis", "multiply-adds", MIDDLE + NAMES, 10, "start"),
        ...bars,
      ],
      words: `${name}: ${whole(params)} parameters, ${share(params, totals[0])} of all; ${whole(macs)} multiply-adds, ${share(macs, totals[1])}.`,
    };
  },
});
