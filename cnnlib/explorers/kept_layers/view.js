import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 66, right: 590, top: 12, bottom: 210 };
const COPIED = [0, 1, 2, 3, 4, 5];
const place = (one) => PLOT.left + ((one + 0.5) * (PLOT.right - PLOT.left)) / COPIED.length;
const up = scale(50, 100, PLOT.bottom, PLOT.top);
const mean = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;

export default figure({
  size: [602, 272],
  label: "Layers: left and right arrow keys change how many are kept, up and down the pictures",
  step: ({ copied, examples }, [down, right]) => ({ copied: copied + right, examples: down ? (examples === "10" ? "100" : "10") : examples }),
  draw({ copied, examples, runs }) {
    const of = (one, pictures) => runs[`${one} of 5, ${pictures}`].accuracy;
    const line = (pictures) => element("path", { class: "cnn-curve", "stroke-opacity": pictures === examples ? 1 : 0.3, d: `M${COPIED.map((one) => `${place(one)} ${up(mean(of(one, pictures)))}`).join("L")}` });
    const column = (one) => of(one, examples).map((share) => element("circle", { class: one === copied ? "cnn-dot" : "cnn-pen", "fill-opacity": one === copied ? 1 : 0.4, cx: place(one), cy: up(share), r: 4 }));
    const shares = of(copied, examples);
    const { trained } = runs[`${copied} of 5, ${examples}`];
    const kept = copied ? `The first ${copied === 1 ? "layer is" : `${copied} layers are`} kept` : "Nothing is kept";
    return {
      title: `From ${examples} pictures of each class; pale: from ${examples === "10" ? 100 : 10}`,
      parts: [
        ...axes(PLOT, { place, ticks: COPIED, name: "layers kept, of five" }, { place: up, ticks: [50, 60, 70, 80, 90, 100], name: "new pictures right, %" }),
        line(examples === "10" ? "100" : "10"),
        line(examples),
        ...COPIED.flatMap(column),
      ],
      words: `${kept}: ${mean(shares).toFixed(1)} % of the new pictures right, from ${Math.min(...shares).toFixed(1)} to ${Math.max(...shares).toFixed(1)} in ${shares.length} runs. Training changes ${whole(trained)} numbers.`,
    };
  },
});
