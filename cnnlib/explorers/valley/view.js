import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { plural, signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 56, right: 638, top: 6, bottom: 233.4 };
const [across, up] = [scale(-6.4, 6.4, PLOT.left, PLOT.right), scale(-2.5, 2.5, PLOT.bottom, PLOT.top)];
const START = [4, 2];
const LEVELS = [0.25, 1, 2.25, 4, 6.25, 9].map((part) => 2 * part); // losses whose lines are drawn
const TURNS = Array.from({ length: 721 }, (_, i) => (i * Math.PI) / 360);
const said = (value) => (Math.abs(value) < 1e-9 ? "0" : signed(Number(value.toPrecision(3))));
const isInside = ([one, other]) => Math.abs(one) <= 6.4 && Math.abs(other) <= 2.5;

/** A line of equal loss, as far as it is in the picture; `radii` are those of an ellipse. */
function ring([wide, high]) {
  const corners = TURNS.map((turn) => [wide * Math.cos(turn), high * Math.sin(turn)]);
  const path = corners.map((corner, i) => {
    if (!isInside(corner)) return "";
    const [x, y] = corner;
    return `${i && isInside(corners[i - 1]) ? "L" : "M"}${across(x).toFixed(1)} ${up(y).toFixed(1)}`;
  });
  return element("path", { class: "cnn-stroke", fill: "none", "stroke-opacity": 0.3, d: path.join("") });
}

export default figure({
  size: [640, 300],
  label: "Valley: left and right arrow keys go from step to step, up and down change the input",
  step: ({ input, step }, [down, right]) => ({ step: step + right, input: input - down }),
  draw({ rate, input, step }) {
    const curves = [1, input ** 2]; // of the loss, along either weight
    const places = Array.from({ length: step + 1 }, (_, i) => START.map((one, k) => one * (1 - rate * curves[k]) ** i));
    const beyond = places.findIndex((place) => !isInside(place));
    const shown = beyond < 0 ? places : places.slice(0, beyond);
    const [one, other] = places[step];
    const loss = (one ** 2 * curves[0] + other ** 2 * curves[1]) / 2;
    const rings = LEVELS.map((level) => ring(curves.map((bend) => Math.sqrt((2 * level) / bend))));
    const dots = shown.map(([x, y], i) => element("circle", { class: i === step ? "cnn-dot" : "cnn-pen", "fill-opacity": i === step ? 1 : 0.4, cx: across(x), cy: up(y), r: i === step ? 6 : 3 }));
    const line = shown.map(([x, y]) => `${across(x).toFixed(1)} ${up(y).toFixed(1)}`).join("L");
    return {
      title: `The loss from above: lines of equal loss, and ${plural(step, "step")}`,
      parts: [
        ...axes(PLOT, { place: across, ticks: [-6, -4, -2, 0, 2, 4, 6], text: signed, name: "first weight" }, { place: up, ticks: [-2, -1, 0, 1, 2], text: signed, name: "second weight" }),
        ...rings,
        element("path", { class: "cnn-curve", d: `M${line}` }),
        ...dots,
      ],
      words: `Step ${step}: weights ${said(one)} and ${said(other)}, loss ${said(loss)}. Rates up to ${said(2 / Math.max(...curves))} go down.${beyond < 0 ? "" : ` Step ${beyond} leaves the picture.`}`,
    };
  },
});
