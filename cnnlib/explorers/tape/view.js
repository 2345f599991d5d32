import { element } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [WIDE, TALL] = [136, 54];
const PLACES = { p: [2, 2], w: [2, 88], q: [2, 174], a: [186, 45], b: [186, 131], s: [362, 88], loss: [536, 88] };
const WIRES = [["p", "a", 4], ["w", "a", 4], ["w", "b", 3], ["q", "b", 3], ["a", "s", 2], ["b", "s", 2], ["s", "loss", 1]];
const NAMES = { p: "p", w: "w", q: "q", a: "w·p", b: "w·q", s: "sum", loss: "loss" };
const BACK = ["", "the square", "the sum", "w·q", "w·p"];

/** The gradients known after some steps; of the weight, its two shares. */
function known(step, w, [p, q], watch) {
  const s = w * (p + q);
  const pixel = (at) => (step < at ? "" : watch ? w * s : "None");
  return {
    loss: 1,
    s: step > 0 ? s : "",
    ...(step > 1 ? { a: s, b: s } : {}),
    q: pixel(3),
    p: pixel(4),
    w: step > 3 ? s * (p + q) : step > 2 ? s * q : "",
  };
}

export default figure({
  size: [674, 232],
  label: "Tape: left arrow key plays it back, right takes that back, up and down change the weight",
  step: (settings, [down, right]) => ({ step: settings.step - right, weight: settings.weight - down }),
  draw({ step, weight, watch, pixels: [p, q] }) {
    const s = weight * (p + q);
    const values = { p, w: weight, q, a: weight * p, b: weight * q, s, loss: (s * s) / 2 };
    const slopes = known(step, weight, [p, q], watch);
    const pixel = watch ? "watched" : "";
    const watched = { w: "watched", p: pixel, q: pixel };
    const box = (name) => {
      const [x, y] = PLACES[name];
      const found = slopes[name] ?? "";
      const line = (words, down, look) => element("text", { class: look, x: x + WIDE / 2, y: y + down, "text-anchor": "middle" }, words);
      return [
        element("rect", { class: found === "" ? "cnn-cell" : "cnn-cell cnn-lit", x, y, width: WIDE, height: TALL, rx: 6 }),
        line(`${NAMES[name]} = ${signed(values[name])}`, 22, "cnn-label"),
        line(found === "" ? (watched[name] ?? "") : `gradient ${signed(found)}`, 45, "cnn-label"),
      ];
    };
    const wire = ([from, to, at]) => element("line", {
      class: at === step ? "cnn-edge cnn-lit" : "cnn-edge", x1: PLACES[from][0] + WIDE, y1: PLACES[from][1] + TALL / 2, x2: PLACES[to][0], y2: PLACES[to][1] + TALL / 2,
    });
    const shares = [`${signed(s)}·${q} = ${signed(s * q)} through q`, `${signed(s)}·${p} = ${signed(s * p)} through p`].slice(0, Math.max(0, step - 2));
    const sum = step > 3 ? `, together ${signed(s * (p + q))}` : "";
    return {
      title: step ? `Played back through ${BACK[step]}` : "Recorded: four operations, from left to right",
      parts: [...WIRES.map(wire), ...Object.keys(PLACES).flatMap(box)],
      words:
        `${step} of 4 operations played back. ` +
        (shares.length ? `The weight gets ${shares.join(" and ")}${sum}. ` : "") +
        (step > 3 ? (watch ? `Each pixel gets ${signed(s * weight)}.` : "The pixels get None: nobody watched them.") : ""),
    };
  },
});
