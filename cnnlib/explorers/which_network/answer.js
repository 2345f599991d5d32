// Which network answers: rows of figures, and limits to them.

export const UNITS = { error: 1, parameters: 1e6, macs: 1e9, train_bytes: 1e9 };
const COLUMNS = Object.keys(UNITS);

/** The columns in which a network exceeds a limit. */
export const crosses = (network, limits) => COLUMNS.filter((name) => network[name] > limits[name] * UNITS[name]);

/** Networks, the preferred ones first. */
export const sorted = (networks, prefer) => [...networks].sort((one, other) => one[prefer] - other[prefer]);

/** The first network that exceeds no limit, or undefined. */
export const answer = (order, limits) => order.find((network) => !crosses(network, limits).length);

/** Which limit, when it alone is lifted, changes the answer: pairs of its column and the network that would answer. */
export const lifted = (order, limits) =>
  COLUMNS.map((name) => [name, answer(order, { ...limits, [name]: Infinity })]).filter(([, other]) => other !== answer(order, limits));
