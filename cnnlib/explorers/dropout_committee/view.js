import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 200, right: 600, top: 8, bottom: 200 };
const across = scale(0, 100, PLOT.left, PLOT.right);
const [CELL, PITCH] = [32, 48];
const sigmoid = (sum) => 1 / (1 + Math.exp(-sum));
const total = (numbers) => numbers.reduce((sum, one) => sum + one, 0);
const row = (member) => PLOT.top + 6 + 12 * member;
const kept = (member, i) => (member >> (3 - i)) & 1;

const said = (share) => `${(100 * share).toFixed(1)} %`;

export default figure({
  size: [640, 262],
  label: "Members: left and right arrow keys go from one to the next, up and down change the strength",
  step: ({ member, strength }, [down, right]) => ({ member: member + right, strength: strength - 0.25 * down }),
  point: (_, [, y]) => ({ member: Math.floor((y - PLOT.top) / 12) }),
  draw({ member, strength, votes }) {
    const yes = Array.from({ length: 16 }, (_, one) => sigmoid(strength * total(votes.filter((_, i) => kept(one, i)))));
    const [mean, halved] = [total(yes) / 16, sigmoid((strength * total(votes)) / 2)];
    const geometric = sigmoid(total(yes.map((p) => Math.log(p / (1 - p)))) / 16);
    const unit = (vote, i) => [
      element("rect", { class: `cnn-cell${kept(member, i) ? " cnn-lit" : " cnn-zero"}`, x: 4, y: PLOT.top + i * PITCH, width: CELL, height: CELL, rx: 16 }),
      element("text", { class: "cnn-tick", x: 46, y: PLOT.top + i * PITCH + 16, dy: "0.35em" }, kept(member, i) ? signed((strength * vote).toFixed(2)) : "dropped"),
    ];
    const line = (share, dashes) => element("line", {
      class: "cnn-committee", x1: across(100 * share), x2: across(100 * share), y1: PLOT.top, y2: PLOT.bottom, "stroke-dasharray": dashes,
    });
    return {
      title: "Four units vote for a class, or against it; dropout makes sixteen networks of them",
      parts: [
        ...votes.flatMap(unit),
        ...axes(PLOT, { place: across, ticks: [0, 25, 50, 75, 100], name: "probability of the class, %" }, { place: row, ticks: [0, 5, 10, 15] }),
        line(mean, "none"),
        line(halved, "5 4"),
        ...yes.map((p, one) => element("circle", { class: one === member ? "cnn-dot" : "cnn-pen", cx: across(100 * p), cy: row(one), r: one === member ? 6 : 3 })),
      ],
      words: `Member ${member} says ${said(yes[member])}. All sixteen: mean ${said(mean)} (solid line), normalized geometric mean ${said(geometric)}. One network with halved outputs: ${said(halved)} (dashed).`,
    };
  },
});
