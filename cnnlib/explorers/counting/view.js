import { element } from "../js/draw/element.js";
import { whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [WIDTH, BAR, GAP] = [600, 22, 30];
const [MOST_PARAMETERS, MOST_OPERATIONS] = [30e6, 9e9]; // at the right ends of the bars

export default figure({
  size: [WIDTH + 2, 2 * BAR + 2.4 * GAP],
  draw({ version, unit, biases, statistics, counts }) {
    const parameters = counts.weights + (biases ? counts.biases : 0) + (statistics ? counts.statistics : 0);
    const operations = counts.macs[version] * (unit === "flops" ? 2 : 1);
    const name = unit === "flops" ? "FLOPs" : "MACs";
    const row = (top, text, share) => [
      element("text", { class: "cnn-axis", x: 1, y: top - 7 }, text),
      element("rect", { class: "cnn-cell cnn-lit", x: 1, y: top, width: WIDTH * share, height: BAR, rx: 4 }),
    ];
    const printed = biases && statistics ? ", as many as Keras prints" : "";
    return {
      parts: [
        ...row(GAP, `${whole(parameters)} parameters`, parameters / MOST_PARAMETERS),
        ...row(BAR + 2.3 * GAP, `${whole(operations)} ${name}`, operations / MOST_OPERATIONS),
      ],
      words: `ResNet-50 ${version}: ${whole(parameters)} parameters${printed}, ${whole(operations)} ${name}.`,
    };
  },
});
