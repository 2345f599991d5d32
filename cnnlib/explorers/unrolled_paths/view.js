import { scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { plural, whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [LEFT, RIGHT, CHAIN, TOP, FLOOR] = [8, 592, 62, 100, 250];

/** Shares of 0 to `count` successes, each with this chance. */
function binomial(count, chance) {
  let shares = [1];
  for (let i = 0; i < count; i++) {
    const below = shares;
    shares = Array.from({ length: i + 2 }, (_, k) => (below[k] ?? 0) * (1 - chance) + (below[k - 1] ?? 0) * chance);
  }
  return shares;
}

/** The lengths between which at least 95 % lie, at most 2.5 % on either side. */
function middle(shares) {
  const sums = shares.map((_, k) => shares.slice(0, k + 1).reduce((sum, share) => sum + share, 0));
  return [0.025, 0.975].map((part) => sums.findIndex((sum) => sum >= part - 1e-9));
}

/** The units in a row, those that are removed crossed out. */
function chain(units, removed) {
  const place = scale(0, units, LEFT + 16, RIGHT - 16);
  const [step, out] = [place(1) - place(0), Array.from({ length: removed }, (_, i) => Math.floor(((i + 1) * units) / (removed + 1)))];
  const [wide, high] = [Math.min(60, 0.6 * step), Math.min(24, Math.max(10, 0.6 * step))];
  const unit = (_, i) => {
    const [from, to, x] = [place(i) + 0.06 * step, place(i + 1) - 0.06 * step, place(i + 0.5) - wide / 2];
    const gone = out.includes(i);
    return [
      element("path", { class: "cnn-arc", d: `M${from} ${CHAIN} C${from} ${CHAIN - 2.4 * high} ${to} ${CHAIN - 2.4 * high} ${to} ${CHAIN}` }),
      element("rect", { class: gone ? "cnn-cell cnn-ignored" : "cnn-cell", x, y: CHAIN - high / 2, width: wide, height: high, rx: 2 }),
      ...(gone ? [element("path", { class: "cnn-gone", d: `M${x - 2} ${CHAIN - high / 2 - 2} l${wide + 4} ${high + 4} m0 ${-high - 4} l${-wide - 4} ${high + 4}` })] : []),
    ];
  };
  return [
    element("line", { class: "cnn-edge", x1: LEFT, x2: RIGHT, y1: CHAIN, y2: CHAIN }),
    ...Array.from({ length: units }, unit).flat(),
  ];
}

export default figure({
  size: [600, 292],
  label: "Units: left and right arrow keys take away and add units, up and down change the slope",
  step: ({ units, slope }, [down, right]) => ({ units: units + right, slope: slope - 0.05 * down }),
  draw({ units, removed, slope }) {
    const left = units - removed;
    const [paths, gradient] = [binomial(left, 1 / 2), binomial(left, slope / (1 + slope))];
    const high = scale(0, Math.max(...paths, ...gradient), FLOOR, TOP);
    const place = scale(0, units + 1, LEFT, RIGHT);
    const wide = Math.min(30, 0.4 * (place(1) - place(0)));
    const bar = (shares, className, offset) => shares.map((share, k) =>
      element("rect", { class: className, x: place(k + 0.5) + offset, y: high(share), width: wide, height: FLOOR - high(share) }));
    const every = Math.ceil((units + 1) / 12);
    const ticks = Array.from({ length: units + 1 }, (_, k) => k).filter((k) => k % every === 0);
    const [from, to] = middle(gradient);
    return {
      title: "Shares of the paths (grey) and of the gradient (yellow), by the units on the path",
      parts: [
        ...chain(units, removed),
        element("line", { class: "cnn-grid", x1: LEFT, x2: RIGHT, y1: FLOOR, y2: FLOOR }),
        ...bar(paths, "cnn-path-share", -wide),
        ...bar(gradient, "cnn-gradient-share", 0),
        ...ticks.map((k) => element("text", { class: "cnn-tick", x: place(k + 0.5), y: FLOOR + 6, dy: "0.9em", "text-anchor": "middle" }, String(k))),
        element("text", { class: "cnn-tick", x: (LEFT + RIGHT) / 2, y: FLOOR + 24, dy: "0.9em", "text-anchor": "middle" }, "units on the path"),
      ],
      words:
        `${plural(left, "unit")}${removed ? ` left of ${units}` : ""}: ${plural(2 ** left, "path")}${removed ? ` of ${whole(2 ** units)}` : ""}. ` +
        `At least 95 % of the gradient comes through paths of ${from} to ${to} units.`,
    };
  },
});
