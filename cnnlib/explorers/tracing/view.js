import { element } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [LINE, TOP, PALETTE, LOG] = [32, 28, 222, 232];
const SHOWN = 7; // the latest calls

const text = (x, y, words, look = "cnn-pen") => element("text", { class: look, x, y, dy: "0.35em" }, words);

/** The kind of an argument, which decides on the graph; null where a signature refuses it. */
function kind([, type, shape], declared) {
  if (declared) return type === "float32" && shape.length === 2 ? "any" : null;
  return JSON.stringify([type, shape]);
}

export default figure({
  size: [640, TOP + SHOWN * LINE + 4],
  label: "Calls: up and down arrow keys choose an argument, right calls with it, left takes a call back",
  step({ argument, calls, arguments: all }, [down, right]) {
    const next = right > 0 ? [...calls, argument] : right < 0 ? calls.slice(0, -1) : calls;
    return { argument: Math.max(0, Math.min(all.length - 1, argument + down)), calls: next };
  },
  point({ calls, arguments: all }, [x, y], { type }) {
    const argument = Math.floor((y - TOP) / LINE);
    return type === "pointerdown" && x < PALETTE && all[argument] ? { argument, calls: [...calls, argument] } : {};
  },
  draw({ argument, calls, declared_signature: declared, arguments: all }) {
    const kinds = [];
    const rows = calls.map((number) => {
      const needed = kind(all[number], declared);
      if (needed === null) return { number, note: "refused" };
      const traced = !kinds.includes(needed);
      if (traced) kinds.push(needed);
      return { number, traced, note: `${traced ? "traced: " : ""}graph ${kinds.indexOf(needed) + 1}${traced ? "" : " again"}` };
    });
    const button = ([code], i) => [
      element("rect", { class: i === argument ? "cnn-output cnn-lit" : "cnn-output", x: 1, y: TOP + i * LINE + 1, width: PALETTE - 2, height: LINE - 4, rx: 6 }),
      text(8, TOP + (i + 0.5) * LINE - 1, code),
    ];
    const line = ({ number, traced, note }, i) => [
      ...(traced ? [element("rect", { class: "cnn-cell cnn-lit", x: LOG, y: TOP + i * LINE + 1, width: 406, height: LINE - 4, rx: 6 })] : []),
      text(LOG + 8, TOP + (i + 0.5) * LINE - 1, `f(${all[number][0]})`),
      text(LOG + 256, TOP + (i + 0.5) * LINE - 1, note),
    ];
    const last = rows.at(-1);
    return {
      title: `${plural(calls.length, "call")}, ${plural(kinds.length, "graph")}`,
      parts: [text(1, 10, declared ? "Call f (float32 matrix)" : "Call f with", "cnn-tick"), text(LOG, 10, "the latest calls", "cnn-tick"), ...all.flatMap(button), ...rows.slice(-SHOWN).flatMap(line)],
      words: last
        ? `f(${all[last.number][0]}): ${last.note}. ${plural(calls.length, "call")}, ${plural(kinds.length, "graph")}.`
        : "No call yet.",
    };
  },
});
