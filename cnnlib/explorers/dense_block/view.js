import { element } from "../js/draw/element.js";
import { plural, whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const START = 24; // maps that come into the block
const [LEFT, PITCH, SIDE, LINE, FLOOR, ROOM] = [8, 64, 26, 92, 116, 150];
const MOST = START + 8 * 24;
const high = (maps) => (ROOM * maps) / MOST;

const inside = (layers, layer) => Math.max(1, Math.min(layers, layer));

export default figure({
  size: [LEFT + 9 * PITCH + SIDE + 24, FLOOR + ROOM + 24],
  label: "Layers: left and right arrow keys go from layer to layer, up and down change the growth rate",
  step: ({ layers, layer, growth }, [down, right]) => ({ layer: inside(layers, inside(layers, layer) + right), growth: growth - down }),
  point: ({ layers }, [x]) => ({ layer: inside(layers, Math.round((x - LEFT - SIDE / 2) / PITCH)) }),
  draw({ layers, growth, layer }) {
    const chosen = inside(layers, layer);
    const x = (node) => LEFT + node * PITCH;
    const arc = (from, to) => {
      const [start, end, rise] = [x(from) + SIDE / 2, x(to) + SIDE / 2, Math.min(96, 16 + 12 * (to - from))];
      const top = LINE - SIDE / 2;
      return element("path", { class: to === chosen ? "cnn-arc" : "cnn-other-arc", d: `M${start} ${top} C${start} ${top - rise} ${end} ${top - rise} ${end} ${top}` });
    };
    const tos = Array.from({ length: layers }, (_, i) => i + 1).sort((a, b) => (a === chosen) - (b === chosen));
    const node = (at) => [
      element("rect", { class: at === chosen ? "cnn-cell cnn-lit" : "cnn-cell", x: x(at), y: LINE - SIDE / 2, width: SIDE, height: SIDE, rx: 5 }),
      element("text", { class: "cnn-label", x: x(at) + SIDE / 2, y: LINE, dy: "0.35em", "text-anchor": "middle" }, at ? (at > layers ? "…" : String(at)) : "x"),
    ];
    /** The maps that a layer reads, as a pile: the input's at the top, one part for each layer before. */
    const pile = (at) => {
      const parts = Array.from({ length: at }, (_, from) => (from ? growth : START));
      let y = FLOOR;
      const rects = parts.map((maps) => {
        const rect = element("rect", { class: at === chosen ? "cnn-cell cnn-lit" : "cnn-cell", x: x(at), y, width: SIDE, height: high(maps) });
        y += high(maps);
        return rect;
      });
      const sum = START + (at - 1) * growth;
      return [...rects, element("text", { class: "cnn-tick", x: x(at) + SIDE / 2, y: y + 4, dy: "0.9em", "text-anchor": "middle" }, whole(sum))];
    };
    const nodes = Array.from({ length: layers + 2 }, (_, at) => at);
    const reads = START + (chosen - 1) * growth;
    return {
      title: "Above: which layers read which. Below: the maps that each of them reads",
      parts: [...tos.flatMap((to) => Array.from({ length: to }, (_, from) => arc(from, to))), ...nodes.flatMap(node), ...nodes.slice(1).flatMap(pile)],
      height: FLOOR + high(START + layers * growth) + 24,
      words:
        `Layer ${chosen} of ${layers} reads ${START}${chosen > 1 ? ` + ${chosen - 1} · ${growth} = ${reads}` : ""} maps and adds ${growth}. ` +
        `${plural((layers * (layers + 1)) / 2, "link")}, in a plain stack ${layers}. Behind the block there are ${START + layers * growth} maps.`,
    };
  },
});
