// Class probabilities as bars, those before the last change as ghosts.

import { element, renew } from "../js/draw/element.js";
import { percent } from "../js/draw/format.js";

const SEEN = 0.005; // a change that is as wide as a pixel

/** Bars for the classes `names`. Returns { node, draw(probabilities, before) }. */
export function classesOf(names) {
  const bars = element("div", { className: "cnn-classes" });
  const legend = element("p", { className: "cnn-hint" }, "Lines: just before");
  const node = element("div", { className: "cnn-panel cnn-says" }, element("p", { className: "cnn-title" }, "The network says"), bars, legend);

  function bar(name, share, before, first) {
    const fill = element("span", { className: "cnn-fill" });
    fill.style.width = `${(100 * share).toFixed(1)}%`;
    const ghost = element("span", { className: "cnn-ghost", hidden: Math.abs(share - before) < SEEN });
    ghost.style.width = `${(100 * before).toFixed(1)}%`;
    return element("div", { className: first ? "cnn-class cnn-first" : "cnn-class" },
      element("span", { className: "cnn-class-name" }, name),
      element("span", { className: "cnn-track" }, fill, ghost),
      element("span", { className: "cnn-class-share" }, percent(share)));
  }

  function draw(probabilities, before) {
    const first = probabilities.indexOf(Math.max(...probabilities));
    renew(bars, ...names.map((name, i) => bar(name, probabilities[i], before[i], i === first)));
    legend.style.visibility = bars.querySelector(".cnn-ghost:not([hidden])") ? "" : "hidden"; // keeps its room
  }

  return { node, draw };
}
