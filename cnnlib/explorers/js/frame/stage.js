// Drawings and maps that the keyboard and the pointer explore.

import { element, renew, say } from "../draw/element.js";
import { explorer } from "./explorer.js";
import { arrowSteps, onKeys, pointer, widthOf } from "./input.js";

const [TEXT, SMALLEST] = [12, 9.5]; // of a drawing's labels: in its units, and in CSS pixels on a phone

const focusable = (label) => (label ? { role: "application", tabIndex: 0, "aria-label": label } : {});

/** An SVG or canvas as wide as what it shows: { stage, picture }. `label` says what the keys do. */
export function drawing(label, { tag = "svg", className = "" } = {}) {
  const picture = element(tag, { "aria-hidden": "true" });
  return { stage: element("div", { className: `cnn-drawing ${className}`.trim(), ...focusable(label) }, picture), picture };
}

/** Show parts in a drawing's SVG of width x height units, `shown` pixels wide. */
export function show(svg, parts, width, height, { shown = width, margin = 0 } = {}) {
  svg.setAttribute("viewBox", `${-margin} ${-margin} ${width + 2 * margin} ${height + 2 * margin}`);
  svg.style.width = `${shown + 2 * margin}px`;
  renew(svg, ...parts);
}

/** Let the labels of an SVG of `width` units be read where the page leaves it fewer pixels, `room`. */
export function legible(svg, width, room) {
  svg.style.setProperty("--cnn-text", `${Math.max(TEXT, (SMALLEST * width) / Math.min(width, room || width))}px`);
}

/** Something under a title: { node, title }. */
export function titled(className, stage, text = "") {
  const title = element("p", { className: "cnn-title" }, text);
  return { node: element("div", { className }, title, stage), title };
}

/** A map on a canvas, with an overlay in its coordinates, under a title. */
export function mapPanel(className, { title = "", label = "" } = {}) {
  const canvas = element("canvas", { width: 1, height: 1, "aria-hidden": "true" });
  const overlay = element("svg", { "aria-hidden": "true", preserveAspectRatio: "none" });
  const stage = element("div", { className: "cnn-stage", ...focusable(label) }, canvas, overlay);
  return { ...titled(className, stage, title), stage, canvas, overlay };
}

/** Frame the cells [top, bottom, left, right], ends excluded, of a map of [height, width] cells. */
export function light({ overlay }, [top, bottom, left, right], [height, width], className) {
  overlay.setAttribute("viewBox", `0 0 ${width} ${height}`);
  renew(overlay, element("rect", { class: className, x: left, y: top, width: right - left, height: bottom - top }));
}

/**
 * A small figure, one drawing of [width, height] units: the whole front-end module.
 * `draw(settings)` returns { parts, words, title, height }; `step(settings, [down, right])` answers the arrow
 * keys and `point(settings, [x, y], event)` the pointer, in the drawing's units: they return settings to
 * change. `ends` are the settings that Home and End change.
 */
export function figure({ size: [width, height], label, draw, step, ends, point }) {
  return explorer(({ el, read, set, signal, schedule }) => {
    const wide = widthOf(el, schedule, signal);
    const { stage, picture } = drawing(label, { className: "cnn-small" });
    const title = element("p", { className: "cnn-title" });
    el.append(title, stage);
    if (step) arrowSteps(stage, (down, right) => set(step(read(), [down, right])), signal);
    if (ends) onKeys(stage, ["Home", "End"], (key) => set(ends[key === "Home" ? 0 : 1]), signal);
    if (point) pointer(picture, (y, x, event) => set(point(read(), [x * width, y * height], event)), signal);
    return (settings) => {
      const { parts, words, title: text = "", height: tall = height } = draw(settings);
      say(title, text);
      show(picture, parts, width, tall);
      legible(picture, width, wide());
      return words;
    };
  });
}

/** A drawing under a title; `how` is that of `drawing`. */
export function drawingPanel(className, label, { title = "", ...how } = {}) {
  const drawn = drawing(label, how);
  return { ...drawn, ...titled(className, drawn.stage, title) };
}
