import { linearTicks, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { percent, whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";
import { CACHED, lasts, schedule } from "./math.js";

const [LEFT, RIGHT, TOP, LANE, BAR] = [94, 640, 32, 34, 22];
const STEPS = ["read", "decode", "augment", "train"];
const KEYS = [94, 176, 282, 402];

/** What was measured with these settings, by its name in the experiment. */
function measured({ workers, ahead, cache, train }) {
  const found = [[workers, 1, 2, "parallel"], [ahead, 0, 2, "prefetch"], [cache, "none", "decoded", "cache"]];
  if (train !== 15 || found.some(([value, off, on]) => value !== off && value !== on)) return null;
  const on = found.filter(([value, , with_]) => value === with_);
  return on.length === 0 ? null : on.length === 1 ? on[0][3] : on.length === 3 ? "all three" : null;
}

export default figure({
  size: [650, TOP + 4 * LANE + 66],
  label: "Time: left and right arrow keys change the batches ahead, up and down the workers",
  step: ({ ahead, workers }, [down, right]) => ({ ahead: ahead + right, workers: workers - down }),
  draw(settings) {
    const { workers, ahead, cache, train, seed, runs } = settings;
    const { spans, ratios } = runs[seed];
    const plain = lasts(schedule(spans, { workers: 1, ahead: 0, train, spared: 0 }), train);
    const epochs = [0, CACHED[cache]].map((spared) => schedule(spans, { workers, ahead, train, spared }));
    const across = scale(0, plain, LEFT, RIGHT);
    const text = (words, x, y, anchor = "start", look = "cnn-axis") => element("text", { class: look, x, y, dy: "0.35em", "text-anchor": anchor }, words);
    const bar = (from, long, y, step) => element("rect", { class: `cnn-span cnn-span-${step}`, x: across(from), y, width: Math.max(0, across(long) - LEFT - 0.7), height: BAR });
    const lanes = epochs.flatMap((batches, epoch) => {
      const y = TOP + epoch * (2 * LANE + 14);
      const end = across(lasts(batches, train));
      return [
        text(`epoch ${epoch + 1}`, LEFT - 8, y + BAR / 2, "end"),
        text("device", LEFT - 8, y + BAR + 4 + BAR / 2, "end"),
        element("rect", { class: "cnn-waits", x: LEFT, y: y + BAR + 4, width: end - LEFT, height: BAR }),
        ...batches.flatMap(({ begin, start, steps }) => {
          let from = begin;
          const parts = steps.flatMap((long, i) => {
            from += long;
            return long ? [bar(from - long, long, y, STEPS[i])] : [];
          });
          return [...parts, bar(start, train, y + BAR + 4, "train")];
        }),
      ];
    });
    const bottom = TOP + 4 * LANE + 10;
    const marks = linearTicks(0, plain).flatMap((ms) => [
      element("line", { class: "cnn-grid", x1: across(ms), x2: across(ms), y1: TOP - 4, y2: bottom }),
      text(whole(ms), across(ms), bottom + 11, "middle", "cnn-tick"),
    ]);
    const keys = STEPS.flatMap((step, i) => [
      element("rect", { class: `cnn-span cnn-span-${step}`, x: KEYS[i], y: 6, width: 14, height: 12 }), text(step, KEYS[i] + 19, 12),
    ]);
    const waits = [element("rect", { class: "cnn-waits", x: 488, y: 6, width: 14, height: 12 }), text("device waits", 507, 12)];
    const ends = epochs.map((batches) => lasts(batches, train));
    const work = ends.map((end) => percent((spans.length * train) / end));
    const prepare = epochs[1].reduce((total, { steps }) => total + steps.reduce((a, b) => a + b, 0), 0) / spans.length;
    const slower = ahead === 0 ? "they take turns" : prepare > train ? "the pipeline is the bottleneck" : "the device is the bottleneck";
    const name = measured(settings);
    const real = name ? ` Measured with tf.data: ${ratios[name].toFixed(2)} of the plain epoch's time; by this schedule ${(ends[1] / plain).toFixed(2)}.` : "";
    return {
      title: `Epoch 1: ${whole(Math.round(ends[0]))} ms, epoch 2: ${whole(Math.round(ends[1]))} ms`,
      parts: [...keys, ...waits, ...marks, ...lanes, text("milliseconds", (LEFT + RIGHT) / 2, bottom + 30, "middle")],
      words: `The device works ${work[0]} of epoch 1 and ${work[1]} of epoch 2. There a batch takes ${prepare.toFixed(1)} ms to prepare and ${train} on the device: ${slower}.${real}`,
    };
  },
});
