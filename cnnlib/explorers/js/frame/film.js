// Frames that follow one from another, and take long: some are made in each frame of the page.

const SLICE = 10; // milliseconds

/** A function that gives the frame of a number of the film of a key, or the last one made so far and its number:
    `first()` makes the first, `next(frame)` the one after it. What is missing is made while `schedule` draws anew. */
export function films(schedule) {
  const made = new Map();
  return (key, number, first, next) => {
    if (!made.has(key)) made.set(key, [first()]);
    const film = made.get(key);
    const end = performance.now() + SLICE;
    while (film.length <= number && performance.now() < end) film.push(next(film.at(-1)));
    if (film.length <= number) schedule();
    const at = Math.min(number, film.length - 1);
    return { at, film: film.slice(0, at + 1) };
  };
}
