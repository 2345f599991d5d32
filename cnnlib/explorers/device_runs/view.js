import { axes, runRows, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const [TOP, ROW, LEFT, RIGHT] = [8, 34, 180, 520];
const MOST = 5; // rows of any comparison
const TICKS = [0.5, 1, 2, 4];
const across = scale(0.4, 4.4, LEFT, RIGHT, { log: true });

export default figure({
  size: [552, TOP + MOST * ROW + 54],
  label: "Runs: left and right arrow keys go from seed to seed",
  step: ({ seed }, [, right]) => ({ seed: seed + right }),
  draw({ shown, seed, runs }) {
    const rows = runs[shown].map(({ name, ratios }) => ({ name, values: ratios }));
    const plot = { left: LEFT, right: RIGHT, top: TOP, bottom: TOP + rows.length * ROW };
    return {
      height: plot.bottom + 54,
      parts: [
        ...axes(plot, { place: across, ticks: TICKS, name: "times the plain form (dashed)" }, { place: () => 0, ticks: [] }),
        element("line", { class: "cnn-other-curve", x1: across(1), x2: across(1), y1: plot.top, y2: plot.bottom }),
        ...runRows(rows, { across, left: LEFT - 8, top: TOP, high: ROW, marked: seed }),
      ],
      words: `Seed ${seed}: ${rows.map(({ name, values }) => `${name} ${values[seed].toFixed(2)}`).join(", ")}. Lines: from the least to the greatest run.`,
    };
  },
});
