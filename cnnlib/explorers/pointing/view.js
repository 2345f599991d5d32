import { axes, runRows, scale } from "../js/draw/charts.js";
import { signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 228, right: 604, top: 8, bottom: 188 };
const NAMES = {
  asked: "on the digit asked for, %",
  other: "on the other digit, %",
  with_occlusion: "rank correlation with occlusion",
  kept: "correlation with random weights",
};

export default figure({
  size: [620, 252],
  label: "Runs: up and down arrow keys go from seed to seed",
  step: ({ seed }, [down]) => ({ seed: seed - down }),
  draw({ measure, seed, runs }) {
    const share = measure === "asked" || measure === "other";
    const across = scale(...(share ? [0, 100] : [-0.5, 1]), PLOT.left + 10, PLOT.right - 10);
    const rows = runs[measure];
    const written = (value) => (share ? `${value.toFixed(0)} %` : signed(value.toFixed(2)));
    return {
      parts: [
        ...axes(PLOT, { place: across, ticks: share ? [0, 20, 40, 60, 80, 100] : [-0.5, 0, 0.5, 1], text: signed, name: NAMES[measure] }, { place: () => 0, ticks: [] }),
        ...runRows(rows, { across, left: PLOT.left - 6, top: PLOT.top, high: (PLOT.bottom - PLOT.top) / rows.length, marked: seed }),
      ],
      words: `Seed ${seed}, ${NAMES[measure].replace(", %", "")}: ${rows.map(({ name, values }) => `${name} ${written(values[seed])}`).join(", ")}.`,
    };
  },
});
