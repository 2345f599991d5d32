import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { percent, plural, scientific, signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 62, right: 600, top: 10, bottom: 180 };
const MOST = 100;
const [across, up] = [scale(0, MOST, PLOT.left, PLOT.right), scale(0, 1, PLOT.bottom, PLOT.top)];

/** A share in per cent, with two digits where it is small. */
const said = (share) => (share >= 0.1 ? percent(share) : `${scientific(100 * share, 2)} %`);

export default figure({
  size: [620, 246],
  label: "Signal: left and right arrow keys go from layer to layer, up and down change the bias",
  step: ({ bias, layers }, [down, right]) => ({ bias: bias - down / 2, layers: layers + right }),
  point: (_, [x]) => ({ layers: Math.round((MOST * (x - PLOT.left)) / (PLOT.right - PLOT.left)) }),
  draw({ bias, layers }) {
    const carried = 1 - 1 / (1 + Math.exp(-bias));
    const bar = (_, i) => element("rect", { class: i === layers ? "cnn-lit" : "cnn-pen", x: across(i) - 2, y: up(carried ** i), width: 4, height: PLOT.bottom - up(carried ** i) });
    return {
      title: `Carried where all gates start at a bias of ${signed(bias.toFixed(1))}`,
      parts: [
        ...axes(PLOT, { place: across, ticks: [0, 20, 40, 60, 80, 100], name: "layers" }, { place: up, ticks: [0, 0.25, 0.5, 0.75, 1], text: percent }),
        ...Array.from({ length: MOST + 1 }, bar),
        element("circle", { class: "cnn-dot", cx: across(layers), cy: up(carried ** layers), r: 6 }),
      ],
      words: `Each layer carries ${said(carried)} of what it reads. Behind ${plural(layers, "layer")}, ${said(carried ** layers)} of the input arrives.`,
    };
  },
});
