// The held-out pictures as a strip: one is chosen for the page, those named wrongly are marked.

import { element, renew } from "../js/draw/element.js";
import { arrowKeys } from "../js/frame/input.js";
import { imageOf } from "./surface.js";

const STEP = 28; // CSS pixels from one picture to the next
const SIZE = 24; // of a picture

/** `choose(number)` gets the picture that is chosen, `chosen()` tells which it is. Returns { node, draw(now, right) }. */
export function testsOf({ live, count, names, labels, chosen, choose, upload, signal }) {
  const overlay = element("svg", { "aria-hidden": "true", viewBox: `0 0 ${count * STEP} ${STEP}` });
  const [height, width] = live.shape;
  const slot = Math.ceil((width * STEP) / SIZE);
  const canvas = element("canvas", { "aria-hidden": "true", width: count * slot, height });
  const context = canvas.getContext("2d");
  for (let i = 0; i < count; i++) {
    context.putImageData(imageOf(context, live.picture(i), live.shape), i * slot + ((slot - width) >> 1), 0);
  }
  const row = element("div", { className: "cnn-tests-row" }, canvas, overlay);
  row.style.width = `${count * STEP}px`;
  const node = element("div", {
    className: "cnn-tests", role: "application", tabIndex: 0, "aria-label": "Test pictures: left and right arrow keys choose one",
  }, row);
  arrowKeys(node, () => [0, Math.max(0, chosen())], () => [1, count], (_, next) => {
    choose(next);
    node.scrollTo({ left: next * STEP - node.clientWidth / 2 });
  }, signal);
  const pointed = ({ clientX }) => Math.max(0, Math.min(count - 1, Math.floor((clientX - row.getBoundingClientRect().left) / STEP)));
  row.addEventListener("click", (event) => choose(pointed(event)), { signal });
  row.addEventListener("pointermove", (event) => (row.title = names[labels[pointed(event)]]), { signal });

  function draw(now, right) {
    const mark = (className, i) => element("rect", { class: className, x: i * STEP + 1, y: 1, width: STEP - 4, height: STEP - 4, rx: 3 });
    renew(overlay, ...right.flatMap((named, i) => (named ? [] : [mark("cnn-wrong", i)])), ...(now >= 0 ? [mark("cnn-chosen", now)] : []));
  }
  const hint = element("p", { className: "cnn-hint" }, `${count} pictures that it has not learned from; dashed: those that it names wrongly.`);
  return { node: element("div", {}, element("div", { className: "cnn-abreast" }, hint, upload), node), draw };
}
