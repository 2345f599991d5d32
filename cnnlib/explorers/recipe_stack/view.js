import { element } from "../js/draw/element.js";
import { plural, whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const LAYERS = ["Conv2D 32, 3×3", "Conv2D 64, 3×3", "MaxPooling2D 2×2", "Dropout 0.25", "Flatten", "Dense 128", "Dropout 0.5", "Dense 10"];
const SHORT = ["conv", "conv", "pool", "drop", "flatten", "dense", "drop", "dense"];
const [PITCH, BASE, TALL] = [70, 150, 120];
const MOST = 2654336; // parameters of the dense layer below the largest picture

/** What comes out after the picture and after each layer, [rows, columns, maps] or [numbers], and each layer's parameters. */
function stack(side) {
  const pooled = Math.floor((side - 4) / 2);
  const flat = pooled ** 2 * 64;
  return {
    shapes: [[side, side, 1], [side - 2, side - 2, 32], [side - 4, side - 4, 64], [pooled, pooled, 64], [pooled, pooled, 64], [flat], [128], [128], [10]],
    parameters: [0, 320, 18496, 0, 0, 0, (flat + 1) * 128, 0, 1290],
  };
}

/** A block to scale, as high as its rows and as wide as the root of its maps, or numbers in a column, under its size. */
function block([rows, columns, maps], at, look) {
  const height = maps ? (rows * TALL) / 40 : Math.min(TALL, 4 + 2 * Math.sqrt(rows));
  const width = maps ? 6 + 5 * Math.sqrt(maps) : 10;
  return [
    element("rect", { class: look, x: at - width / 2, y: BASE - height, width, height, rx: 2 }),
    element("text", { class: "cnn-tick", x: at, y: BASE - height - 6, "text-anchor": "middle" }, maps ? `${rows}×${columns}` : whole(rows)),
    element("text", { class: "cnn-tick", x: at, y: BASE + 36, "text-anchor": "middle" }, maps ? `×${maps}` : ""),
  ];
}

export default figure({
  size: [640, 278],
  label: "Layers: right and left arrow keys add and take away a layer, up and down change the picture",
  step: ({ layers, side }, [down, right]) => ({ layers: layers + right, side: side - 2 * down }),
  point: (_, [x]) => ({ layers: Math.floor(x / PITCH) }),
  draw({ layers, side }) {
    const { shapes, parameters } = stack(side);
    const middle = (at) => 38 + at * PITCH;
    const total = parameters.slice(0, layers + 1).reduce((sum, one) => sum + one, 0);
    const standing = shapes.slice(0, layers + 1);
    const shape = (at) => `${shapes[at].map(whole).join("×")}`;
    return {
      title: layers ? `${LAYERS[layers - 1]} gives ${shape(layers)}` : `The picture: ${shape(0)}`,
      parts: [
        ...standing.flatMap((one, at) => block(one, middle(at), at === layers ? "cnn-cell cnn-lit" : "cnn-cell")),
        ...standing.flatMap((_, at) => [
          element("text", { class: "cnn-axis", x: middle(at), y: BASE + 18, "text-anchor": "middle" }, at ? SHORT[at - 1] : "picture"),
          element("text", { class: "cnn-tick", x: middle(at), y: BASE + 78, "text-anchor": "middle" }, at ? whole(parameters[at]) : ""),
          element("rect", { class: "cnn-excites", x: middle(at) - 20, y: BASE + 84, width: 40, height: (40 * parameters[at]) / MOST }),
        ]),
        element("text", { class: "cnn-tick", x: 2, y: BASE + 60 }, "parameters:"),
      ],
      words: `${plural(layers, "layer")}: ${shapes[layers].length > 1 ? `${shape(layers)}, ` : ""}${plural(shapes[layers].reduce((a, b) => a * b), "number")}. ` +
        `${layers ? `The last layer has ${plural(parameters[layers], "parameter")}, all together ${whole(total)}.` : "No parameters yet."}`,
    };
  },
});
