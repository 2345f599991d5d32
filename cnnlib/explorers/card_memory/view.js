import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const [TOP, ROW, LEFT, RIGHT] = [8, 30, 120, 520];
const QUARTER = 0.25;
const across = scale(0.8, 21, LEFT, RIGHT, { log: true });

const near = ({ predicted, measured }) => Math.abs(measured / predicted - 1) < QUARTER;

const row = ({ name, predicted, measured }, i, marked) => {
  const y = TOP + (i + 0.5) * ROW;
  const [from, to] = [1 - QUARTER, 1 + QUARTER].map((part) => across(part * predicted));
  const faint = marked ? 1 : 0.4;
  return [
    element("text", { class: "cnn-axis", x: LEFT - 8, y, dy: "0.35em", "text-anchor": "end" }, name),
    element("path", { class: "cnn-curve", "stroke-opacity": faint, d: `M${from} ${y}H${to}M${across(predicted)} ${y - 8}V${y + 8}` }),
    element("circle", { class: "cnn-dot", "fill-opacity": faint, cx: across(measured), cy: y, r: marked ? 6 : 4 }),
  ];
};

export default figure({
  size: [552, TOP + 7 * ROW + 50],
  label: "Networks: up and down arrow keys go from one to the next",
  step: ({ network }, [down]) => ({ network: network + down }),
  point: (_, [, y]) => ({ network: 1 + Math.floor((y - TOP) / ROW) }),
  draw({ policy, network, steps }) {
    const all = steps[policy];
    const { name, predicted, measured } = all[network - 1];
    const plot = { left: LEFT, right: RIGHT, top: TOP, bottom: TOP + all.length * ROW };
    return {
      title: "Lines: predicted, and a quarter less or more. Dots: measured",
      parts: [
        ...axes(plot, { place: across, ticks: [1, 2, 5, 10, 20], name: "GB of a step with 64 pictures" }, { place: () => 0, ticks: [] }),
        ...all.flatMap((one, i) => row(one, i, i === network - 1)),
      ],
      words:
        `${name}: ${predicted.toFixed(2)} GB predicted, ${measured.toFixed(2)} measured, ${(measured / predicted).toFixed(2)} times as much. ` +
        `Within a quarter of the prediction: ${all.filter(near).length} of ${all.length} networks.`,
    };
  },
});
