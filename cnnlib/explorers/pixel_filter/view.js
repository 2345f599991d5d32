import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 60, right: 420, top: 10, bottom: 232 };
const [across, up] = [scale(-0.1, 0.5, PLOT.left, PLOT.right), scale(-0.15, 0.7, PLOT.bottom, PLOT.top)];
const [width, height] = [PLOT.right - PLOT.left, PLOT.bottom - PLOT.top];
const WITHIN = { x: PLOT.left, y: PLOT.top, width, height, viewBox: `${PLOT.left} ${PLOT.top} ${width} ${height}` };
const NAMES = ["water", "soil", "plants"];
const PLANTS = 2;

const said = (value) => signed(Number(value.toFixed(2)));
const added = (value) => `${value < 0 ? "−" : "+"} ${said(Math.abs(value))}`;

/** The ends of the line on which the answer is 0, where it crosses the plot. */
function border(red, infrared, bias) {
  const far = 10;
  const size = Math.hypot(red, infrared);
  const [x, y] = [(-bias * red) / size ** 2, (-bias * infrared) / size ** 2];
  return [-far, far].map((by) => [across(x - (by * infrared) / size), up(y + (by * red) / size)]);
}

export default figure({
  size: [560, 290],
  label: "Pixels: left and right arrow keys change the weight of red, up and down the bias",
  step: ({ red, bias }, [down, right]) => ({ red: red + 0.1 * right, bias: bias - 0.05 * down }),
  draw({ red, infrared, bias, pixels }) {
    const answers = ([r, i]) => red * r + infrared * i + bias > 0;
    const dots = pixels.flatMap((surface, kind) => surface.map((pixel) => ({ pixel, kind, right: answers(pixel) === (kind === PLANTS) })));
    const right = dots.filter((dot) => dot.right).length;
    return {
      parts: [
        ...axes(PLOT, { place: across, ticks: [0, 0.2, 0.4], name: "red" }, { place: up, ticks: [0, 0.2, 0.4, 0.6], name: "near infrared" }),
        ...dots.map(({ pixel: [r, i], kind, right }) => element("circle", { class: kind === PLANTS ? "cnn-excites" : "cnn-inhibits", "fill-opacity": right ? 1 : 0.35, cx: across(r), cy: up(i), r: 3 })),
        ...NAMES.map((name, kind) => element("text", { class: "cnn-tick", x: PLOT.right + 14, y: up([0.02, 0.3, 0.5][kind]) + 4 }, name)),
        ...(red || infrared ? [element("svg", WITHIN, element("path", { class: "cnn-curve", d: `M${border(red, infrared, bias).join("L")}` }))] : []),
      ],
      words: `${said(red)} · red ${added(infrared)} · infrared ${added(bias)}: right at ${right} of ${dots.length} pixels, ${((100 * right) / dots.length).toFixed(1)} %.`,
    };
  },
});
