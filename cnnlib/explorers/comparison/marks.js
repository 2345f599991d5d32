// Marks of families: shapes and colours, which together tell more families apart than either alone.

const COLOURS = 4;

/** Outlines around the origin, with the area of a circle of radius r. */
const OUTLINES = [
  (r) => `M${-r},0A${r},${r} 0 1 1 ${r},0A${r},${r} 0 1 1 ${-r},0Z`, // circle
  (r) => closed(0.89 * r, [[-1, -1], [1, -1], [1, 1], [-1, 1]]), // square
  (r) => closed(1.25 * r, [[0, -1], [1, 0], [0, 1], [-1, 0]]), // diamond
  (r) => closed(1.25 * r, [[0, -1.1], [1.05, 0.8], [-1.05, 0.8]]), // triangle
  (r) => closed(1.25 * r, [[0, 1.1], [1.05, -0.8], [-1.05, -0.8]]), // triangle on its point
  (r) => closed(0.4 * r, [[-3, -1], [-1, -1], [-1, -3], [1, -3], [1, -1], [3, -1], [3, 1], [1, 1], [1, 3], [-1, 3], [-1, 1], [-3, 1]]), // cross
  (r) => closed(0.96 * r, [[-1, 0.5], [-1, -0.5], [0, -1.2], [1, -0.5], [1, 0.5], [0, 1.2]]), // hexagon
];

const closed = (size, corners) => `M${corners.map(([x, y]) => `${size * x},${size * y}`).join("L")}Z`;

/** How far a mark reaches from its middle, across or up, at most; in radii. */
export const REACH = 1.4;

/** The colour of a family with this number. */
export const colour = (number) => `cnn-mark-${number % COLOURS}`;

/** The class and the outline around the origin of the mark of a family with this number; its area is that of a circle of radius r. */
export const mark = (number, r) => ({ class: `cnn-mark ${colour(number)}`, d: OUTLINES[number % OUTLINES.length](r) });
