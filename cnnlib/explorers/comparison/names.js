// Names beside marks, none over another or over a mark.

import { REACH } from "./marks.js";

const LINE = 13; // pixels from one line of names to the next
const [BESIDE, APART] = [[2, 8], [16, 26, 38, 52, 68, 88, 110, 136, 164]]; // distances of a name from its mark, without a line and with one
const DIRECTIONS = Array.from({ length: 16 }, (_, i) => [Math.cos((i * Math.PI) / 8), Math.sin((i * Math.PI) / 8)]);
const SPACE = 1; // pixels between two names in a line, at least
const NEAR = 60; // pixels between marks that crowd each other
const CLEAR = 3; // pixels by which a name without a line is nearer to its own mark than to others
const TRIES = 8;

export const overlap = (one, other) =>
  one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;

const side = ([x1, y1, x2, y2], x, y) => Math.sign((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1));
const parts = (line, [x1, y1, x2, y2]) => side(line, x1, y1) * side(line, x2, y2) < 0;
const cross = (one, other) => parts(one, other) && parts(other, one);
const gap = (one, other) =>
  Math.hypot(Math.max(0, one.left - other.right, other.left - one.right), Math.max(0, one.top - other.bottom, other.top - one.bottom));
/** Whether a line that begins at one mark runs over another, whose middle lies ahead of it. */
function passes([x1, y1, x2, y2], { x, y, r }) {
  const long = Math.hypot(x2 - x1, y2 - y1);
  const along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / long;
  return along > 0 && along < long + r && Math.abs((x - x1) * (y2 - y1) - (y - y1) * (x2 - x1)) / long < r + 1;
}
const diagonals = ({ left, right, top, bottom }) => [[left, top, right, bottom], [left, bottom, right, top]];

/** The box of a mark. */
export const around = ({ x, y, r }) => ({ left: x - REACH * r, right: x + REACH * r, top: y - REACH * r, bottom: y + REACH * r });

/** Where a name of this width may stand, the best places first: { dot, box, x, y, anchor, line }, where `line` leads to the mark. */
function places(dot, wide) {
  const { x, y, r } = dot;
  return [...BESIDE, ...APART].flatMap((distance) => DIRECTIONS.map(([right, down]) => {
    const reach = REACH * r + distance;
    const [across, middle] = [x + right * reach, y + down * (reach + LINE / 2)];
    const anchor = right > 0.3 ? "start" : right < -0.3 ? "end" : "middle";
    const left = anchor === "start" ? across : anchor === "end" ? across - wide : across - wide / 2;
    const box = { left, right: left + wide, top: middle - LINE / 2, bottom: middle + LINE / 2 };
    const edge = anchor === "middle" ? middle - Math.sign(down) * (LINE / 2) : middle;
    return { dot, box, x: across, y: middle, anchor, line: APART.includes(distance) && [x, y, across, edge] };
  }));
}

/** Whether two names can stand together: neither box nor line of one meets those of the other. */
function apart(one, other) {
  if (overlap(one.box, other.box)) return false;
  const lines = ({ box, line }) => (line ? [...diagonals(box), line] : []);
  if (one.line && [...diagonals(other.box), ...lines(other).slice(2)].some((line) => cross(line, one.line))) return false;
  return !(other.line && diagonals(one.box).some((line) => cross(line, other.line)));
}

/**
 * Names beside the dots that are not pale, inside `frame`, with a line where they could not be told; those with no
 * room are left out. `wide` gives the width of a dot's name. Of several orders the best is taken.
 */
export function names(dots, frame, wide) {
  const marks = new Map(dots.map((dot) => [dot, around(dot)]));
  const inside = (box) => box.left > frame.left && box.right < frame.right && box.top > frame.top && box.bottom < frame.bottom;
  const others = ({ dot }) => [...marks].filter(([one]) => one !== dot);
  const free = (place) => inside(place.box) && [...marks.values()].every((mark) => !overlap(mark, place.box)) &&
    (place.line || others(place).every(([, mark]) => gap(mark, place.box) > gap(marks.get(place.dot), place.box) + CLEAR));
  const clear = ({ line, box }) => ([one, mark]) => !line || (gap(mark, box) > CLEAR && !passes(line, one));
  const sorted = (all) => { // those by which another mark might be meant come last
    const told = new Set(all.filter((place) => others(place).every(clear(place))));
    return [...told, ...all.filter((place) => !told.has(place))];
  };
  const named = dots.filter((dot) => !dot.pale);
  const room = new Map(named.map((dot) => [dot, sorted(places(dot, wide(dot) + SPACE).filter(free))]));
  const crowd = (dot) => dots.filter((one) => Math.hypot(one.x - dot.x, one.y - dot.y) < NEAR).length;
  const first = new Map(named.map((dot) => [dot, dot.chosen ? -Infinity : (dot.best ? 100 : 200) - crowd(dot)]));
  let most = [];
  for (let i = 0; i < TRIES && most.length < named.length; i++) {
    const taken = [];
    for (const dot of [...named].sort((a, b) => first.get(a) - first.get(b))) {
      const place = room.get(dot).find((one) => taken.every((other) => apart(one, other)));
      if (place) taken.push(place);
      else first.set(dot, first.get(dot) - 100); // earlier in the next try
    }
    if (taken.length > most.length) most = taken;
  }
  return most;
}
