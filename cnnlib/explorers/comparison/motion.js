// The way from one state of a plot to the next.

const HOW = { duration: 500, easing: "ease-in-out" };
const reduced = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const between = (value, low, high) => Math.max(low, Math.min(high, value));

/**
 * Let marks and axes move from where they stood `before` to where the groups of `picture` (axes, lines,
 * lines to names, marks, names) show them `now`, and the lines and names come when they have arrived.
 */
export function glide(picture, before, now, marks) {
  for (const one of picture.getAnimations({ subtree: true })) one.cancel();
  if (!before.axes || before.width !== now.width || reduced()) return;
  const [axes, lines, leaders, signs, names] = picture.children;
  const old = new Map(before.dots.map(({ network, x, y }) => [network.title, { x, y }]));
  marks.forEach(({ network, x, y }, i) => {
    const from = old.get(network.title);
    if (!from) signs.children[i].animate([{ opacity: 0 }, {}], HOW);
    else if (from.x !== x || from.y !== y) signs.children[i].animate([from, { x, y }].map((at) => ({ transform: `translate(${at.x}px, ${at.y}px)` })), HOW);
  });
  if (before.axes === now.axes) return;
  for (const group of [lines, leaders, names]) group.animate([{ opacity: 0 }, { opacity: 0, offset: 0.8 }, { opacity: 1 }], HOW);
  const { left, right, top, bottom } = now.box;
  const moves = [
    ...now.x.ticks.map((value) => [between(before.x.place(value), left, right) - now.x.place(value), 0]),
    ...now.y.ticks.map((value) => [0, between(before.y.place(value), top, bottom) - now.y.place(value)]),
  ];
  moves.forEach(([x, y], i) => {
    const frames = [{ transform: `translate(${x}px, ${y}px)`, opacity: 0 }, { transform: "none", opacity: 1 }];
    for (const part of [...axes.children].slice(2 * i, 2 * i + 2)) part.animate(frames, HOW);
  });
}
