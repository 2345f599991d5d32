// Where networks stand on two axes: pure functions of the settings.

import { linearTicks, logTicks, scale } from "../js/draw/charts.js";
import { brief, whole } from "../js/draw/format.js";
import { frontier } from "./math.js";
import { REACH } from "./marks.js";

const [LEFT, TOP, RIGHT, BOTTOM] = [72, 10, 18, 46]; // margins of the plot, in pixels
const ROOM = 6; // pixels between the outermost marks and the margins
const TICK = 44; // between the numbers of an axis, at least, in pixels
export const NARROW = 450; // pixels; a plot that is narrower has smaller marks, and is taller than wide
const PERCENT = [3, 4, 5, 6, 8, 10, 15, 20];
const LESS_IS_BETTER = ["year", "parameters", "macs", "predict_bytes", "train_bytes"];
export const MEASURES = ["one crop", "ten crops", "whole picture"];
const [LARGEST, LARGEST_NARROW, SMALLEST] = [12, 10, 3.2]; // radii of marks, in pixels

/** Memory is told in one unit, large or small. */
export const isMemory = (name) => name.endsWith("bytes");
export const megabytes = (value) => whole(Math.round(value / 1e6));

/** An axis for values of this name, from `from` to `to` with room at its ends; see `axes`. */
function axis(name, values, from, to, room) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const log = name !== "year";
  const span = most > least ? [least, most] : log ? [least / 2, most * 2] : [least - 1, most + 1];
  const inwards = Math.sign(to - from) * room;
  const place = scale(...span, from + inwards, to - inwards, { log });
  const value = (pixel) => {
    const share = (pixel - from - inwards) / (to - from - 2 * inwards);
    return log ? span[0] * (span[1] / span[0]) ** share : span[0] + share * (span[1] - span[0]);
  };
  const [low, high] = [value(from), value(to)];
  const ticks = name === "year" ? linearTicks(low, high).filter(Number.isInteger)
    : name === "top5" ? PERCENT.filter((one) => one >= low && one <= high) : logTicks(low, high);
  const apart = ticks.reduce((kept, one) => (kept.length && Math.abs(place(one) - place(kept.at(-1))) < (to > from ? TICK : 14) ? kept : [...kept, one]), []);
  return { place, ticks: apart, text: (one) => (name === "top5" ? `${one} %` : name === "year" ? `${one}` : isMemory(name) ? megabytes(one) : brief(one)) };
}

const largest = (width) => (width < NARROW ? LARGEST_NARROW : LARGEST);

/** The radius of a mark whose area stands for `value`, where the largest of all is `most`. */
export const radius = (value, most, width) => (most ? Math.max(SMALLEST, largest(width) * Math.sqrt(value / most)) : 5.5);

/** How the error of a network is measured under a setting. */
export const measureOf = (network, error) => (error === "mixed" ? network.measured : error);

/** Dots on the two axes, the axes, and what the frontier needs, in a plot of width x tall pixels; axes hold the networks of all years. */
export function plot(networks, { across, up, area, error, family, until, selected }, width, tall) {
  const box = { left: LEFT, right: width - RIGHT, top: TOP, bottom: tall - BOTTOM };
  const rows = networks.map((network) => ({ ...network, top5: network[measureOf(network, error)] ?? null }));
  const known = rows.filter((row) => row[across] !== null && row[up] !== null);
  const room = ROOM + REACH * (area === "none" ? 5.5 : largest(width));
  const x = axis(across, known.map((row) => row[across]), box.left, box.right, room);
  const y = axis(up, known.map((row) => row[up]), box.bottom, box.top, room);
  const most = area === "none" ? 0 : Math.max(...networks.map((network) => network[area]));
  const dots = known.filter(({ year }) => year <= until).map((network) => ({
    network,
    x: x.place(network[across]),
    y: y.place(network[up]),
    a: network[across],
    b: network[up],
    r: radius(network[area], most, width),
    pale: family !== "all" && network.family !== family,
    chosen: network.title === selected,
  }));
  const other = across === "top5" ? up : across;
  const compared = (across === "top5") !== (up === "top5") && error !== "mixed" && LESS_IS_BETTER.includes(other);
  const best = compared ? frontier(dots) : [];
  for (const dot of best) dot.best = true;
  return { rows, known, dots, x, y, box, most, best, compared, frame: { left: LEFT, right: width, top: 0, bottom: box.bottom } };
}
