// What the network says of each class as bars, probabilities or distances, those before the last change as ghosts.

import { element, renew } from "../js/draw/element.js";
import { percent } from "../js/draw/format.js";

const SEEN = 0.005; // a change that is as wide as a pixel
const distance = (value) => value.toFixed(1);

/** Bars for the classes `names`, of distances where the `nearest` wins. Returns { node, draw(outputs, before, best) }. */
export function classesOf(names, nearest) {
  const bars = element("div", { className: "cnn-classes" });
  const legend = element("p", { className: "cnn-hint" }, "Lines: just before");
  const title = nearest ? "Squared distance to" : "The network says";
  const node = element("div", { className: "cnn-panel cnn-says" }, element("p", { className: "cnn-title" }, title), bars, legend);
  const told = nearest ? distance : percent;
  let most = 1; // the largest distance so far

  function bar(name, value, old, first) {
    const [share, before] = [value / most, old / most];
    const fill = element("span", { className: "cnn-fill" });
    fill.style.width = `${(100 * share).toFixed(1)}%`;
    const ghost = element("span", { className: "cnn-ghost", hidden: Math.abs(share - before) < SEEN });
    ghost.style.width = `${(100 * before).toFixed(1)}%`;
    return element("div", { className: first ? "cnn-class cnn-first" : "cnn-class" },
      element("span", { className: "cnn-class-name" }, name),
      element("span", { className: "cnn-track" }, fill, ghost),
      element("span", { className: "cnn-class-share" }, told(value)));
  }

  function draw(outputs, before, best) {
    if (nearest) most = Math.max(most, ...outputs, ...before);
    renew(bars, ...names.map((name, i) => bar(name, outputs[i], before[i], i === best)));
    legend.style.visibility = bars.querySelector(".cnn-ghost:not([hidden])") ? "" : "hidden"; // keeps its room
  }

  return { node, draw };
}
