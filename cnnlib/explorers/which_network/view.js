import { element } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";
import { answer, crosses, lifted, sorted, UNITS } from "./answer.js";

const [WIDTH, LINE, HEAD] = [556, 19, 38];
const RIGHT = { error: 246, parameters: 355, macs: 438, train_bytes: 546 }; // ends of the columns
const HEADS = { error: ["error", "%"], parameters: ["parameters", "M"], macs: ["MACs", "G"], train_bytes: ["training", "GB"] };
const DIGITS = { error: 2, parameters: 2, macs: 2, train_bytes: 3 }; // behind the point: enough to tell a figure from a limit
const LIMITS = { error: "error", parameters: "parameters", macs: "MACs", train_bytes: "memory" };
const PREFERRED = { error: "the lowest error", parameters: "the fewest parameters", macs: "the fewest multiply-adds", train_bytes: "the least memory to train" };

const text = (className, x, y, words, anchor = "end") => element("text", { class: className, x, y, dy: "0.35em", "text-anchor": anchor }, words);

/** A figure in its column's unit. */
const written = (network, name) => (network[name] / UNITS[name]).toFixed(DIGITS[name]);

/** A network's line: its name and figures; what exceeds a limit is struck out. */
function line(network, top, over, lit) {
  const middle = top + LINE / 2;
  const look = over.length ? "cnn-out" : "cnn-pen";
  const cells = Object.entries(RIGHT).flatMap(([name, right]) => {
    const crossed = over.includes(name);
    return [
      text(crossed ? "cnn-struck" : look, right - 14, middle, written(network, name)),
      ...(crossed ? [element("path", { class: "cnn-cross", d: `M${right - 10},${middle - 4}l8,8m0,-8l-8,8` })] : []),
    ];
  });
  return [
    ...(lit ? [element("rect", { class: "cnn-cell cnn-lit", x: 1, y: top, width: WIDTH - 2, height: LINE, rx: 4 })] : []),
    text(look, 8, middle, network.title, "start"),
    ...cells,
  ];
}

export default figure({
  size: [WIDTH, HEAD + 21 * LINE + 2],
  draw(settings) {
    const { networks, prefer } = settings;
    const order = sorted(networks, prefer);
    const found = answer(order, settings);
    const left = order.filter((network) => !crosses(network, settings).length);
    const heads = Object.entries(HEADS).flatMap(([name, [what, unit]]) => [
      text("cnn-tick", RIGHT[name] - 14, 0.28 * HEAD, what),
      text("cnn-tick", RIGHT[name] - 14, 0.72 * HEAD, `≤ ${settings[name]} ${unit}`),
    ]);
    const why = found
      ? `${found.title}: of ${plural(left.length, "network")} within all limits it has ${PREFERRED[prefer]}.`
      : "No network is within all limits.";
    const others = lifted(order, settings).map(([name, other]) => `${other.title} without the limit on ${LIMITS[name]}`);
    return {
      title: `Which one should I use? ${found?.title ?? "None of these."}`,
      height: HEAD + order.length * LINE + 2,
      parts: [...heads, ...order.flatMap((network, i) => line(network, HEAD + i * LINE, crosses(network, settings), network === found))],
      words: `${why}${others.length ? ` It would be ${others.join(", ")}.` : ""}`,
    };
  },
});
