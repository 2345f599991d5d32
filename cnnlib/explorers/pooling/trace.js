// What was tried: the changes against the control that is moved.

import { axes, linearTicks, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { percent, signed } from "../js/draw/format.js";
import { drawing, show } from "../js/frame/stage.js";

export const MOST = 1.5; // the end of the bars' scale and of the plot's
const MOVEMENTS = { right: "moved right, pixels", turn: "turned, degrees", zoom: "zoom" };

/**
 * A plot that draws itself as the reader moves a control, whose `range` is that of the setting;
 * where another setting changes, it begins anew. Returns { node, draw(settings, changes) }.
 */
export function tracePlot(range) {
  const { stage, picture } = drawing("");
  const [width, height, box] = [330, 200, { left: 44, right: 322, top: 8, bottom: 150 }];
  const up = { place: scale(0, MOST, box.bottom, box.top), ticks: [0, 0.5, 1], text: percent };
  let last = {};
  let trace = { along: "right", key: "", points: new Map() };

  function draw({ neuron, ...settings }, changes) {
    const moved = Object.keys(MOVEMENTS).find((name) => name in last && settings[name] !== last[name]);
    last = settings;
    const along = moved ?? trace.along;
    const key = JSON.stringify({ ...settings, [along]: along });
    if (key !== trace.key) trace = { along, key, points: new Map() };
    trace.points.set(settings[along], changes);
    const [low, high] = range[along];
    const across = { place: scale(low, high, box.left, box.right), ticks: linearTicks(low, high), name: MOVEMENTS[along], text: signed };
    const points = [...trace.points].sort(([one], [other]) => one - other);
    const unrelated = up.place(Math.SQRT2);
    const curves = changes.map(({ value, lit }, k) => {
      const path = points.map(([x, row], i) => `${i ? "L" : "M"}${across.place(x).toFixed(1)} ${up.place(row[k].value).toFixed(1)}`);
      return element("g", { class: lit ? "cnn-limit" : "" },
        element("path", { class: "cnn-curve", d: path.join("") }),
        element("circle", { class: "cnn-dot", cx: across.place(settings[along]), cy: up.place(value), r: 4 }));
    });
    show(picture, [
      ...axes(box, across, up),
      element("line", { class: "cnn-pool-unrelated", x1: box.left, x2: box.right, y1: unrelated, y2: unrelated }),
      element("text", { class: "cnn-tick", x: box.left - 6, y: unrelated, dy: "0.33em", "text-anchor": "end" }, "141 %"),
      element("g", { class: "cnn-pool-curves" }, ...curves),
    ], width, height);
  }
  return { node: stage, draw };
}
