import { element, renew, say } from "../js/draw/element.js";
import { percent, plural } from "../js/draw/format.js";
import { bytesOf, modelOf } from "../js/draw/pictures.js";
import { explorer } from "../js/frame/explorer.js";
import { stroke } from "../live_network/picture.js";
import { paintBytes, surfaceOf } from "../live_network/surface.js";
import { leftOut, reader, taught } from "./heads.js";

const [CLASSES, EACH, SIDE] = [3, 3, 32];
const [NEW, SIZE, SHAPE, PEN, PAPER] = [CLASSES * EACH, SIDE * SIDE, [SIDE, SIDE, 1], 1.2, 255];
const PAUSE = 250; // ms without a stroke, after which the drawings are judged one by one
const WAYS = { trunk: "Head behind the trunk", pixels: "Head on the pixels" };

async function build({ model, el, read, set, signal, schedule }) {
  const network = await modelOf(model.widget_manager, model.get("network"));
  const numbersOf = reader(network.get("graph"), bytesOf(network.get("weights")));
  const inputs = Object.fromEntries(Object.entries(numbersOf(new Uint8Array(SIZE).fill(PAPER))).map(([way, one]) => [way, one.length]));
  const known = []; // of each slot: its bytes as text, and what the heads read of them
  let [judged, waiting, right] = ["", 0, null];
  signal.addEventListener("abort", () => clearTimeout(waiting));

  const pages = () => {
    const own = bytesOf(read().own);
    return own.length ? own : bytesOf(model.get("examples"));
  };
  const page = (slot) => pages().subarray(slot * SIZE, (slot + 1) * SIZE);
  function put(slot, bytes) {
    const all = Uint8Array.from(pages());
    all.set(bytes, slot * SIZE);
    set({ own: new DataView(all.buffer) });
  }

  const surface = surfaceOf({
    shape: SHAPE, radius: PEN, schedule, signal,
    draw: (from, to, erases) => put(read().chosen, stroke(page(read().chosen), SHAPE, from, to, { radius: erases ? PEN + 1 : PEN, ink: erases ? PAPER : 0 })),
  });
  const button = (text, act) => {
    const made = element("button", { type: "button", className: "cnn-button" }, text);
    made.addEventListener("click", act, { signal });
    return made;
  };
  const clear = button("Clear", () => put(read().chosen, new Uint8Array(SIZE).fill(PAPER)));
  const clearAll = button("Clear all", () => set({ own: new DataView(new Uint8Array((NEW + 1) * SIZE).fill(PAPER).buffer), chosen: 0 }));
  surface.node.append(element("div", { className: "cnn-tools" }, clear, surface.eraser, clearAll));

  const slots = Array.from({ length: NEW + 1 }, (_, slot) => {
    const canvas = element("canvas", { width: SIDE, height: SIDE, "aria-hidden": "true" });
    const made = element("button", { type: "button", className: "cnn-own-slot" }, canvas);
    made.addEventListener("click", () => set({ chosen: slot }), { signal });
    return { made, canvas };
  });
  const fields = Array.from({ length: CLASSES }, (_, label) => {
    const field = element("input", { type: "text", maxLength: 12, className: "cnn-own-name", "aria-label": `Name of class ${label + 1}` });
    const enter = () => set({ names: read().names.map((name, i) => (i === label ? field.value.trim() || name : name)) });
    field.addEventListener("change", enter, { signal });
    return field;
  });
  const rows = fields.map((field, label) => element("div", { className: "cnn-own-row" }, field, ...slots.slice(label * EACH, (label + 1) * EACH).map(({ made }) => made)));
  const last = element("div", { className: "cnn-own-row" }, element("span", { className: "cnn-own-name" }, "a new one"), slots[NEW].made);
  const says = Object.fromEntries(Object.keys(WAYS).map((way) => [way, element("div", { className: "cnn-own-bars" })]));
  const scores = Object.fromEntries(Object.keys(WAYS).map((way) => [way, element("p", { className: "cnn-own-score" })]));
  el.append(element("div", { className: "cnn-own" },
    element("div", {}, surface.node),
    element("div", { className: "cnn-own-taught" }, element("p", { className: "cnn-title" }, "Learned from"), ...rows, last),
    element("div", { className: "cnn-own-says" }, ...Object.entries(WAYS).flatMap(([way, title]) => [element("p", { className: "cnn-title" }, title), says[way], scores[way]]))));

  /** What the heads read of a slot, computed anew where its drawing has changed. */
  function numbers(slot) {
    const bytes = page(slot);
    if (!known[slot] || bytes.some((value, i) => value !== known[slot].bytes[i])) known[slot] = { bytes: bytes.slice(), numbers: numbersOf(bytes), empty: bytes.every((value) => value === PAPER) };
    return known[slot];
  }

  function bars(parent, names, shares) {
    const best = shares.indexOf(Math.max(...shares));
    renew(parent, ...names.flatMap((name, i) => {
      const fill = element("span", { className: i === best ? "cnn-fill cnn-limit" : "cnn-fill" });
      fill.style.width = `${(100 * shares[i]).toFixed(1)}%`;
      return [element("span", {}, name), element("span", { className: "cnn-track" }, fill), element("span", {}, percent(shares[i]))];
    }));
  }

  /** Judge the drawings one by one, a while after the last change. */
  function judgeLater(key, examples, steps) {
    if (key === judged) return;
    [judged, right] = [key, null];
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      right = Object.fromEntries(Object.keys(WAYS).map((way) => [way, leftOut(examples[way], inputs[way], CLASSES, steps)]));
      schedule();
    }, PAUSE);
  }

  return ({ names, steps, each, chosen }) => {
    const label = (slot) => (slot === NEW ? "The new drawing" : `${names[Math.floor(slot / EACH)]}, drawing ${(slot % EACH) + 1}`);
    slots.forEach(({ made, canvas }, slot) => {
      made.setAttribute("aria-label", label(slot));
      made.setAttribute("aria-pressed", slot === chosen);
      made.classList.toggle("cnn-own-unused", slot !== NEW && slot % EACH >= each);
      paintBytes(canvas, page(slot), SHAPE);
    });
    fields.forEach((field, i) => document.activeElement === field || (field.value = names[i]));
    say(surface.title, `Draw here: ${label(chosen)}`);
    surface.paint(page(chosen), null);
    const used = slots.map((_, slot) => slot).filter((slot) => slot < NEW && slot % EACH < each && !numbers(slot).empty);
    const examples = Object.fromEntries(Object.keys(WAYS).map((way) => [way, used.map((slot) => ({ numbers: numbers(slot).numbers[way], label: Math.floor(slot / EACH) }))]));
    const said = Object.fromEntries(Object.keys(WAYS).map((way) => [way, taught(examples[way], inputs[way], CLASSES, steps)(numbers(NEW).numbers[way])]));
    judgeLater(JSON.stringify([steps, used.map((slot) => [slot, Array.from(known[slot].numbers.trunk)])]), examples, steps);
    for (const way of Object.keys(WAYS)) {
      bars(says[way], names, said[way]);
      scores[way].setAttribute("aria-busy", String(!right));
      say(scores[way], each === 1 ? "Left out in turn: takes two of each" : right ? `Left out in turn: ${right[way]} of ${used.length} right` : "Left out in turn: …");
    }
    const spoken = (way) => names.map((name, i) => `${name} ${percent(said[way][i])}`).join(", ");
    const judgement = right && each > 1 ? ` Each drawing left out in turn: ${right.trunk} of ${used.length} right with the trunk, ${right.pixels} from the pixels.` : "";
    return `${plural(used.length, "drawing")} learned, ${plural(steps, "step")}. The new one, with the trunk: ${spoken("trunk")}; from the pixels: ${spoken("pixels")}.${judgement}`;
  };
}

export default explorer(build);
