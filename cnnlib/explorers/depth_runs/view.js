import { axes, runRows, scale } from "../js/draw/charts.js";
import { figure } from "../js/frame/stage.js";

const [TOP, ROW, LEFT, RIGHT] = [8, 30, 212, 552];
const across = scale(0, 2.4, LEFT, RIGHT);

export default figure({
  size: [584, TOP + 7 * ROW + 58],
  label: "Runs: left and right arrow keys go from seed to seed",
  step: ({ seed }, [, right]) => ({ seed: seed + right }),
  draw({ seed, runs }) {
    const plot = { left: LEFT, right: RIGHT, top: TOP, bottom: TOP + runs.length * ROW };
    return {
      parts: [
        ...axes(plot, { place: across, ticks: [0, 0.5, 1, 1.5, 2], name: "loss in the last epoch; guessing is 2.3" }, { place: () => 0, ticks: [] }),
        ...runRows(runs, { across, left: LEFT - 8, top: TOP, high: ROW, marked: seed }),
      ],
      words: `Seed ${seed}: ${runs.map(({ name, values }) => `${name} ${values[seed].toFixed(2)}`).join("; ")}.`,
    };
  },
});
