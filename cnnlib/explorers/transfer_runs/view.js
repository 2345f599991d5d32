import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 66, right: 470, top: 12, bottom: 240 };
const EXAMPLES = ["3", "10", "30", "100"];
const WAYS = { "fine-tuned": "trunk, fine-tuned", frozen: "trunk, frozen", scratch: "new weights", pixels: "head on pixels" };
const LINES = { "fine-tuned": "cnn-curve", frozen: "cnn-curve", scratch: "cnn-other-curve", pixels: "cnn-transfer-plain" };
const [GAP, SPREAD] = [22, 7];
const place = (one) => PLOT.left + ((EXAMPLES.indexOf(one) + 0.5) * (PLOT.right - PLOT.left)) / EXAMPLES.length;
const up = scale(0, 100, PLOT.bottom, PLOT.top);
const mean = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;

/** Names in the order of their heights, each with a height at which they do not cover one another. */
function apart(heights) {
  const placed = [];
  for (const [name, height] of Object.entries(heights).sort(([, one], [, other]) => one - other)) {
    placed.push([name, Math.max(height, placed.length ? placed.at(-1)[1] + GAP : -Infinity)]);
  }
  return placed;
}

export default figure({
  size: [660, 302],
  label: "Runs: left and right arrow keys change the pictures of each class",
  step: ({ examples }, [down, right]) => ({ examples: EXAMPLES[Math.min(3, Math.max(0, EXAMPLES.indexOf(examples) + right + down))] }),
  draw({ examples, runs }) {
    const of = (way, one) => runs[`${way}, ${one}`];
    const ways = Object.keys(WAYS);
    const column = (one) => ways.flatMap((way, i) => of(way, one).map((share) => element("circle", {
      class: one === examples ? "cnn-dot" : "cnn-pen", "fill-opacity": one === examples ? 1 : 0.35, cx: place(one) + (i - 1.5) * SPREAD, cy: up(share), r: 4,
    })));
    const line = (name, points) => element("path", { class: LINES[name], "stroke-dasharray": name === "frozen" ? "2 4" : name === "scratch" ? "7 4" : "none", d: `M${points.map((point) => point.join(" ")).join("L")}` });
    const way = (name) => line(name, EXAMPLES.map((one) => [place(one), up(mean(of(name, one)))]));
    const ends = apart(Object.fromEntries(ways.map((name) => [name, up(mean(of(name, "100")))])));
    return {
      title: "New pictures of ten symbols named rightly; chance would be 10 %",
      parts: [
        ...axes(PLOT, { place, ticks: EXAMPLES, name: "pictures of each class to learn from" }, { place: up, ticks: [0, 20, 40, 60, 80, 100], name: "right, %" }),
        ...ways.map(way),
        ...EXAMPLES.flatMap(column),
        ...ends.flatMap(([name, y]) => [
          line(name, [[PLOT.right + 6, y], [PLOT.right + 34, y]]),
          element("text", { class: "cnn-axis", x: PLOT.right + 40, y: y + 4 }, WAYS[name]),
        ]),
      ],
      words: `From ${examples} pictures of each class, on average over ${of("frozen", examples).length} runs: ${ways.map((name) => `${WAYS[name]} ${mean(of(name, examples)).toFixed(1)} %`).join(", ")}.`,
    };
  },
});
