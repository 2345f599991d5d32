import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 52, right: 610, top: 10, bottom: 200 };
const across = scale(0, 100, PLOT.left, PLOT.right);
const up = scale(0, 5, PLOT.bottom, PLOT.top);

/** The mean loss where class 0, `share` % of the pictures, is given `said` %, and nine others the rest. */
const loss = (said, share) => -(share / 100) * Math.log(said / 100) - (1 - share / 100) * Math.log((100 - said) / 900);

export default figure({
  size: [640, 268],
  label: "Answer: left and right arrow keys change what is said, up and down how common class 0 is",
  step: ({ said, share }, [down, right]) => ({ said: said + right, share: share - 5 * down }),
  point: (_, [x]) => ({ said: Math.round((100 * (x - PLOT.left)) / (PLOT.right - PLOT.left)) }),
  draw({ said, share }) {
    const path = Array.from({ length: 197 }, (_, i) => 1 + i / 2).filter((one) => loss(one, share) <= 5).map((one) => `${across(one).toFixed(1)} ${up(loss(one, share)).toFixed(1)}`);
    const least = loss(share, share);
    const dashed = { class: "cnn-stroke", "stroke-dasharray": "4 3" };
    return {
      title: `The same answer to every picture: loss ${loss(said, share).toFixed(4)}`,
      parts: [
        ...axes(PLOT, { place: across, ticks: [0, 20, 40, 60, 80, 100], name: "said for class 0, %" }, { place: up, ticks: [0, 1, 2, 3, 4, 5], name: "mean loss" }),
        element("path", { class: "cnn-curve", d: `M${path.join("L")}` }),
        element("line", { ...dashed, x1: PLOT.left, x2: PLOT.right, y1: up(least), y2: up(least) }),
        element("text", { class: "cnn-tick", x: PLOT.right, y: up(least) + 16, "text-anchor": "end" }, `least: ${least.toFixed(4)}`),
        element("circle", { class: "cnn-dot", cx: across(said), cy: up(Math.min(5, loss(said, share))), r: 6 }),
      ],
      words: `${said} % said for a class that ${share} % of the pictures have: loss ${loss(said, share).toFixed(4)}. No other single answer costs less than ${least.toFixed(4)}.`,
    };
  },
});
