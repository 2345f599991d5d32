// Names beside marks, none over another or over a mark.

import { REACH } from "./marks.js";

const LINE = 13; // pixels from one line of names to the next
const [BESIDE, APART] = [[2, 8], [16, 26, 38, 52, 68, 88]]; // distances of a name from its mark, without a line and with one
const DIRECTIONS = Array.from({ length: 16 }, (_, i) => [Math.cos((i * Math.PI) / 8), Math.sin((i * Math.PI) / 8)]);
const SPACE = 1; // pixels between two names in a line, at least
const NEAR = 60; // pixels between marks that crowd each other
const [CLEAR, AWAY] = [9, 12]; // pixels by which a name without a line is nearer to its own mark than to others; of one with a line from others
const MISLED = 120; // pixels that a name may stand farther from its mark, rather than where another might be meant
const [TRIES, ROUNDS, EARLIER, CHOICE] = [8, 4, 1000, 60];

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
    const line = APART.includes(distance) && [x, y, across, edge];
    return { dot, box, x: across, y: middle, anchor, line, strokes: diagonals(box), cost: distance };
  }));
}

/** Whether two names can stand together: neither box nor line of one meets those of the other. */
function apart(one, other) {
  if (overlap(one.box, other.box)) return false;
  if (one.line && (other.strokes.some((stroke) => cross(stroke, one.line)) || (other.line && cross(other.line, one.line)))) return false;
  return !(other.line && one.strokes.some((stroke) => cross(stroke, other.line)));
}

/** The best places that are free, name by name, the chosen one's first; who finds none comes earlier in the next try. */
function taken(named, room, rank) {
  const first = new Map(named.map((dot) => [dot, dot.chosen ? -Infinity : rank(dot)]));
  let most = [];
  for (let i = 0; i < TRIES && most.length < named.length; i++) {
    const places = [];
    for (const dot of [...named].sort((a, b) => first.get(a) - first.get(b))) {
      const place = room.get(dot).find((one) => places.every((other) => apart(one, other)));
      if (place) places.push(place);
      else first.set(dot, first.get(dot) - EARLIER);
    }
    if (places.length > most.length) most = places;
  }
  return most;
}

/** Names moved nearer to their marks, each alone or with one that makes room for it, while that helps. */
function settled(taken, room) {
  for (let round = 0; round < ROUNDS; round++) {
    const before = taken;
    for (const own of [...before].sort((a, b) => b.cost - a.cost)) {
      if (!taken.includes(own)) continue; // it has made room
      for (const place of room.get(own.dot)) {
        if (place.cost >= own.cost) break;
        const [other, more] = taken.filter((one) => one !== own && !apart(place, one));
        if (more) continue;
        const rest = [...taken.filter((one) => one !== own && one !== other), place];
        const next = other && room.get(other.dot).find((one) => one.cost < own.cost + other.cost - place.cost && rest.every((two) => apart(one, two)));
        if (other && !next) continue;
        taken = next ? [...rest, next] : rest;
        break;
      }
    }
    if (taken === before) break;
  }
  return taken;
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
  const clear = ({ dot, line, box }) => ([one, mark]) => !line || (gap(mark, box) > Math.max(AWAY, gap(marks.get(dot), box) / 2) && !passes(line, one));
  const sorted = (all) => { // those by which another mark might be meant come later
    for (const place of all) if (!others(place).every(clear(place))) place.cost += MISLED;
    return all.sort((one, other) => one.cost - other.cost);
  };
  const named = dots.filter((dot) => !dot.pale);
  const room = new Map(named.map((dot) => [dot, sorted(places(dot, wide(dot) + SPACE).filter(free)).slice(0, CHOICE)]));
  const crowd = (dot) => dots.filter((one) => Math.hypot(one.x - dot.x, one.y - dot.y) < NEAR).length;
  const crowded = new Map(named.map((dot) => [dot, (dot.best ? 100 : 200) - crowd(dot)]));
  const orders = [(dot) => crowded.get(dot), ({ y }) => y, ({ y }) => -y, ({ x }) => x, ({ x }) => -x];
  const total = (taken) => taken.reduce((sum, { cost }) => sum + cost, 0);
  const found = orders.map((rank) => settled(taken(named, room, rank), room));
  return found.reduce((best, one) => (one.length > best.length || (one.length === best.length && total(one) < total(best)) ? one : best));
}
