// The time line of an input pipeline.

/** Where the cache is: how many steps it spares. */
export const CACHED = { none: 0, decoded: 2, augmented: 3 };

const sum = (values) => values.reduce((total, one) => total + one, 0);

/** An epoch: { begin, end, start, steps } of each batch, `steps` the parts of its preparation in milliseconds. */
export function schedule(spans, { workers, ahead, train, spared }) {
  const batches = [];
  let busy = 0;
  spans.forEach((one, number) => {
    const steps = one.map((span, i) => (i < spared ? 0 : span / workers));
    const room = ahead ? (batches[number - ahead]?.start ?? 0) : busy;
    const begin = Math.max(batches.at(-1)?.end ?? 0, room);
    const end = begin + sum(steps);
    const start = Math.max(end, busy);
    batches.push({ begin, end, start, steps });
    busy = start + train;
  });
  return batches;
}

/** How long an epoch lasts. */
export const lasts = (batches, train) => batches.at(-1).start + train;
