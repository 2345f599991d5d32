// Which networks no other beats: points are { a, b }, and less is better of both.

const beats = (one, other) => one.a <= other.a && one.b <= other.b && (one.a < other.a || one.b < other.b);

/** The points that are at least as good as this one in both, and better in one. */
export const better = (points, point) => points.filter((one) => beats(one, point));

/** The points than which none is better, from the smallest `a` to the largest. */
export const frontier = (points) => points.filter((one) => !better(points, one).length).sort((one, other) => one.a - other.a);
