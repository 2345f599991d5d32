// What trained networks are worth without one of their units, unit by unit: a small figure.

import { figure } from "./stage.js";
import { axes, scale } from "../draw/charts.js";
import { element } from "../draw/element.js";

const PLOT = { left: 62, right: 470, top: 10, bottom: 216 };
const up = scale(0, 100, PLOT.bottom, PLOT.top);

/**
 * A figure of two `networks`. `of(settings)` gives by their names { accuracy, without }: of each seed the per cent right,
 * and the same without each unit. The settings have a `seed` and a `unit`, which is read off, from 0.
 */
export const lesions = (networks, of) => {
  const count = (settings) => of(settings)[networks[0]].without[0].length;
  const place = (settings) => scale(0, count(settings) - 1, PLOT.left + 14, PLOT.right - 14);
  const inside = (settings, unit) => Math.max(0, Math.min(count(settings) - 1, unit));
  return figure({
    size: [590, 268],
    label: "Units: left and right arrow keys go from unit to unit, up and down from seed to seed",
    step: (settings, [down, right]) => ({ unit: inside(settings, settings.unit + right), seed: settings.seed - down }),
    point: (settings, [px]) => ({ unit: inside(settings, Math.round(((px - PLOT.left - 14) / (PLOT.right - PLOT.left - 28)) * (count(settings) - 1))) }),
    draw(settings) {
      const { seed } = settings;
      const runs = of(settings);
      const [across, units, unit] = [place(settings), count(settings), inside(settings, settings.unit)];
      const stage = units / 3;
      const ends = networks.map((network) => up(runs[network].without[seed].at(-1)));
      const apart = Math.abs(ends[0] - ends[1]) < 14 ? 7 * Math.sign(ends[0] - ends[1] || 1) : 0; // names that would overlap
      const curves = networks.flatMap((network, i) => {
        const { accuracy, without } = runs[network];
        const path = (values) => `M${values.map((value, at) => `${across(at).toFixed(1)} ${up(value).toFixed(1)}`).join("L")}`;
        const kind = `cnn-lesion ${i ? "cnn-second-lesion" : "cnn-first-lesion"}`;
        return [
          ...without.map((values, run) => element("path", { class: run === seed ? `${kind} cnn-marked` : kind, d: path(values) })),
          element("line", { class: `${kind} cnn-whole`, x1: PLOT.left, x2: PLOT.right, y1: up(accuracy[seed]), y2: up(accuracy[seed]) }),
          element("circle", { class: "cnn-dot", cx: across(unit), cy: up(without[seed][unit]), r: 5 }),
          element("text", { class: "cnn-tick", x: PLOT.right + 8, y: ends[i] + (i ? -apart : apart), dy: "0.35em" }, network),
        ];
      });
      const starts = [stage, 2 * stage].map((first) => element("line", { class: "cnn-grid cnn-stage-start", x1: across(first - 0.5), x2: across(first - 0.5), y1: PLOT.top, y2: PLOT.bottom }));
      const said = (network) => {
        const { accuracy, without } = runs[network];
        return `${network} ${without[seed][unit].toFixed(1)} % right in place of ${accuracy[seed].toFixed(1)} %`;
      };
      return {
        parts: [
          ...axes(PLOT, { place: across, ticks: Array.from({ length: units }, (_, i) => i).filter((i) => units < 12 || i % 2 === 0), text: (i) => String(i + 1), name: "unit removed" }, { place: up, ticks: [0, 20, 40, 60, 80, 100], name: "% right" }),
          ...starts,
          ...curves,
          element("text", { class: "cnn-tick", x: PLOT.right + 8, y: up(55), dy: "0.35em" }, "dotted: all"),
        ],
        words: `Seed ${seed}, without unit ${unit + 1} of ${units}: ${networks.map(said).join(", ")}.`,
      };
    },
  });
};
