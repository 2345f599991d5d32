import { element } from "../js/draw/element.js";
import { plural, whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const STEPS = ["read", "prepare", "shuffle", "vary", "batch"];
const [PICTURES, BATCH] = [1221, 64];
const [WIDE, GAP, TOP, TALL] = [104, 32, 30, 44];
const KEPT = [
  "No cache: every step runs in every epoch",
  "What is read is kept",
  "Read and prepared once, and new in every epoch",
  "The first epoch's order is kept: every epoch has the same",
  "The first epoch's order and variants are kept: nothing is new",
  "The first epoch's batches are kept: nothing is new",
];

export default figure({
  size: [680, 120],
  label: "Pipeline: left and right arrow keys move the cache, up and down change the epochs",
  step: ({ cache, epochs }, [down, right]) => ({ cache: cache + right, epochs: epochs - down }),
  draw({ cache, epochs }) {
    const ran = STEPS.map((step, i) => (i < cache ? 1 : epochs) * (step === "batch" ? Math.ceil(PICTURES / BATCH) : PICTURES));
    const left = (i) => 2 + i * (WIDE + GAP);
    const wall = left(cache) - GAP / 2;
    const boxes = STEPS.flatMap((step, i) => [
      element("rect", { class: i < cache ? "cnn-cell" : "cnn-cell cnn-lit", x: left(i), y: TOP, width: WIDE, height: TALL, rx: 6 }),
      element("text", { class: "cnn-label", x: left(i) + WIDE / 2, y: TOP + TALL / 2 + 4 }, step),
      element("text", { class: "cnn-label", x: left(i) + WIDE / 2, y: TOP + TALL + 22 }, `${whole(ran[i])} ×`),
    ]);
    const mark = [
      element("line", { class: "cnn-curve", x1: wall, x2: wall, y1: TOP - 8, y2: TOP + TALL + 8 }),
      element("text", { class: "cnn-tick", x: Math.min(wall, 640), y: 14, "text-anchor": "middle" }, "cache"),
    ];
    return {
      title: KEPT[cache],
      parts: [...boxes, ...(cache ? mark : [])],
      words: `${plural(epochs, "epoch")}: ${STEPS.map((step, i) => `${step} ${whole(ran[i])}`).join(", ")} times. ${KEPT[cache]}.`,
    };
  },
});
