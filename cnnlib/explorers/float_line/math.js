// Formats of floating-point numbers: [bits behind the point, least and largest power of two].

/** What a format makes of a positive number, and the distance of its neighbours there. */
export function nearest(value, [bits, least, most]) {
  const power = Math.max(least, Math.min(most, Math.floor(Math.log2(value))));
  const gap = 2 ** (power - bits);
  const steps = value / gap;
  let whole = Math.round(steps);
  if (whole - steps === 0.5 && whole % 2) whole -= 1; // of two equally near the even one
  const rounded = whole * gap;
  return { rounded: rounded > (2 - 2 ** -bits) * 2 ** most ? Infinity : rounded, gap };
}

/** The numbers of a format between two positive ones; null if they are more than `most`. */
export function between(from, to, format, most) {
  const found = [];
  const end = Math.min(to, range(format)[0]);
  const first = nearest(from, format).gap;
  for (let at = Math.ceil(from / first) * first; at <= end; at += nearest(at, format).gap) {
    if (found.push(at) > most) return null;
  }
  return found;
}

/** The largest number of a format, its least with all digits, and its least of all. */
export const range = ([bits, least, most]) => [(2 - 2 ** -bits) * 2 ** most, 2 ** least, 2 ** (least - bits)];
