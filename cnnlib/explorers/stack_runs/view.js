import { axes, runRows, scale } from "../js/draw/charts.js";
import { signed, whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [TOP, ROW, LEFT, RIGHT] = [8, 32, 230, 530];
const across = scale(70, 90, LEFT, RIGHT);
const [STACK, LARGE] = ["3×3 three times", "7×7"];

const said = (value) => value.toFixed(1);

export default figure({
  size: [552, TOP + 6 * ROW + 50],
  label: "Runs: left and right arrow keys go from seed to seed",
  step: ({ seed }, [, right]) => ({ seed: seed + right }),
  draw({ training, seed, runs }) {
    const chosen = runs[training];
    const bottom = TOP + chosen.length * ROW;
    const plot = { left: LEFT, right: RIGHT, top: TOP, bottom };
    const rows = chosen.map(({ network, parameters, accuracy }) => ({ name: `${network}: ${whole(parameters)}`, values: accuracy }));
    const [stack, large] = [STACK, LARGE].map((name) => chosen.find(({ network }) => network === name).accuracy);
    const leads = stack.map((value, i) => value - large[i]);
    return {
      title: "Network and its parameters, and how many new pictures it names rightly",
      height: bottom + 50,
      parts: [...axes(plot, { place: across, ticks: [70, 75, 80, 85, 90], name: "% right" }, { place: () => 0, ticks: [] }), ...runRows(rows, { across, left: LEFT - 8, top: TOP, high: ROW, marked: seed })],
      words:
        `Seed ${seed}: three layers of 3×3 ${said(stack[seed])} %, one of 7×7 ${said(large[seed])} %: a lead of ${signed(said(leads[seed]))} points. ` +
        `Mean over the seeds: ${signed(said(leads.reduce((sum, lead) => sum + lead) / leads.length))}. Lines: from the least to the greatest run.`,
    };
  },
});
