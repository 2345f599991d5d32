import { element } from "../js/draw/element.js";
import { percent } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const BATCHES = 8;
const [LEFT, WIDTH, LANE, TOP] = [78, 640, 30, 6];
const MOST = 640; // milliseconds that the drawing holds

/** When preparation and training of each batch begin. */
function schedule({ prepare, train, ahead, workers }) {
  const free = Array(workers).fill(0);
  const starts = [];
  for (let batch = 0; batch < BATCHES; batch++) {
    const last = batch ? starts[batch - 1][1] + train : 0;
    const room = ahead ? (starts[batch - ahead]?.[1] ?? 0) : last;
    const begin = Math.max(free[batch % workers], room);
    free[batch % workers] = begin + prepare;
    starts.push([begin, Math.max(begin + prepare, last)]);
  }
  return starts;
}

export default figure({
  size: [WIDTH, TOP + 5 * LANE + 4],
  label: "Time: left and right arrow keys change the batches ahead, up and down the workers",
  step: ({ ahead, workers }, [down, right]) => ({ ahead: ahead + right, workers: workers - down }),
  draw(settings) {
    const { prepare, train, workers } = settings;
    const starts = schedule(settings);
    const place = (ms) => LEFT + (ms * (WIDTH - LEFT - 2)) / MOST;
    const bar = (lane, from, long, look, batch) => [
      element("rect", { class: look, x: place(from) + 0.5, y: TOP + lane * LANE, width: place(long) - LEFT - 1, height: LANE - 6, rx: 3 }),
      ...(long >= 15 ? [element("text", { class: "cnn-label", x: place(from + long / 2), y: TOP + lane * LANE + 16 }, String(batch + 1))] : []),
    ];
    const name = (words, lane) => element("text", { class: "cnn-tick", x: 1, y: TOP + lane * LANE + 16 }, words);
    const end = starts.at(-1)[1] + train;
    const [first, last] = [starts[BATCHES - 3][1], starts[BATCHES - 1][1]];
    return {
      title: `${BATCHES} batches in ${end} ms`,
      height: TOP + (workers + 1) * LANE + 2,
      parts: [
        ...Array.from({ length: workers }, (_, lane) => name(workers > 1 ? `worker ${lane + 1}` : "prepare", lane)),
        name("train", workers),
        ...starts.flatMap(([begin, train_at], batch) => [
          ...bar(batch % workers, begin, prepare, "cnn-output", batch),
          ...bar(workers, train_at, train, "cnn-cell cnn-lit", batch),
        ]),
      ],
      words: `${BATCHES} batches take ${end} ms, in the end one every ${(last - first) / 2} ms. The network trains for ${percent((BATCHES * train) / end)} of the time.`,
    };
  },
});
