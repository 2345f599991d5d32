import { element } from "../js/draw/element.js";
import { whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [PITCH, WIDE, TALL, TOWERS] = [82, 62, 40, [42, 132]];
const left = (column) => 2 + column * PITCH;

export default figure({
  size: [8 * PITCH + WIDE + 4, 186],
  label: "Layers: left and right arrow keys go from layer to layer",
  step: ({ layer }, [down, right]) => ({ layer: layer + right + down }),
  point: ({ layer }, [x]) => ({ layer: Math.floor((x - 2) / PITCH) || layer }),
  draw({ wiring, layer, layers, both }) {
    const costs = layers.map(({ name, weights, biases, places, read }, i) => {
      const split = i > 0 && !both[wiring].includes(name);
      const own = split ? weights / 2 : weights;
      return { split, parameters: own + biases, macs: own * places, traffic: split || !i ? 0 : read };
    });
    const sum = (key) => whole(costs.reduce((total, one) => total + one[key], 0));
    const wires = costs.flatMap(({ split }, i) => TOWERS.flatMap((from, below) => TOWERS.flatMap((to, above) => (
      split && below !== above ? [] : [element("line", {
        class: `cnn-edge${i + 1 === layer ? " cnn-lit" : ""}`, x1: left(i) + WIDE, x2: left(i + 1), y1: (i ? from : 87) + TALL / 2, y2: to + TALL / 2,
      })]
    ))));
    const box = (text, column, y) => [
      element("rect", { class: `cnn-cell${column === layer ? " cnn-lit" : ""}`, x: left(column), y, width: WIDE, height: TALL, rx: 5 }),
      element("text", { class: "cnn-label", x: left(column) + WIDE / 2, y: y + TALL / 2, dy: "0.35em" }, text),
    ];
    const { name, maps } = layers[layer - 1];
    const { split, parameters, traffic } = costs[layer - 1];
    const reads = layer === 1 ? "the picture" : split ? "its own tower alone" : "both towers";
    return {
      title: `In all ${sum("parameters")} parameters, ${sum("macs")} MACs; ${sum("traffic")} numbers cross for each picture`,
      parts: [
        ...wires,
        ...box("input", 0, 87),
        ...layers.flatMap((one, i) => [
          element("text", { class: "cnn-label", x: left(i + 1) + WIDE / 2, y: 24 }, one.name),
          ...TOWERS.flatMap((y) => box(String(one.maps / 2), i + 1, y)),
        ]),
      ],
      words: `${name}: a tower's ${maps / 2} ${layer < 6 ? "maps" : "units"} read ${reads}. ${whole(parameters)} parameters in both towers together; ${whole(traffic)} numbers cross.`,
    };
  },
});
