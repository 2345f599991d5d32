// Marks of families, and names that do not overlap.

import { element } from "../js/draw/element.js";

const COLOURS = 4;
const [LETTER, LINE] = [6.6, 12]; // of a name, in pixels
const [BESIDE, APART] = [[4, 12], [22, 34, 48, 64, 84, 108, 136]]; // distances of a name from its mark, without a line and with one
const NEAR = 60;
const DIRECTIONS = Array.from({ length: 16 }, (_, i) => [Math.cos((i * Math.PI) / 8), Math.sin((i * Math.PI) / 8)]);

const OUTLINES = [
  (r) => `M${-r},0A${r},${r} 0 1 1 ${r},0A${r},${r} 0 1 1 ${-r},0Z`, // circle
  (r) => `M${-r},${-r}H${r}V${r}H${-r}Z`, // square
  (r) => `M0,${-1.3 * r}L${1.3 * r},0L0,${1.3 * r}L${-1.3 * r},0Z`, // diamond
  (r) => `M0,${-1.3 * r}L${1.2 * r},${r}H${-1.2 * r}Z`, // triangle
  (r) => `M0,${1.3 * r}L${1.2 * r},${-r}H${-1.2 * r}Z`, // triangle on its point
  (r) => `M${-r},${-r / 3}H${-r / 3}V${-r}H${r / 3}V${-r / 3}H${r}V${r / 3}H${r / 3}V${r}H${-r / 3}V${r / 3}H${-r}Z`, // cross
  (r) => `M${-r},${r / 2}V${-r / 2}L0,${-1.2 * r}L${r},${-r / 2}V${r / 2}L0,${1.2 * r}Z`, // hexagon
];

/** The colour of a family with this number. */
export const colour = (number) => `cnn-mark-${number % COLOURS}`;

/** The class and the outline around the origin, of size r, of the mark of a family with this number. */
export const mark = (number, r) => ({ class: `cnn-mark ${colour(number)}`, d: OUTLINES[number % OUTLINES.length](r) });

const overlap = (one, other) =>
  one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;

const side = ([x1, y1, x2, y2], x, y) => Math.sign((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1));
const parts = (line, [x1, y1, x2, y2]) => side(line, x1, y1) * side(line, x2, y2) < 0;
const cross = (one, other) => parts(one, other) && parts(other, one);

/** Where a name may stand: { box, x, y, anchor, far, lines }, the best places first; `lines` are what no other may cross. */
function places({ network, x, y, r }, distances) {
  const wide = network.title.length * LETTER;
  return distances.flatMap((distance) => DIRECTIONS.map(([right, down]) => {
    const [across, middle] = [x + right * (r + distance), y + down * (r + distance)];
    const anchor = right > 0.3 ? "start" : right < -0.3 ? "end" : "middle";
    const left = anchor === "start" ? across : anchor === "end" ? across - wide : across - wide / 2;
    const box = { left, right: left + wide, top: middle - LINE / 2, bottom: middle + LINE / 2 };
    const far = APART.includes(distance);
    const lines = [[box.left, box.top, box.right, box.bottom], [box.left, box.bottom, box.right, box.top]];
    return { box, x: across, y: middle, anchor, far, lines: far ? [...lines, [x, y, across, middle]] : lines };
  }));
}

/** Names beside the dots, inside `frame`, `lined` to them where they would overlap; those with no room are left out. */
export function names(dots, frame, lined) {
  const taken = dots.map(({ x, y, r }) => ({ left: x - r, right: x + r, top: y - r, bottom: y + r }));
  const drawn = [];
  const inside = (box) => box.left > frame.left && box.right < frame.right && box.top > frame.top && box.bottom < frame.bottom;
  const crowd = (dot) => dots.filter((one) => Math.hypot(one.x - dot.x, one.y - dot.y) < NEAR).length;
  const rank = (dot) => (dot.chosen ? 0 : dot.best ? 100 : dot.pale ? 300 : 200) - crowd(dot);
  return [...dots].sort((a, b) => rank(a) - rank(b)).flatMap((dot) => {
    const free = places(dot, lined ? [...BESIDE, ...APART] : BESIDE).filter(({ box }) => inside(box) && !taken.some((one) => overlap(one, box)));
    const place = free.find(({ lines }) => !drawn.some((line) => lines.some((one) => cross(one, line)))) ?? free[0];
    if (!place) return [];
    taken.push(place.box);
    drawn.push(...place.lines);
    const pale = dot.pale ? " cnn-other-network" : "";
    const look = `cnn-network-name${pale}${dot.chosen ? " cnn-chosen-network" : ""}`;
    const text = element("text", { class: look, x: place.x, y: place.y, dy: "0.35em", "text-anchor": place.anchor }, dot.network.title);
    if (!place.far) return [text];
    return [element("line", { class: `cnn-leader${pale}`, x1: dot.x, y1: dot.y, x2: place.x, y2: place.y }), text];
  });
}
