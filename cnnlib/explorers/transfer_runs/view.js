import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 66, right: 490, top: 12, bottom: 240 };
const EXAMPLES = ["3", "10", "30", "100"];
const WAYS = { "fine-tuned": "trunk, fine-tuned", frozen: "trunk, frozen", scratch: "new weights", pixels: "head on pixels" };
const LINES = { "fine-tuned": "cnn-curve", frozen: "cnn-curve", scratch: "cnn-other-curve", pixels: "cnn-transfer-plain" };
const [GAP, SPREAD] = [22, 7];
const place = (one) => PLOT.left + ((EXAMPLES.indexOf(one) + 0.5) * (PLOT.right - PLOT.left)) / EXAMPLES.length;
const up = scale(0, 100, PLOT.bottom, PLOT.top);
const mean = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;

/** Heights at which the names of the lines do not cover one another. */
function apart(heights) {
  const placed = [];
  for (const height of heights) placed.push(Math.max(height, placed.length ? placed.at(-1) + GAP : -Infinity));
  return placed;
}

export default figure({
  size: [640, 302],
  label: "Runs: left and right arrow keys change the pictures of each class",
  step: ({ examples }, [down, right]) => ({ examples: EXAMPLES[Math.min(3, Math.max(0, EXAMPLES.indexOf(examples) + right + down))] }),
  draw({ examples, runs }) {
    const of = (way, one) => runs[`${way}, ${one}`];
    const ways = Object.keys(WAYS);
    const column = (one) => ways.flatMap((way, i) => of(way, one).map((share) => element("circle", {
      class: one === examples ? "cnn-dot" : "cnn-pen", "fill-opacity": one === examples ? 1 : 0.35, cx: place(one) + (i - 1.5) * SPREAD, cy: up(share), r: 4,
    })));
    const way = (name) => element("path", { class: LINES[name], "stroke-dasharray": name === "frozen" ? "2 4" : name === "scratch" ? "7 4" : "none", d: `M${EXAMPLES.map((one) => `${place(one)} ${up(mean(of(name, one)))}`).join("L")}` });
    const ends = apart(ways.map((name) => up(mean(of(name, "100")))));
    return {
      title: "New pictures of ten symbols named rightly; chance would be 10 %",
      parts: [
        ...axes(PLOT, { place, ticks: EXAMPLES, name: "pictures of each class to learn from" }, { place: up, ticks: [0, 20, 40, 60, 80, 100], name: "right, %" }),
        ...ways.map(way),
        ...EXAMPLES.flatMap(column),
        ...ways.map((name, i) => element("text", { class: "cnn-axis", x: PLOT.right - 24, y: ends[i] + 4 }, WAYS[name])),
      ],
      words: `From ${examples} pictures of each class, on average over ${of("frozen", examples).length} runs: ${ways.map((name) => `${WAYS[name]} ${mean(of(name, examples)).toFixed(1)} %`).join(", ")}.`,
    };
  },
});
