import { axes, runRows, scale } from "../js/draw/charts.js";
import { signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [TOP, ROW, LEFT, RIGHT] = [8, 32, 262, 520];
const across = scale(70, 100, LEFT, RIGHT);

const said = (value) => value.toFixed(1);

export default figure({
  size: [552, TOP + 6 * ROW + 58],
  label: "Runs: left and right arrow keys go from seed to seed",
  step: ({ seed }, [, right]) => ({ seed: seed + right }),
  draw({ seed, runs }) {
    const plot = { left: LEFT, right: RIGHT, top: TOP, bottom: TOP + runs.length * ROW };
    const rows = runs.map(({ network, accuracy }) => ({ name: network, values: accuracy }));
    const [separable, plain] = ["separable", "plain, equal cost"].map((name) => runs.find(({ network }) => network === name).accuracy[seed]);
    return {
      title: "How many new pictures each network names rightly",
      parts: [
        ...axes(plot, { place: across, ticks: [70, 80, 90, 100], name: "% right" }, { place: () => 0, ticks: [] }),
        ...runRows(rows, { across, left: LEFT - 8, top: TOP, high: ROW, marked: seed }),
      ],
      words:
        `Seed ${seed}: separable ${said(separable)} %, plain at equal cost ${said(plain)} %: ` +
        `a lead of ${signed(said(separable - plain))} points. Lines: from the least to the greatest run.`,
    };
  },
});
