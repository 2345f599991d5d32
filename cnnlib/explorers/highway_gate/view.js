import { element } from "../js/draw/element.js";
import { percent, signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [MIDDLE, UNIT, LINE] = [300, 120, 118]; // pixels: where 0 is, for 1, and the height of the line
const [BAR, WIDE, TALL] = [60, 464, 20]; // the gate's bar

const place = (value) => MIDDLE + value * UNIT;

/** A mark on the line with its name above or below. */
function mark(name, value, className, radius, above) {
  return [
    element("circle", { class: className, cx: place(value), cy: LINE, r: radius }),
    element("text", { class: "cnn-axis", x: place(value), y: LINE + (above ? -16 : 28), "text-anchor": "middle" }, name),
  ];
}

const said = (value) => signed(value.toFixed(2));

export default figure({
  size: [600, 190],
  label: "Gate: left and right arrow keys close and open it, up and down change x",
  step: ({ total, x }, [down, right]) => ({ total: total + right / 2, x: Number((x - down / 10).toFixed(1)) }),
  point: (_, [px, py]) => (py > LINE - 30 ? { x: Number(((px - MIDDLE) / UNIT).toFixed(1)) } : {}),
  draw({ total, x, h }) {
    const t = 1 / (1 + Math.exp(-total));
    const y = h * t + x * (1 - t);
    const state = t < 0.05 ? "closed" : t > 0.95 ? "open" : "between";
    return {
      title: `t = ${t.toFixed(2)}: ${state}`,
      parts: [
        element("text", { class: "cnn-axis", x: 0, y: 8 + TALL / 2, dy: "0.35em" }, "gate"),
        element("rect", { class: "cnn-cell", x: BAR, y: 8, width: WIDE, height: TALL }),
        element("rect", { class: "cnn-pen", x: BAR, y: 8, width: WIDE * t, height: TALL }),
        element("text", { class: "cnn-tick", x: BAR + WIDE + 8, y: 8 + TALL / 2, dy: "0.35em" }, percent(t)),
        element("line", { class: "cnn-stroke", x1: place(-2.2), x2: place(2.2), y1: LINE, y2: LINE }),
        ...[-2, -1, 0, 1, 2].flatMap((value) => [
          element("line", { class: "cnn-grid", x1: place(value), x2: place(value), y1: LINE + 36, y2: LINE + 44 }),
          element("text", { class: "cnn-tick", x: place(value), y: LINE + 60, "text-anchor": "middle" }, signed(value)),
        ]),
        element("line", { class: "cnn-curve", x1: place(x), x2: place(h), y1: LINE, y2: LINE }),
        ...mark("x", x, "cnn-dot", 5, false),
        ...mark("h", h, "cnn-dot", 5, false),
        ...mark(`y = ${said(y)}`, y, "cnn-dot", 9, true),
      ],
      words: `The gate is ${state}, at ${percent(t)}: y = ${said(h)} · ${t.toFixed(2)} + ${said(x)} · ${(1 - t).toFixed(2)} = ${said(y)}.`,
    };
  },
});
