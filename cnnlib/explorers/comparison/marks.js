// Marks of families, and names that do not overlap.

import { element } from "../js/draw/element.js";

const SHAPES = ["circle", "square", "diamond", "triangle", "cross"];
const COLOURS = 4;

/** The class and the outline around the origin, of size r, of the mark of a family with this number. */
export function mark(number, r) {
  const paths = {
    circle: `M${-r},0A${r},${r} 0 1 1 ${r},0A${r},${r} 0 1 1 ${-r},0Z`,
    square: `M${-r},${-r}H${r}V${r}H${-r}Z`,
    diamond: `M0,${-1.3 * r}L${1.3 * r},0L0,${1.3 * r}L${-1.3 * r},0Z`,
    triangle: `M0,${-1.3 * r}L${1.2 * r},${r}H${-1.2 * r}Z`,
    cross: `M${-r},${-r / 3}H${-r / 3}V${-r}H${r / 3}V${-r / 3}H${r}V${r / 3}H${r / 3}V${r}H${-r / 3}V${r / 3}H${-r}Z`,
  };
  return { class: `cnn-mark cnn-mark-${number % COLOURS}`, d: paths[SHAPES[number % SHAPES.length]] };
}

/** Names beside the dots, between `left` and `right`, nudged apart where they would overlap; those with no room are left out. */
export function names(dots, { left, right }) {
  const taken = dots.map(({ x, y, r }) => ({ left: x - r, right: x + r, top: y - r, bottom: y + r }));
  const free = (box) =>
    box.left > left && box.right < right &&
    !taken.some((one) => one.left < box.right && one.right > box.left && one.top < box.bottom && one.bottom > box.top);
  const rank = ({ chosen, pale }) => (chosen ? 0 : pale ? 2 : 1);
  return [...dots].sort((a, b) => rank(a) - rank(b)).flatMap(({ network, x, y, r, pale, chosen }) => {
    const wide = network.title.length * 6 + 2;
    const places = [
      ["start", x + r + 4, y + 4, x + r + 4],
      ["end", x - r - 4, y + 4, x - r - 4 - wide],
      ["middle", x, y - r - 5, x - wide / 2],
      ["middle", x, y + r + 13, x - wide / 2],
    ];
    for (const [anchor, at, base, start] of places) {
      const box = { left: start, right: start + wide, top: base - 10, bottom: base + 2 };
      if (!free(box)) continue;
      taken.push(box);
      const look = `cnn-name${pale ? " cnn-pale" : ""}${chosen ? " cnn-chosen-name" : ""}`;
      return [element("text", { class: look, x: at, y: base, "text-anchor": anchor }, network.title)];
    }
    return [];
  });
}
